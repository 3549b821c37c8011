package dev.latent.examples.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.spi.Algorithm;
import dev.latent.spi.Snapshot;
import dev.latent.spi.TrainedModel;
import dev.latent.testkit.AlgorithmContract;
import dev.latent.testkit.ModelContent;
import dev.latent.testkit.RecordingListener;
import dev.latent.testkit.RunContext;
import dev.latent.testkit.SyntheticSnapshots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The example passes the contract, finds planted tastes and stays short. */
final class TogetherTest extends AlgorithmContract {

    private static final int GROUPS = 6;

    @Override
    protected Algorithm algorithm() {
        return new Together();
    }

    @Test
    void firstTen_areMostlyOfTheUsersTaste() {
        Snapshot snapshot = SyntheticSnapshots.tastes(200, 120, GROUPS, 12, 5);
        TrainedModel model = algorithm().train(RunContext.of(algorithm(), Map.of(), snapshot), new RecordingListener());
        double[][] scores = ModelContent.scores(model, snapshot);
        double hits = 0;
        for (int user = 0; user < snapshot.userCount(); user++) {
            int taste = user % GROUPS;
            hits += IntStream.of(firstTen(scores[user], seen(snapshot, user)))
                    .filter(item -> item % GROUPS == taste)
                    .count();
        }
        assertThat(hits / (10 * snapshot.userCount()))
                .as("share of the user's taste in the first ten unseen items; by chance 1/6")
                .isGreaterThan(0.8);
    }

    @Test
    void file_isShortEnoughForTheReadme() throws IOException {
        Path source = Path.of("src/main/java", Together.class.getName().replace('.', '/') + ".java");
        assertThat(Files.readAllLines(source, StandardCharsets.UTF_8)).hasSizeLessThan(40);
    }

    private static Set<Integer> seen(Snapshot snapshot, int user) {
        return IntStream.of(ModelContent.history(snapshot, user).items())
                .boxed()
                .collect(Collectors.toSet());
    }

    private static int[] firstTen(double[] scores, Set<Integer> seen) {
        return IntStream.range(0, scores.length)
                .boxed()
                .filter(item -> !seen.contains(item))
                .sorted((a, b) -> Double.compare(scores[b], scores[a]))
                .mapToInt(Integer::intValue)
                .limit(10)
                .toArray();
    }
}
