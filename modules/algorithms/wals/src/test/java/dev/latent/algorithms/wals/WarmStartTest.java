package dev.latent.algorithms.wals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.algorithms.wals.Interactions.Entry;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.PreviousVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training that goes on from an earlier version. */
class WarmStartTest {

    private static final Interactions DATA = Planted.tastes(60, 40, 4, 17);

    @ParameterizedTest
    @ValueSource(strings = {"implicit", "explicit"})
    void earlierVersion_isGoneOnFromThoughItemsAreRenumbered(String feedback) {
        Interactions data = feedback.equals("implicit") ? DATA : Planted.lowRank(60, 40, 3, 0.4, 19);
        Map<String, String> given =
                Map.of("factors", "8", "iterations", "30", "feedback", feedback, "regularization", "0.02");
        Fit cold = Fit.of(data, given);
        EmbeddingModel model = cold.train();
        Fit warm = Fit.of(reversed(data), given);
        warm.stopAfter = 1;
        int[] users = IntStream.range(0, data.users()).toArray();
        int[] items = IntStream.range(0, data.items())
                .map(item -> data.items() - 1 - item)
                .toArray();
        warm.previous = Optional.of(new PreviousVersion(model, users, items));
        warm.train();
        assertThat(warm.lastSweep().totalLoss())
                .isLessThanOrEqualTo(cold.lastSweep().totalLoss() * (1 + 1e-4));
        assertThat(cold.sweeps().getFirst().totalLoss())
                .isGreaterThan(1.05 * cold.lastSweep().totalLoss());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cholesky", "block", "cg"})
    void earlierVersion_isGoneOnFromByEverySolver(String solver) {
        Map<String, String> given = Map.of(
                "factors", "8", "iterations", "40", "solver", solver, "regularization", "0.02", "block_size", "3");
        Fit cold = Fit.of(DATA, given);
        EmbeddingModel model = cold.train();
        Fit warm = Fit.of(DATA, given);
        warm.stopAfter = 1;
        warm.previous = Optional.of(new PreviousVersion(
                model,
                IntStream.range(0, DATA.users()).toArray(),
                IntStream.range(0, DATA.items()).toArray()));
        warm.train();
        assertThat(warm.lastSweep().totalLoss())
                .isLessThanOrEqualTo(cold.lastSweep().totalLoss() * (1 + 1e-4));
    }

    private static Interactions reversed(Interactions data) {
        List<Entry> entries = data.entries().stream()
                .map(entry -> new Entry(entry.user(), data.items() - 1 - entry.item(), entry.value(), 0))
                .toList();
        return data.withEntries(entries);
    }

    @Test
    void usersAndItemsThatAreNew_areTrainedToo() {
        Interactions old = DATA.withEntries(DATA.entries().stream()
                .filter(e -> e.user() < 50 && e.item() < 35)
                .toList());
        EmbeddingModel model = Fit.train(old, Map.of("factors", "8"));
        Fit warm = Fit.of(DATA, Map.of("factors", "8"));
        int[] users = IntStream.range(0, DATA.users()).map(u -> u < 50 ? u : -1).toArray();
        int[] items = IntStream.range(0, DATA.items()).map(i -> i < 35 ? i : -1).toArray();
        warm.previous = Optional.of(new PreviousVersion(model, users, items));
        EmbeddingModel grown = warm.train();
        assertThat(grown.score(59, 39)).isGreaterThan(grown.score(58, 39) + 0.1);
    }

    @Test
    void earlierVersionOfAnotherRank_isLeftOutAndLogged() {
        EmbeddingModel other = Fit.train(DATA, Map.of("factors", "5"));
        Fit warm = Fit.of(DATA, Map.of("factors", "8"));
        warm.previous = Optional.of(new PreviousVersion(other, new int[DATA.users()], new int[DATA.items()]));
        EmbeddingModel expected = Fit.train(DATA, Map.of("factors", "8"));
        assertThat(warm.train().users().segment().mismatch(expected.users().segment()))
                .isEqualTo(-1);
        assertThat(warm.lines())
                .anySatisfy(line -> assertThat(line).contains("5 factors").contains("8"));
    }
}
