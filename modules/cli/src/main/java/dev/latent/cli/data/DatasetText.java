package dev.latent.cli.data;

import dev.latent.cli.terminal.Json;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Words;
import dev.latent.v1.Dataset;
import dev.latent.v1.RepeatPolicy;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Datasets in words. */
final class DatasetText {

    private DatasetText() {}

    static String policy(Dataset dataset) {
        return Words.state(dataset.getRepeatPolicy(), "REPEAT_POLICY_").toLowerCase(Locale.ROOT);
    }

    static Map<String, Object> json(Dataset dataset) {
        return Json.object(
                "name", dataset.getName(),
                "repeat_policy", policy(dataset),
                "users", dataset.getUserCount(),
                "items", dataset.getItemCount(),
                "interactions", dataset.getInteractionCount(),
                "user_records", dataset.getUserRecordCount(),
                "created", Words.time(dataset.getCreateTime()));
    }

    static Table table(Dataset dataset) {
        return Table.of("FIELD", "VALUE")
                .row("name", dataset.getName())
                .row("repeats count as", policy(dataset))
                .row("users", Words.count(dataset.getUserCount()))
                .row("items", Words.count(dataset.getItemCount()))
                .row("interactions", Words.count(dataset.getInteractionCount()))
                .row("user records", Words.count(dataset.getUserRecordCount()))
                .row("created", Words.time(dataset.getCreateTime()));
    }

    /** Reads a repeat policy. */
    static final class PolicyConverter implements ITypeConverter<RepeatPolicy> {
        @Override
        public RepeatPolicy convert(String word) {
            return switch (word) {
                case "last" -> RepeatPolicy.REPEAT_POLICY_LAST;
                case "sum" -> RepeatPolicy.REPEAT_POLICY_SUM;
                case "max" -> RepeatPolicy.REPEAT_POLICY_MAX;
                default ->
                    throw new TypeConversionException(
                            "'" + word + "' is not a repeat policy, expected last, sum or max");
            };
        }
    }
}
