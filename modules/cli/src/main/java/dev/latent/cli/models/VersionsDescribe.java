package dev.latent.cli.models;

import dev.latent.cli.evaluating.EvaluationFields;
import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Words;
import dev.latent.client.LatentClient;
import dev.latent.v1.Baseline;
import dev.latent.v1.GetModelVersionRequest;
import dev.latent.v1.ListModelVersionEvaluationsRequest;
import dev.latent.v1.ModelVersion;
import dev.latent.v1.ModelVersionEvaluation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows a version. */
@Command(
        name = "describe",
        description = "Show one version and its latest evaluations; an alias does too, such as movies@live.")
final class VersionsDescribe extends ClientCommand {

    @Mixin
    private final VersionParameters version = new VersionParameters();

    VersionsDescribe(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        ModelVersion found = client.models()
                .getModelVersion(GetModelVersionRequest.newBuilder()
                        .setName(version.name())
                        .build())
                .getVersion();
        List<ModelVersionEvaluation> evaluations = client.models()
                .listModelVersionEvaluations(ListModelVersionEvaluationsRequest.newBuilder()
                        .setName(found.getName())
                        .build())
                .getEvaluationsList();
        show(() -> table(found, evaluations), () -> json(found, evaluations));
        return ExitCode.DONE;
    }

    private static Map<String, Object> json(ModelVersion version, List<ModelVersionEvaluation> evaluations) {
        Map<String, Object> json = ModelText.json(version);
        json.put("evaluations", evaluations.stream().map(EvaluationFields::of).toList());
        return json;
    }

    private static Table table(ModelVersion version, List<ModelVersionEvaluation> evaluations) {
        Table table = Table.of("FIELD", "VALUE")
                .row("version", version.getName())
                .row("state", (ModelText.state(version) + " " + version.getStateReason()).strip())
                .row("aliases", String.join(", ", version.getAliasesList()))
                .row("algorithm", version.getAlgorithm() + " " + version.getAlgorithmVersion())
                .row("hyperparameters", Words.pairs(version.getHyperparametersMap()))
                .row("seed", version.getSeed())
                .row("users", Words.count(version.getUserCount()))
                .row("items", Words.count(version.getItemCount()))
                .row("rank", version.getRank())
                .row("measured on", version.getEvaluationProtocol());
        new TreeMap<>(version.getMetricsMap())
                .forEach((name, value) -> table.row(name, Words.number(value) + beside(version, name)));
        evaluations.forEach(each -> table.row("evaluation " + each.getNumber(), EvaluationFields.line(each)));
        return table.row("snapshot", version.getSnapshotFingerprint())
                .row("size", Words.size(version.getSizeBytes()))
                .row("sealed", Words.time(version.getCreateTime()))
                .row("run", version.getRun());
    }

    private static String beside(ModelVersion version, String metric) {
        StringBuilder text = new StringBuilder();
        for (Baseline baseline : version.getBaselinesList()) {
            Optional.ofNullable(baseline.getMetricsMap().get(metric))
                    .ifPresent(value -> text.append(" (")
                            .append(baseline.getName())
                            .append(' ')
                            .append(Words.number(value))
                            .append(')'));
        }
        return text.toString();
    }
}
