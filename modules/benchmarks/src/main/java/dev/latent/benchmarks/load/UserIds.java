package dev.latent.benchmarks.load;

import dev.latent.benchmarks.report.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Whom to ask for: the numbers from 1 to N, or the different ids in the first column of a file. */
final class UserIds {

    private UserIds() {}

    static List<String> read(String text) throws IOException {
        if (text.matches("[0-9]{1,9}")) {
            List<String> ids = IntStream.rangeClosed(1, Integer.parseInt(text))
                    .mapToObj(Integer::toString)
                    .toList();
            return checkAny(ids, text);
        }
        try (Stream<String> lines = Files.lines(Path.of(text), StandardCharsets.UTF_8)) {
            return checkAny(
                    lines.map(line -> line.split("[,\t]|::", 2)[0].strip())
                            .filter(id -> !id.isEmpty() && !id.matches("(?i)user(_?id)?"))
                            .distinct()
                            .toList(),
                    text);
        }
    }

    private static List<String> checkAny(List<String> ids, String text) {
        if (ids.isEmpty()) {
            throw new UsageException(
                    "--users " + text + " names no user, expected a number above 0 or a file with one id a line");
        }
        return ids;
    }
}
