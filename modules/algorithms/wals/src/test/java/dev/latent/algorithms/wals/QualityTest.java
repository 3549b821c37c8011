package dev.latent.algorithms.wals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.spi.EmbeddingModel;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Quality on public data: run with {@code -Dlatent.datasets=FOLDER}, which holds {@code ml-100k/u1.base.gz} and so on.
 * Hyperparameters were found on parts cut from training data alone.
 */
@Tag("datasets")
class QualityTest {

    private static final System.Logger LOG = System.getLogger(QualityTest.class.getName());
    private static final Path FOLDER = Path.of(System.getProperty("latent.datasets", "."));

    @Test
    void ratingsOfMovieLens100kByDefaults_rmseOverTheOfficialFoldsIsLow() throws IOException {
        assertThat(meanRmse(Map.of("feedback", "explicit"))).isLessThanOrEqualTo(0.94);
    }

    @Test
    void ratingsOfMovieLens100kTuned_rmseOverTheOfficialFoldsIsLower() throws IOException {
        assertThat(meanRmse(Map.of("feedback", "explicit", "regularization_exponent", "0.5", "regularization", "1.35")))
                .isLessThanOrEqualTo(0.92);
    }

    private static double meanRmse(Map<String, String> given) throws IOException {
        double sum = 0;
        for (int fold = 1; fold <= 5; fold++) {
            MovieLens.Cut cut =
                    MovieLens.fold(FOLDER.resolve("ml-100k"), "u" + fold + ".base.gz", "u" + fold + ".test.gz");
            double rmse = Measures.rmse(Fit.train(cut.train(), given), cut.test(), 1, 5);
            LOG.log(Level.INFO, "ml-100k u{0} {1}: RMSE {2,number,0.0000}", fold, given, rmse);
            sum += rmse;
        }
        LOG.log(Level.INFO, "ml-100k u1..u5 {0}: mean RMSE {1,number,0.0000}", given, sum / 5);
        return sum / 5;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ml-100k", "ml-latest-small"})
    void latestInteractionHeldOut_ndcgIsFarAbovePopularity(String name) throws IOException {
        MovieLens.Cut cut = MovieLens.withoutLast(
                MovieLens.interactions(FOLDER.resolve(name).resolve("interactions.csv.gz")));
        EmbeddingModel model = Fit.train(cut.train(), Map.of());
        double popularity = Measures.popularityNdcg(cut);
        double ndcg = Measures.ndcg(model::score, cut);
        LOG.log(
                Level.INFO,
                "{0} leave-last-out, full catalogue: NDCG@10 {1,number,0.0000}, popularity {2,number,0.0000}",
                name,
                ndcg,
                popularity);
        assertThat(ndcg).isGreaterThanOrEqualTo(1.6 * popularity);
    }
}
