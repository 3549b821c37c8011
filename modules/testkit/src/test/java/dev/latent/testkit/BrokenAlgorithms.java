package dev.latent.testkit;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.History;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.ResourceEstimate;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.Section;
import dev.latent.spi.SectionReader;
import dev.latent.spi.SectionWriter;
import dev.latent.spi.SnapshotShape;
import dev.latent.spi.SparseRows;
import dev.latent.spi.Sweep;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingContext;
import dev.latent.spi.TrainingFailedException;
import dev.latent.spi.TrainingListener;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Algorithms that do what they must not: one breach of the contract a class. See {@link BrokenDeclarations}. */
public final class BrokenAlgorithms {

    private BrokenAlgorithms() {}

    /** One factor is NaN. */
    public static final class NotFinite extends SoundAlgorithm {
        @Override
        TrainedModel finish(FloatMatrix users, FloatMatrix items) {
            if (items.rows() == 200) {
                items.set(17, 0, Float.NaN);
            }
            return super.finish(users, items);
        }
    }

    /** Never asks whether it is cancelled, and takes its time. */
    public static final class IgnoresCancellation extends SoundAlgorithm {
        @Override
        void checkCancelled(TrainingListener listener) {
            if (listener.isCancelled()) {
                sleep(1_100);
            }
        }
    }

    /** Asks at the start only. */
    public static final class CancelsLate extends SoundAlgorithm {
        private volatile boolean started;

        @Override
        public TrainedModel train(TrainingContext context, TrainingListener listener) {
            listener.checkCancelled();
            if (context.snapshot().userCount() == LaunchedContract.LARGE_USERS) {
                sleep(1_500);
            }
            started = true;
            return super.train(context, listener);
        }

        @Override
        void checkCancelled(TrainingListener listener) {
            if (!started) {
                listener.checkCancelled();
            }
        }
    }

    /** The result depends on the number of threads. */
    public static final class ThreadDependent extends SoundAlgorithm {
        @Override
        long seed(TrainingContext context) {
            return context.seed() + context.threads();
        }
    }

    /** Random numbers do not follow from the seed. */
    public static final class Unseeded extends SoundAlgorithm {
        @Override
        long seed(TrainingContext context) {
            return System.nanoTime();
        }
    }

    /** Keeps what belongs to a run in the instance. */
    public static final class SharedState extends SoundAlgorithm {
        private volatile float factor = 1;

        @Override
        long seed(TrainingContext context) {
            factor = context.seed() == 1 ? 1 : 0.5f;
            return context.seed();
        }

        @Override
        float pullFactor() {
            return factor;
        }
    }

    /** Goes on after STOP. */
    public static final class IgnoresStop extends SoundAlgorithm {
        @Override
        boolean report(TrainingListener listener, int number, int sweeps, EmbeddingModel model) {
            return super.report(listener, number, sweeps, model) && number == sweeps;
        }
    }

    /** Returns something else than it showed. */
    public static final class ReturnsAnother extends SoundAlgorithm {
        @Override
        TrainedModel finish(FloatMatrix users, FloatMatrix items) {
            return EmbeddingModel.builder(users, items).offset(1).build();
        }
    }

    /** Reports no sweep. */
    public static final class Silent extends SoundAlgorithm {
        @Override
        boolean report(TrainingListener listener, int number, int sweeps, EmbeddingModel model) {
            return false;
        }
    }

    /** Counts sweeps from 2. */
    public static final class Miscounts extends SoundAlgorithm {
        @Override
        boolean report(TrainingListener listener, int number, int sweeps, EmbeddingModel model) {
            return super.report(listener, number + 1, sweeps + 1, model);
        }
    }

    /** Reports a loss that is not a number. */
    public static final class LossNotFinite extends SoundAlgorithm {
        @Override
        boolean report(TrainingListener listener, int number, int sweeps, EmbeddingModel model) {
            return listener.sweep(new Sweep(number, sweeps, Map.of("loss", Double.NaN), Map.of()), () -> model)
                    == TrainingListener.Decision.STOP;
        }
    }

    /** Divides by the number of something that may not be there. */
    public static final class NeedsItems extends SoundAlgorithm {
        @Override
        long seed(TrainingContext context) {
            return context.seed() + 0 / context.snapshot().itemCount();
        }
    }

    /** Compares neighbouring items. */
    public static final class NeedsTwoItems extends SoundAlgorithm {
        @Override
        long seed(TrainingContext context) {
            int items = context.snapshot().itemCount();
            return context.seed() + (items == 0 ? 0 : 0 / (items - 1));
        }
    }

    /** Compares neighbouring users. */
    public static final class NeedsTwoUsers extends SoundAlgorithm {
        @Override
        long seed(TrainingContext context) {
            int users = context.snapshot().userCount();
            return context.seed() + (users == 0 ? 0 : 0 / (users - 1));
        }
    }

    /** Scales by the range of the values. */
    public static final class NeedsDifferentValues extends SoundAlgorithm {
        @Override
        long seed(TrainingContext context) {
            SparseRows rows = context.snapshot().byUser();
            int different = rows.count() < 100 ? 1 : 0;
            for (long position = 1; position < rows.count(); position++) {
                different += rows.value(position) == rows.value(0) ? 0 : 1;
            }
            return context.seed() + 0 / different;
        }
    }

    /** Takes for granted that an item of the first user is known to the last. */
    public static final class NeedsOneBlock extends SoundAlgorithm {
        @Override
        long seed(TrainingContext context) {
            SparseRows rows = context.snapshot().byUser();
            boolean blocks =
                    rows.rows() == 18 && rows.length(0) > 0 && rows.index(rows.end(0) - 1) < rows.index(rows.start(17));
            return context.seed() + 0 / (blocks ? 0 : 1);
        }
    }

    /** Divides by the number of a user's interactions. */
    public static final class NeedsInteractions extends SoundAlgorithm {
        @Override
        long seed(TrainingContext context) {
            SparseRows rows = context.snapshot().byUser();
            return context.seed() + (rows.rows() == 21 ? 0 / rows.length(0) : 0);
        }
    }

    /** Takes for granted that there are more users than factors. */
    public static final class NeedsRankBelowUsers extends SoundAlgorithm {
        @Override
        long seed(TrainingContext context) {
            boolean above = context.hyperparameters().int32("factors")
                    > context.snapshot().userCount();
            return context.seed() + 0 / (above && context.snapshot().userCount() == 6 ? 0 : 1);
        }
    }

    /** Squares values in single precision. */
    public static final class Overflows extends SoundAlgorithm {
        @Override
        public TrainedModel train(TrainingContext context, TrainingListener listener) {
            EmbeddingModel model = (EmbeddingModel) super.train(context, listener);
            SparseRows rows = context.snapshot().byUser();
            float first = rows.count() == 0 ? 0 : rows.value(0);
            return Math.abs(first) < 1e20f
                    ? model
                    : EmbeddingModel.builder(model.users(), model.items())
                            .offset(first * first)
                            .build();
        }
    }

    /** Throws without telling what to change. */
    public static final class NamesNothing extends SoundAlgorithm {
        @Override
        long seed(TrainingContext context) {
            SparseRows rows = context.snapshot().byUser();
            if (rows.count() > 0 && Math.abs(rows.value(0)) > 1e20f) {
                throw new TrainingFailedException("Something overflowed");
            }
            return context.seed();
        }
    }

    /** Gives one thread more than a user a part of its own. */
    public static final class ThreadDependentWhenSparse extends SoundAlgorithm {
        @Override
        long seed(TrainingContext context) {
            return context.seed()
                    + context.threads() / Math.max(7, context.snapshot().userCount());
        }
    }

    /** Allocates what it has no budget for. */
    public static final class IgnoresBudget extends SoundAlgorithm {
        @Override
        void checkMemory(TrainingContext context) {}
    }

    /** Refuses what its estimate allows. */
    public static final class Underestimates extends SoundAlgorithm {
        @Override
        public Optional<ResourceEstimate> estimate(SnapshotShape shape, Hyperparameters hyperparameters, int threads) {
            return Optional.of(new ResourceEstimate(0, 1_000, 1, 0));
        }

        @Override
        void checkMemory(TrainingContext context) {
            if (context.memoryBudget() < 2_000) {
                throw new TrainingFailedException("The vectors need 2000 bytes; lower 'factors'");
            }
        }
    }

    /** Counts bytes in 32 bits. */
    public static final class CountsInInt extends SoundAlgorithm {
        @Override
        public Optional<ResourceEstimate> estimate(SnapshotShape shape, Hyperparameters hyperparameters, int threads) {
            int bytes = 4 * hyperparameters.int32("factors") * (shape.users() + shape.items());
            return Optional.of(new ResourceEstimate(0, bytes, 1, 0));
        }
    }

    /** Makes a vector too many. */
    public static final class WrongShape extends SoundAlgorithm {
        @Override
        TrainedModel finish(FloatMatrix users, FloatMatrix items) {
            return EmbeddingModel.builder(
                            FloatMatrix.allocate(Arena.ofAuto(), users.rows() + 1, users.columns()), items)
                    .build();
        }
    }

    /** Its memory can be read by the thread that trained only. */
    public static final class ConfinedMemory extends SoundAlgorithm {
        @Override
        @SuppressWarnings("MustBeClosedChecker")
        Arena arena(TrainingContext context) {
            return Arena.ofConfined();
        }
    }

    /** Leaves a thread behind. */
    public static final class LeavesThread extends SoundAlgorithm {
        @Override
        TrainedModel finish(FloatMatrix users, FloatMatrix items) {
            Thread thread = new Thread(() -> sleep(3_000), "left-behind");
            thread.setDaemon(true);
            thread.start();
            return super.finish(users, items);
        }
    }

    /** A scoring model that does not survive being stored. */
    public static final class Forgetful extends SoundAlgorithm {
        @Override
        TrainedModel finish(FloatMatrix users, FloatMatrix items) {
            return new Constant(items.rows(), 1);
        }

        @Override
        boolean report(TrainingListener listener, int number, int sweeps, EmbeddingModel model) {
            ScoringModel scoring = new Constant(model.items().rows(), 1);
            return listener.sweep(new Sweep(number, sweeps, Map.of(), Map.of()), () -> scoring)
                    == TrainingListener.Decision.STOP;
        }

        @Override
        public ScoringModel reopen(SectionReader sections) throws IOException {
            return new Constant(sections.read("scores").rows(), 0);
        }
    }

    private record Constant(long items, float score) implements ScoringModel {
        @Override
        public int itemCount() {
            return (int) items;
        }

        @Override
        public void score(History history, float[] scores) {
            Arrays.fill(scores, score);
        }

        @Override
        public void write(SectionWriter sections) throws IOException {
            sections.write(Section.of("scores", FloatMatrix.allocate(Arena.ofAuto(), items, 1)));
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
