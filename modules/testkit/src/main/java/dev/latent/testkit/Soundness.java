package dev.latent.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.Snapshot;
import dev.latent.spi.Sweep;
import dev.latent.spi.TrainedModel;
import java.util.Arrays;

/** What holds for every model and every run, whatever the data. */
final class Soundness {

    private Soundness() {}

    /** Checks shapes and numbers; in this thread, so the model's memory may not be confined to the one that trained. */
    static void assertSound(TrainedModel model, Snapshot snapshot, String where) {
        switch (model) {
            case EmbeddingModel embedding -> {
                assertThat(embedding.users().rows())
                        .as("user vectors %s", where)
                        .isEqualTo(snapshot.userCount());
                assertThat(embedding.items().rows())
                        .as("item vectors %s", where)
                        .isEqualTo(snapshot.itemCount());
            }
            case ScoringModel scoring ->
                assertThat(scoring.itemCount()).as("scored items %s", where).isEqualTo(snapshot.itemCount());
        }
        assertThat(ModelContent.firstNotFinite(model))
                .as("not finite %s", where)
                .isEmpty();
        assertThat(Arrays.stream(ModelContent.scores(model, snapshot))
                        .flatMapToDouble(Arrays::stream)
                        .filter(score -> !Double.isFinite(score))
                        .toArray())
                .as("scores that are not finite %s", where)
                .isEmpty();
    }

    /** Checks what a run reported. */
    static void assertSweeps(RecordingListener listener, String where) {
        int expected = 1;
        for (Sweep sweep : listener.sweeps()) {
            assertThat(sweep.number()).as("number of a sweep %s", where).isEqualTo(expected++);
            assertThat(sweep.loss().values()).as("loss of %s %s", sweep, where).allMatch(Double::isFinite);
            assertThat(sweep.metrics().values())
                    .as("metrics of %s %s", sweep, where)
                    .allMatch(Double::isFinite);
        }
        assertThat(listener.faults()).as("progress %s", where).isEmpty();
    }
}
