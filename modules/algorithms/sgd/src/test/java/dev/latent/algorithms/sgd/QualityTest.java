package dev.latent.algorithms.sgd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.Snapshot;
import dev.latent.testkit.RecordingListener;
import dev.latent.testkit.RunContext;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the defaults reach on public data, whose folder is given by {@code -Dlatent.datasets=<folder>}. The defaults were
 * chosen on validation parts cut at random from the training parts, never on these test parts.
 */
@Tag("datasets")
class QualityTest {

    private static final System.Logger LOG = System.getLogger(QualityTest.class.getName());
    private static final SgdAlgorithm SGD = new SgdAlgorithm();
    private static final int FOLDS = 5;

    private static Path dataset(String name) {
        return Path.of(System.getProperty("latent.datasets", "")).resolve(name);
    }

    private static EmbeddingModel train(Snapshot snapshot, Map<String, String> given) {
        return (EmbeddingModel) SGD.train(RunContext.of(SGD, given, snapshot).withThreads(2), new RecordingListener());
    }

    @Test
    void movieLens100k_officialFolds_meanRmse() throws IOException {
        double sum = 0;
        for (int fold = 1; fold <= FOLDS; fold++) {
            MovieLens data = new MovieLens();
            List<MovieLens.Rating> base = data.read(dataset("ml-100k").resolve("u" + fold + ".base.gz"));
            List<MovieLens.Rating> test = data.read(dataset("ml-100k").resolve("u" + fold + ".test.gz"));
            double rmse = Measures.rmse(train(data.snapshot(base), Map.of()), data.snapshot(test), 1, 5);
            LOG.log(Level.INFO, "ml-100k u{0}: RMSE {1}", fold, rmse);
            sum += rmse;
        }
        LOG.log(Level.INFO, "ml-100k, mean of u1..u5: RMSE {0}", sum / FOLDS);
        assertThat(sum / FOLDS).isLessThanOrEqualTo(0.912);
    }

    @Test
    void movieLensLatestSmall_fiveSeededFolds_meanRmse() throws IOException {
        MovieLens data = new MovieLens();
        List<MovieLens.Rating> all =
                new ArrayList<>(data.read(dataset("ml-latest-small").resolve("interactions.csv.gz")));
        Collections.shuffle(all, new Random(42));
        double sum = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            List<MovieLens.Rating> base = new ArrayList<>();
            List<MovieLens.Rating> test = new ArrayList<>();
            for (int index = 0; index < all.size(); index++) {
                (index % FOLDS == fold ? test : base).add(all.get(index));
            }
            sum += Measures.rmse(train(data.snapshot(base), Map.of()), data.snapshot(test), 0.5, 5);
        }
        LOG.log(Level.INFO, "ml-latest-small, mean of 5 random folds: RMSE {0}", sum / FOLDS);
        assertThat(sum / FOLDS).isLessThanOrEqualTo(0.868);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ml-100k", "ml-latest-small"})
    void leaveLastOut_fullCatalogue_betterOfBprAndLogisticBeatsPopularity(String name) throws IOException {
        MovieLens data = new MovieLens();
        MovieLens.Split split = data.leaveLastOut(data.read(dataset(name).resolve("interactions.csv.gz")));
        double popularity = 0;
        for (MovieLens.Rating held : split.held()) {
            popularity += Measures.ndcgAt10(popularity(split.train(), held.user()), held.item());
        }
        popularity /= split.held().size();
        double best = 0;
        for (Loss loss : List.of(Loss.LOGISTIC, Loss.BPR)) {
            double ndcg = ndcg(train(split.train(), Map.of("loss", loss.word())), split);
            LOG.log(Level.INFO, "{0}, {1}: NDCG@10 {2}, popularity {3}", name, loss, ndcg, popularity);
            best = Math.max(best, ndcg);
        }
        assertThat(best).isGreaterThanOrEqualTo(1.6 * popularity);
    }

    private static double ndcg(EmbeddingModel model, MovieLens.Split split) {
        double sum = 0;
        for (MovieLens.Rating held : split.held()) {
            sum += Measures.ndcgAt10(Measures.scores(model, split.train(), held.user()), held.item());
        }
        return sum / split.held().size();
    }

    private static double[] popularity(Snapshot train, int user) {
        double[] scores = new double[train.itemCount()];
        for (int item = 0; item < scores.length; item++) {
            scores[item] = train.byItem().length(item);
        }
        Measures.hideSeen(scores, train.byUser(), user);
        return scores;
    }
}
