package dev.latent.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latent.evaluation.SplitSnapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityRunTest {

    private static final int USERS = 40;
    private static final int STEPS = 12;

    @TempDir
    private Path folder = Path.of("");

    /** Everybody rates items of the own taste 5 and others 1, one after the other. */
    @BeforeEach
    void writeRatings() throws IOException {
        Path dataset = Files.createDirectories(folder.resolve("made-up"));
        StringBuilder all = new StringBuilder();
        StringBuilder[] folds = new StringBuilder[QualityData.FOLDS];
        for (int fold = 0; fold < folds.length; fold++) {
            folds[fold] = new StringBuilder();
        }
        int row = 0;
        for (int user = 1; user <= USERS; user++) {
            for (int step = 0; step < STEPS; step++) {
                int item = 1 + (user % 4) + 4 * ((step + user / 4) % 15) + (step % 6 == 5 ? 1 : 0);
                String line = user + "," + item + "," + (step % 6 == 5 ? 1 : 5) + "," + (1000 + step) + "\n";
                all.append(line);
                folds[row++ % folds.length].append(line);
            }
        }
        Files.writeString(dataset.resolve("interactions.csv"), "user_id,item_id,rating,timestamp\n" + all);
        Files.writeString(dataset.resolve("ratings.csv"), "userId,movieId,rating,timestamp\n" + all);
        for (int fold = 0; fold < folds.length; fold++) {
            StringBuilder base = new StringBuilder();
            for (int other = 0; other < folds.length; other++) {
                base.append(other == fold ? "" : folds[other]);
            }
            Files.writeString(dataset.resolve("u" + (fold + 1) + ".base"), base);
            Files.writeString(dataset.resolve("u" + (fold + 1) + ".test"), folds[fold]);
        }
    }

    private QualityRow measure(Protocol protocol, Map<String, String> given, boolean isRandom) throws IOException {
        QualityCase quality = new QualityCase("made-up", protocol, "wals", "wals", given, isRandom);
        TunedSettings settings = new TunedSettings(
                Map.of("made-up/wals", new TunedSettings.Found(Map.of("factors", "4", "iterations", "3"), 0.25, 7, 1)));
        return new QualityRun(new QualityData(folder), settings, 1, List.of(1L, 2L), 2).measure(quality);
    }

    @Test
    void officialFolds_givesEachAndTheirMeanForEverySeed() throws IOException {
        QualityRow row = measure(Protocol.OFFICIAL_FOLDS, Map.of("feedback", "explicit"), true);

        assertThat(row.folds()).hasSize(5).allSatisfy(rmse -> assertThat(rmse).isBetween(0.0, 4.0));
        assertThat(row.bySeed().get("rmse")).hasSize(2).doesNotHaveDuplicates();
        assertThat(row.metric("rmse"))
                .isEqualTo(row.folds().stream().mapToDouble(x -> x).average().orElseThrow(), within(1e-9));
    }

    @Test
    void seededFolds_eachRowIsTestOnce() throws IOException {
        long tested = 0;
        for (int fold = 0; fold < QualityData.FOLDS; fold++) {
            try (Arena arena = Arena.ofConfined()) {
                SplitSnapshot parts = new QualityData(folder).seededFold("made-up", fold, arena);
                tested += parts.test().interactionCount();
                assertThat(parts.train().interactionCount() + parts.test().interactionCount())
                        .isEqualTo(USERS * STEPS);
            }
        }
        assertThat(tested).isEqualTo(USERS * STEPS);
    }

    @Test
    void leaveLastOut_takesTunedHyperparametersAndTheirValidation() throws IOException {
        QualityRow row = measure(Protocol.LEAVE_LAST_OUT, Map.of(), false);

        assertThat(row.users()).isEqualTo(USERS);
        assertThat(row.hyperparameters()).containsEntry("factors", "4").containsEntry("iterations", "3");
        assertThat(row.validation()).isEqualTo(0.25);
        assertThat(row.seeds()).containsExactly(1L);
        assertThat(row.metric("ndcg@10")).isBetween(0.0, 1.0);
        assertThat(row.folds()).isEmpty();
    }

    @Test
    void settings_comeBackAsTheyWereWritten() throws IOException {
        QualityCase quality = QualityCase.all().getFirst();
        Path file = folder.resolve("tuned.json");

        new TunedSettings(Map.of())
                .with(quality, new TunedSettings.Found(Map.of("factors", "8"), 0.5, 3, 9))
                .write(file);

        assertThat(TunedSettings.read(file).of(quality))
                .isEqualTo(new TunedSettings.Found(Map.of("factors", "8"), 0.5, 3, 9));
        assertThat(TunedSettings.bundled()).isNotNull();
    }

    @Test
    void search_keepsTheBestOfItsTrials_andLooksAtNoTestPart() throws IOException {
        QualityCase quality = new QualityCase("made-up", Protocol.LEAVE_LAST_OUT, "ease", "ease", Map.of(), false);
        QualityRun run = new QualityRun(new QualityData(folder), new TunedSettings(Map.of()), 1, List.of(1L), 2);
        StringWriter log = new StringWriter();

        TunedSettings.Found found = new SettingsSearch(run, 3, folder, new PrintWriter(log, true)).search(quality);

        assertThat(log.toString().lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith("made-up/ease trial "));
        assertThat(found.trials()).isEqualTo(3);
        try (Arena arena = Arena.ofShared()) {
            SplitSnapshot all = new QualityData(folder).leaveLastOut("made-up", 1, arena);
            SplitSnapshot inner = SplitFiles.validation(all.train(), 1, arena);
            assertThat(run.train("ease", found.set(), QualityRun.Part.of(inner), 1)
                            .metrics()
                            .get("ndcg@10"))
                    .isEqualTo(found.validation());
        }
    }

    @Test
    void writtenSplits_holdEachInteractionOnce() throws IOException {
        new SplitFiles(new QualityData(folder), 1).write("made-up", folder.resolve("splits"));

        Path written = folder.resolve("splits").resolve("made-up");
        assertThat(Files.readAllLines(written.resolve("test.csv"))).hasSize(1 + USERS);
        assertThat(Files.readAllLines(written.resolve("train.csv"))).hasSize(1 + USERS * (STEPS - 1));
        assertThat(Files.readAllLines(written.resolve("fit.csv"))).hasSize(1 + USERS * (STEPS - 2));
        assertThat(Files.readAllLines(written.resolve("validation.csv")))
                .hasSize(1 + USERS)
                .startsWith("user,item,value");
    }
}
