package dev.latent.benchmarks.kernels;

import dev.latent.benchmarks.data.Interactions;
import dev.latent.evaluation.Metric;
import dev.latent.evaluation.RelevanceRule;
import dev.latent.evaluation.Study;
import dev.latent.evaluation.TestCase;
import dev.latent.math.SeededRandom;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.Snapshot;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Rankings over a full catalogue as evaluation makes them: every item scored for every user, the hundred best kept, and
 * metrics taken; a share of the users of an evaluation on data like MovieLens 20M.
 */
@State(Scope.Thread)
public class CatalogueEvaluation {

    static final int USERS = 1_000;
    static final int ITEMS = 27_000;
    static final int RANK = 64;

    private static final int HISTORY = 58;
    private static final int HELD_OUT = 14;

    private final Arena arena = Arena.ofShared();
    private final List<Metric> metrics = Metric.parseAll(List.of("recall@20", "ndcg@100"));
    private Snapshot train = new Interactions().pack(0, 0, arena);
    private Snapshot test = train;
    private EmbeddingModel model = EmbeddingModel.builder(
                    FloatMatrix.allocate(arena, 0, RANK), FloatMatrix.allocate(arena, 0, RANK))
            .build();

    /** Multiplications and additions of one call's scores. */
    static double operations() {
        return 2.0 * USERS * ITEMS * RANK;
    }

    /** Draws vectors, histories and what is to be found. */
    @Setup
    public void draw() {
        SeededRandom random = SeededRandom.of(4, 0);
        model = EmbeddingModel.builder(drawMatrix(USERS, random), drawMatrix(ITEMS, random))
                .build();
        Interactions known = new Interactions();
        Interactions held = new Interactions();
        for (int user = 0; user < USERS; user++) {
            int stride = ITEMS / (HISTORY + HELD_OUT);
            for (int index = 0; index < HISTORY + HELD_OUT; index++) {
                (index < HELD_OUT ? held : known).add(user, index * stride + random.nextInt(stride), 1);
            }
        }
        train = known.pack(USERS, ITEMS, arena);
        test = held.pack(USERS, ITEMS, arena);
    }

    private FloatMatrix drawMatrix(int rows, SeededRandom random) {
        FloatMatrix matrix = FloatMatrix.allocate(arena, rows, RANK);
        for (int row = 0; row < rows; row++) {
            for (int factor = 0; factor < RANK; factor++) {
                matrix.set(row, factor, random.nextFloat() - 0.5f);
            }
        }
        return matrix;
    }

    /** Gives the memory back. */
    @TearDown
    public void close() {
        arena.close();
    }

    /** One evaluation. */
    @Benchmark
    public Map<String, Double> evaluate() {
        Study study = new Study(metrics, 1, 1);
        study.add(model, new Study.Part(train, train, test, TestCase.ofCatalogue(test, RelevanceRule.ALL)));
        return study.values();
    }
}
