import dev.latent.spi.Algorithm;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FeaturePairs;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.History;
import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.ResourceEstimate;
import dev.latent.spi.Scale;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.Section;
import dev.latent.spi.SectionReader;
import dev.latent.spi.SectionWriter;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SnapshotShape;
import dev.latent.spi.SparseRows;
import dev.latent.spi.Sweep;
import dev.latent.spi.Task;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingContext;
import dev.latent.spi.TrainingFailedException;
import dev.latent.spi.TrainingListener;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Recommends what is popular, or misbehaves as it is told. */
public final class TrialAlgorithm implements Algorithm {

    @Override
    public String name() {
        return "trial";
    }

    @Override
    public String description() {
        return "Recommends what is popular, or misbehaves as it is told.";
    }

    @Override
    public List<Hyperparameter> hyperparameters() {
        return List.of(
                new Hyperparameter.OfChoice(
                        "behaviour",
                        "What it does.",
                        "good",
                        List.of("good", "features", "pairs-nan", "peak", "scoring", "scoring-nan", "scoring-unwritable", "scoring-slow", "scoring-peak", "exit", "halt", "heap", "loop", "spin", "throw",
                                "error", "nan", "rows", "null", "diverge", "print", "crash", "signal", "fork", "wait",
                                "estimate-throw", "estimate-spin", "estimate-exit", "estimate-none")),
                new Hyperparameter.OfChoice("task", "What it predicts.", "ranking", List.of("ranking", "rating")),
                new Hyperparameter.OfReal(
                        "minimum_value", "From which value on it counts.", -1000, -1000, 1000, Scale.LINEAR),
                new Hyperparameter.OfInteger("mebibytes", "What it says it needs.", 1, 1, 1 << 30, Scale.LOG),
                new Hyperparameter.OfInteger("sweeps", "How many sweeps.", 4, 1, 1000, Scale.LINEAR));
    }

    @Override
    public Task task(Hyperparameters hyperparameters) {
        return hyperparameters.choice("task").equals("rating") ? Task.RATING : Task.RANKING;
    }

    @Override
    public List<Hyperparameter> searchSpace(Hyperparameters base) {
        return List.of(
                new Hyperparameter.OfChoice("behaviour", "Dies or not.", "good", List.of("good", "signal", "throw")),
                new Hyperparameter.OfInteger("sweeps", "How many.", 4, 2, 30, Scale.LINEAR));
    }

    @Override
    public Optional<ResourceEstimate> estimate(SnapshotShape shape, Hyperparameters hyperparameters, int threads) {
        switch (hyperparameters.choice("behaviour")) {
            case "estimate-throw" -> throw new IllegalStateException("the plugin's own mistake");
            case "estimate-spin" -> spin();
            case "estimate-exit" -> System.exit(7);
            case "estimate-none" -> {
                return Optional.empty();
            }
            default -> {}
        }
        long bytes = hyperparameters.integer("mebibytes") << 20;
        return Optional.of(new ResourceEstimate(1 << 20, bytes, hyperparameters.int32("sweeps"), 0.5));
    }

    @Override
    public TrainedModel train(TrainingContext context, TrainingListener listener) {
        String behaviour = context.hyperparameters().choice("behaviour");
        switch (behaviour) {
            case "exit" -> System.exit(7);
            case "halt" -> Runtime.getRuntime().halt(9);
            case "heap" -> exhaust();
            case "loop" -> loop(listener);
            case "spin" -> spin();
            case "throw" -> throw new IllegalStateException("the plugin's own mistake");
            case "error" -> throw new StackOverflowError();
            case "diverge" -> throw TrainingFailedException.diverged(2, "learning_rate", 1e9, "lower");
            case "crash" -> run("kill -SEGV " + ProcessHandle.current().pid());
            case "signal" -> run("kill -KILL " + ProcessHandle.current().pid());
            case "fork" -> run("exec sleep 987654");
            case "print" -> {
                System.out.println("said on standard output");
                System.err.println("said on standard error");
                System.out.print("and not ended ");
                listener.log("said to the listener\u001b[31m");
            }
            default -> {}
        }
        if (behaviour.equals("features") || behaviour.equals("pairs-nan")) {
            return addUp(context, behaviour.equals("pairs-nan"));
        }
        return behaviour.startsWith("scoring") ? score(context, listener, behaviour) : embed(context, listener, behaviour);
    }

    private static void exhaust() {
        List<long[]> all = new ArrayList<>();
        while (true) {
            all.add(new long[1 << 20]);
        }
    }

    private static void loop(TrainingListener listener) {
        while (true) {
            listener.checkCancelled();
            listener.progress(1, 2, 0.5);
        }
    }

    private static void spin() {
        Runtime.getRuntime().addShutdownHook(new Thread(TrialAlgorithm::sleepForEver));
        long count = 0;
        while (count >= 0) {
            count = (count + 1) & Long.MAX_VALUE;
        }
    }

    private static void sleepForEver() {
        while (true) {
            try {
                Thread.sleep(1_000_000);
            } catch (InterruptedException e) {
                // goes on
            }
        }
    }

    private static void run(String command) {
        try {
            new ProcessBuilder("sh", "-c", command).start().waitFor();
            Thread.sleep(10_000);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TrainedModel embed(TrainingContext context, TrainingListener listener, String behaviour) {
        Snapshot snapshot = context.snapshot();
        int users = snapshot.userCount() + (behaviour.equals("rows") ? 1 : 0);
        FloatMatrix userFactors = draw(context.arena(), users, context.seed());
        FloatMatrix itemFactors = draw(context.arena(), snapshot.itemCount(), context.seed() + 1);
        FloatMatrix biases = FloatMatrix.allocate(context.arena(), snapshot.itemCount(), 1);
        EmbeddingModel model = EmbeddingModel.builder(userFactors, itemFactors).itemBiases(biases).build();
        int sweeps = context.hyperparameters().int32("sweeps");
        context.previous().ifPresent(previous -> listener.log("previous users " + Arrays.toString(previous.users())
                + " items " + Arrays.toString(previous.items()) + " rank " + previous.model().rank()));
        listener.log("may use " + context.memoryBudget());
        for (int sweep = 1; sweep <= sweeps; sweep++) {
            boolean reversed = behaviour.equals("peak") && sweep != 3;
            for (int item = 0; item < snapshot.itemCount(); item++) {
                biases.set(item, 0, (reversed ? -1 : 1) * snapshot.byItem().length(item));
            }
            if (behaviour.equals("wait")) {
                sleep(100);
            }
            listener.checkCancelled();
            Sweep done = new Sweep(sweep, sweeps, Map.of("observed", 1.0 / sweep), Map.of());
            if (listener.sweep(done, () -> model) == TrainingListener.Decision.STOP) {
                break;
            }
        }
        if (behaviour.equals("nan")) {
            itemFactors.set(2, 1, Float.NaN);
        }
        return behaviour.equals("null") ? null : model;
    }

    /** An item without interactions is as popular as its features are together. */
    private static TrainedModel addUp(TrainingContext context, boolean brokenPairs) {
        Snapshot snapshot = context.snapshot();
        Arena arena = context.arena();
        SparseRows itemFeatures = snapshot.itemFeatures().orElseThrow();
        FloatMatrix ofFeatures = FloatMatrix.allocate(arena, itemFeatures.columns(), 1);
        FloatMatrix ofItems = FloatMatrix.allocate(arena, snapshot.itemCount(), 1);
        for (int item = 0; item < snapshot.itemCount(); item++) {
            ofItems.set(item, 0, snapshot.byItem().length(item));
            for (long at = itemFeatures.start(item); at < itemFeatures.end(item); at++) {
                int feature = itemFeatures.index(at);
                ofFeatures.set(feature, 0, ofFeatures.get(feature, 0) + snapshot.byItem().length(item));
            }
        }
        for (int item = 0; item < snapshot.itemCount(); item++) {
            for (long at = itemFeatures.start(item); snapshot.byItem().length(item) == 0 && at < itemFeatures.end(item); at++) {
                ofItems.set(item, 0, ofItems.get(item, 0) + ofFeatures.get(itemFeatures.index(at), 0));
            }
        }
        EmbeddingModel.Builder model = EmbeddingModel.builder(
                        FloatMatrix.allocate(arena, snapshot.userCount(), 1), FloatMatrix.allocate(arena, snapshot.itemCount(), 1))
                .itemBiases(ofItems)
                .itemFeatureFactors(FloatMatrix.allocate(arena, itemFeatures.columns(), 1))
                .itemFeatureBiases(ofFeatures);
        snapshot.userFeatures().ifPresent(features ->
                model.userFeatureFactors(FloatMatrix.allocate(arena, features.columns(), 1)));
        if (brokenPairs) {
            FloatMatrix numbers = FloatMatrix.allocate(arena, 1, 1);
            numbers.set(0, 0, Float.NaN);
            model.itemFeaturePairs(new FeaturePairs(MemorySegment.ofArray(new int[] {0, 1}), numbers, numbers));
        }
        return model.build();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static FloatMatrix draw(Arena arena, int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FloatMatrix matrix = FloatMatrix.allocate(arena, rows, 4);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < 4; column++) {
                matrix.set(row, column, (float) (0.01 * random.nextGaussian()));
            }
        }
        return matrix;
    }

    private static TrainedModel score(TrainingContext context, TrainingListener listener, String behaviour) {
        Snapshot snapshot = context.snapshot();
        float[] counts = new float[snapshot.itemCount()];
        Counts model = new Counts(counts, behaviour);
        int sweeps = behaviour.equals("scoring-peak") ? 50 : 1;
        for (int sweep = 1; sweep <= sweeps; sweep++) {
            boolean reversed = behaviour.equals("scoring-peak") && sweep != 3;
            for (int item = 0; item < counts.length; item++) {
                counts[item] = (reversed ? -1 : 1) * snapshot.byItem().length(item);
            }
            Sweep done = new Sweep(sweep, sweeps, Map.of(), Map.of());
            if (listener.sweep(done, () -> model) == TrainingListener.Decision.STOP) {
                break;
            }
        }
        if (behaviour.equals("scoring-nan")) {
            counts[1] = Float.NaN;
        }
        return model;
    }

    @Override
    public ScoringModel reopen(SectionReader sections) throws IOException {
        FloatMatrix counts = sections.read("counts").floats();
        float[] copy = new float[(int) counts.rows()];
        for (int item = 0; item < copy.length; item++) {
            copy[item] = counts.get(item, 0);
        }
        return new Counts(copy, "scoring");
    }

    private record Counts(float[] counts, String behaviour) implements ScoringModel {
        @Override
        public int itemCount() {
            return counts.length;
        }

        @Override
        public void score(History history, float[] scores) {
            System.arraycopy(counts, 0, scores, 0, counts.length);
        }

        @Override
        public void write(SectionWriter sections) throws IOException {
            if (behaviour.equals("scoring-unwritable")) {
                throw new IllegalStateException("the plugin cannot write");
            } else if (behaviour.equals("scoring-slow")) {
                sleep(2_000);
            }
            try (Arena arena = Arena.ofConfined()) {
                FloatMatrix matrix = FloatMatrix.allocate(arena, counts.length, 1);
                for (int item = 0; item < counts.length; item++) {
                    matrix.set(item, 0, counts[item]);
                }
                sections.write(Section.of("counts", matrix));
            }
        }
    }
}
