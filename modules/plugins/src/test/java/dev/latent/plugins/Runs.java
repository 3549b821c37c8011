package dev.latent.plugins;

import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import dev.latent.spi.Sweep;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingContext;
import dev.latent.spi.TrainingListener;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What it takes to train a plugin's algorithm on nothing. */
final class Runs {

    private Runs() {}

    /** One user and one item without interactions. */
    record Context(Hyperparameters hyperparameters) implements TrainingContext, Snapshot {

        static Context of(LoadedAlgorithm algorithm, Map<String, String> given) {
            return new Context(Hyperparameters.resolve(algorithm.hyperparameters(), given));
        }

        @Override
        public Snapshot snapshot() {
            return this;
        }

        @Override
        public long seed() {
            return 1;
        }

        @Override
        public int threads() {
            return 1;
        }

        @Override
        public Arena arena() {
            return Arena.ofAuto();
        }

        @Override
        public int userCount() {
            return 1;
        }

        @Override
        public int itemCount() {
            return 1;
        }

        @Override
        public long interactionCount() {
            return 0;
        }

        @Override
        public SparseRows byUser() {
            MemorySegment none = MemorySegment.ofArray(new byte[0]);
            return new SparseRows(1, 1, MemorySegment.ofArray(new byte[16]), none, none, none);
        }

        @Override
        public SparseRows byItem() {
            return byUser();
        }

        @Override
        public String fingerprint() {
            return "00";
        }
    }

    /** Keeps the log. */
    static class Listener implements TrainingListener {

        final List<String> lines = new ArrayList<>();

        @Override
        public void progress(int sweep, int sweeps, double fraction) {}

        @Override
        public Decision sweep(Sweep sweep, Supplier<? extends TrainedModel> current) {
            return Decision.CONTINUE;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void log(String line) {
            lines.add(line);
        }
    }
}
