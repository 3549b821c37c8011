package dev.latent.training.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.storage.CorruptFileException;
import dev.latent.storage.FileOperations;
import dev.latent.storage.StoppingFileOperations;
import dev.latent.storage.StoppingFileOperations.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningJournalTest {

    private static final int TRIALS = 3;
    private static final ShiftAlgorithm QUICK = new ShiftAlgorithm(7, 3, List.of());

    @TempDir
    private Path directory;

    private static TuningResult run(Path journal, FileOperations operations) throws IOException {
        return new Tuner(QUICK, Searches.request(TRIALS), new Searches.Ear(), operations)
                .run(Searches.ratings(), journal);
    }

    /** Each write is left half done; a kill before or after another step is one before or after its neighbour. */
    @Test
    void killedAtAnyStep_goesOnToTheSameTrials() throws IOException {
        TuningResult whole = run(directory.resolve("whole"), FileOperations.system());
        for (int step = 1; ; step++) {
            Path journal = directory.resolve("killed-" + step);
            StoppingFileOperations dying = new StoppingFileOperations(step, Mode.KILL_HALFWAY);
            try {
                run(journal, dying);
            } catch (StoppingFileOperations.StoppedException e) {
                assertThat(e).isNotNull();
            }
            TuningResult resumed = run(journal, FileOperations.system());
            assertThat(Searches.withoutTimes(resumed.trials()))
                    .as("killed at step %s", step)
                    .isEqualTo(Searches.withoutTimes(whole.trials()));
            assertThat(resumed.finish().metrics()).isEqualTo(whole.finish().metrics());
            if (!dying.stopped()) {
                assertThat(step).isGreaterThan(3 * TRIALS);
                return;
            }
        }
    }

    @Test
    void endedSearch_isNotMadeAgain() throws IOException {
        run(directory.resolve("a"), FileOperations.system());
        long size = Files.size(directory.resolve("a"));
        Searches.Ear ear = new Searches.Ear();
        new Tuner(QUICK, Searches.request(TRIALS), ear).run(Searches.ratings(), directory.resolve("a"));
        assertThat(ear.events).isEmpty();
        assertThat(directory.resolve("a")).hasSize(size);
    }

    @Test
    void moreTrials_goOnAfterTheEnd() throws IOException {
        List<Trial> few = run(directory.resolve("a"), FileOperations.system()).trials();
        List<Trial> more = new Tuner(QUICK, Searches.request(TRIALS + 2), new Searches.Ear())
                .run(Searches.ratings(), directory.resolve("a"))
                .trials();
        assertThat(more).hasSize(TRIALS + 2).startsWith(few.toArray(Trial[]::new));
    }

    @Test
    void journalOfAnotherSearch_isRefusedWithWhatDiffers() throws IOException {
        run(directory.resolve("a"), FileOperations.system());
        TuningRequest other =
                new TuningRequest(Map.of("sign", "plus"), new TuningMetric("mae"), TRIALS, Optional.empty(), 8, 1);
        assertThatThrownBy(() ->
                        new Tuner(QUICK, other, new Searches.Ear()).run(Searches.ratings(), directory.resolve("a")))
                .isInstanceOf(OtherSearchException.class)
                .hasMessageContaining("metric was 'rmse' and is 'mae'")
                .hasMessageContaining("seed was '7' and is '8'")
                .hasMessageContaining("fixed was '{kind=rates}' and is '{kind=rates, sign=plus}'")
                .hasMessageContaining("space was");
    }

    @Test
    void damagedLine_isNamed() throws IOException {
        Path journal = directory.resolve("a");
        run(journal, FileOperations.system());
        Files.writeString(journal, "{\"what\":1}\n", StandardOpenOption.APPEND);
        int lines = Files.readAllLines(journal).size();
        assertThatThrownBy(() -> run(journal, FileOperations.system()))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("line " + lines);
    }
}
