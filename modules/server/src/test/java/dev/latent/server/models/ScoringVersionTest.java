package dev.latent.server.models;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.models.AlgorithmIdentity;
import dev.latent.models.HoldoutFacts;
import dev.latent.models.ModelDefinition;
import dev.latent.models.ModelStore;
import dev.latent.models.PendingVersion;
import dev.latent.models.TrainingFacts;
import dev.latent.models.Version;
import dev.latent.models.VersionMetadata;
import dev.latent.models.VersionWriter;
import dev.latent.server.errors.ApiException;
import dev.latent.spi.History;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.SectionWriter;
import dev.latent.spi.Task;
import dev.latent.storage.FileOperations;
import dev.latent.storage.StringTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoringVersionTest {

    @TempDir
    private Path folder;

    @Test
    void exportOfAVersionWithoutVectors_isRefused() throws IOException {
        ModelStore store = ModelStore.open(folder.resolve("models"), FileOperations.system(), Clock.systemUTC());
        store.create(ModelDefinition.of("movies", "films", "ease", Map.of()));
        try (PendingVersion pending = store.begin("movies")) {
            StringTable ids = StringTable.of(List.of("a"));
            VersionWriter.write(pending.directory(), pending.id(), new Constant(), ids, ids);
            try (Version version = pending.publish(metadata())) {
                assertThatThrownBy(() -> VersionExports.embedding(version))
                        .isInstanceOf(ApiException.class)
                        .hasMessage("Version movies@1 scores by the code of algorithm 'ease' and has no vectors to"
                                + " export; export a version of wals or sgd");
            }
        }
    }

    private static VersionMetadata metadata() {
        return new VersionMetadata(
                "run-1",
                "ada",
                new AlgorithmIdentity("ease", "1", "1.0", ""),
                new TrainingFacts(Task.RANKING, Map.of(), 1, "films", Map.of(), "", 1, 1),
                HoldoutFacts.none());
    }

    /** Scores every item alike. */
    private record Constant() implements ScoringModel {
        @Override
        public int itemCount() {
            return 1;
        }

        @Override
        public void score(History history, float[] scores) {
            scores[0] = 1;
        }

        @Override
        public void write(SectionWriter writer) {}
    }
}
