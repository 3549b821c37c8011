package dev.latent.algorithms.ease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latent.spi.ScoringModel;
import dev.latent.testkit.RecordingListener;
import dev.latent.testkit.RunContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The figures of a dense implementation in NumPy ({@code numpy.linalg.inv} in float64) on the same splits of public data,
 * whose folder is given by {@code -Dlatent.datasets=FOLDER}.
 */
@Tag("datasets")
final class QualityTest {

    private static final Path FOLDER = Path.of(System.getProperty("latent.datasets", "."));

    /** Two items that are equal but for rounding may change places. */
    private static final double TIES = 1e-4;

    @ParameterizedTest
    @CsvSource({
        "ml-latest-small, 300, 0.03493, 0.15082",
        "msweb, 300, 0.39454, 0.70679",
        "online-retail, 300, 0.14088, 0.33608",
        "lastfm-hetrec2011, 300, 0.02279, 0.06794"
    })
    void figures_areThoseOfTheDenseFormula(String name, int regularization, double ndcg, double recall)
            throws IOException {
        HeldOut data = HeldOut.read(FOLDER.resolve(name).resolve("interactions.csv.gz"));
        Map<String, String> given = Map.of("regularization", Integer.toString(regularization));
        RunContext context = RunContext.of(new Ease(), given, data.train()).withThreads(2);
        ScoringModel model = (ScoringModel) new Ease().train(context, new RecordingListener());
        HeldOut.Figures figures = data.measure(model);
        assertThat(figures.ndcg()).isCloseTo(ndcg, within(TIES));
        assertThat(figures.recall()).isCloseTo(recall, within(TIES));
    }
}
