package dev.latent.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latent.benchmarks.quality.QualityCase.Protocol;
import dev.latent.benchmarks.report.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityRunTest {

    @TempDir
    private Path folder = Path.of("");

    /** Everybody rates items of the own taste 5 and others 1, one after the other. */
    private void writeRatings() throws IOException {
        Path dataset = Files.createDirectories(folder.resolve("ml-100k"));
        StringBuilder all = new StringBuilder();
        StringBuilder[] folds = new StringBuilder[5];
        for (int fold = 0; fold < 5; fold++) {
            folds[fold] = new StringBuilder();
        }
        int row = 0;
        for (int user = 1; user <= 40; user++) {
            for (int step = 0; step < 12; step++) {
                int item = 1 + (user % 4) + 4 * ((step + user / 4) % 15) + (step % 6 == 5 ? 1 : 0);
                String line = user + "\t" + item + "\t" + (step % 6 == 5 ? 1 : 5) + "\t" + (1000 + step) + "\n";
                all.append(line);
                folds[row++ % 5].append(line);
            }
        }
        Files.writeString(dataset.resolve("u.data"), all);
        for (int fold = 0; fold < 5; fold++) {
            StringBuilder base = new StringBuilder();
            for (int other = 0; other < 5; other++) {
                base.append(other == fold ? "" : folds[other]);
            }
            Files.writeString(dataset.resolve("u" + (fold + 1) + ".base"), base);
            Files.writeString(dataset.resolve("u" + (fold + 1) + ".test"), folds[fold]);
        }
    }

    private QualityRow measure(Protocol protocol, Map<String, String> given, double target) throws IOException {
        QualityCase quality = new QualityCase("ml-100k", protocol, "wals", given, target, true);
        return new QualityRun(new RatingFolder(folder), 1, 2).measure(quality);
    }

    @Test
    void folds_givesEachAndTheirMean() throws IOException {
        writeRatings();

        QualityRow row = measure(Protocol.OFFICIAL_FOLDS, Map.of("feedback", "explicit", "factors", "4"), 3);

        assertThat(row.folds()).hasSize(5).allSatisfy(rmse -> assertThat(rmse).isBetween(0.0, 4.0));
        assertThat(row.metric("rmse"))
                .isEqualTo(row.folds().stream().mapToDouble(x -> x).average().orElseThrow(), within(1e-9));
        assertThat(row.baselineMetric("rmse")).isPositive();
        assertThat(row.met()).isTrue();
        assertThat(measure(Protocol.OFFICIAL_FOLDS, Map.of("feedback", "explicit", "factors", "4"), 0.001)
                        .met())
                .isFalse();
    }

    @Test
    void leaveLastOut_setsTheTargetByPopularity() throws IOException {
        writeRatings();

        QualityRow row = measure(Protocol.LEAVE_LAST_OUT, Map.of("factors", "4"), 1.5);

        assertThat(row.users()).isEqualTo(40);
        assertThat(row.target()).isEqualTo(1.5 * row.baselineMetric("ndcg@10"));
        assertThat(row.met()).isEqualTo(row.metric("ndcg@10") >= row.target());
    }

    @Test
    void report_isMetWhenEveryRowThatCountsIs() {
        Machine machine = Machine.current();

        assertThat(QualityReport.of(List.of(row(true, true), row(false, false)), 1, machine))
                .satisfies(report -> assertThat(report.met()).isTrue())
                .satisfies(report -> assertThat(report.markdown()).contains("| met |", "| beside |", "≥ 0.1500"));
        assertThat(QualityReport.of(List.of(row(true, true), row(false, true)), 1, machine))
                .satisfies(report -> assertThat(report.met()).isFalse())
                .satisfies(report -> assertThat(report.markdown()).contains("| **missed** |"));
    }

    private static QualityRow row(boolean met, boolean counts) {
        return new QualityRow(
                "ml-100k",
                "leave-last-out",
                "wals",
                Map.of("factors", "4"),
                1,
                40,
                Map.of("ndcg@10", 0.2, "recall@10", 0.3),
                List.of(),
                "popularity",
                Map.of("ndcg@10", 0.1, "recall@10", 0.1),
                0.15,
                met,
                counts);
    }
}
