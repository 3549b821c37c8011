package dev.latent.training;

import dev.latent.interactions.SnapshotFiles;
import dev.latent.interactions.SnapshotOptions;
import dev.latent.interactions.SnapshotSize;
import dev.latent.interactions.TypeWeights;
import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.spi.SnapshotShape;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Predicate;

/**
 * Tells what runs would need before they are started. Sizes of snapshots are kept until the dataset changes, and what
 * plugins say of the same question. Thread-safe.
 */
final class RunEstimator {

    /** Read through in a few seconds; for a larger dataset a start trusts bounds, and asks again when those do not fit. */
    private static final long QUICK_SCAN = 20_000_000;

    /** Users and items of a dataset for which a start does not ask the plugin, since asking takes longer than training. */
    private static final int SMALL_ROWS = 3_000;

    private static final long SMALLEST_HEAP = 256L << 20;

    private static final long SMALL_INTERACTIONS = 200_000;

    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);
    private static final int KEPT = 256;

    private final Rooms rooms;
    private final TrainingOptions options;
    private final PluginEstimates plugins;
    private final Map<List<Object>, SnapshotSize> sizes = lastUsed();
    private final Map<List<Object>, EstimateAnswer> answers = lastUsed();

    RunEstimator(Rooms rooms, TrainingOptions options) {
        this.rooms = rooms;
        this.options = options;
        plugins = new PluginEstimates(options, TIME_LIMIT);
    }

    private static <K, V> Map<K, V> lastUsed() {
        return Collections.synchronizedMap(new LinkedHashMap<>(KEPT, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > KEPT;
            }
        });
    }

    /** Refuses a run that cannot fit; returns the options with the heap that its process needs. */
    TrainingOptions sized(TrainingSpec spec) throws IOException {
        RunEstimate quick = estimate(spec, QUICK_SCAN, RunEstimator::isSmall);
        if (!quick.fits()) {
            RunEstimate exact = quick.exact() ? quick : estimate(spec);
            if (!exact.fits()) {
                throw new NotEnoughMemoryException(exact);
            }
        }
        return withHeap(quick);
    }

    /** Twice what is estimated, so that the collector has room, within what is configured. */
    private TrainingOptions withHeap(RunEstimate estimate) {
        if (estimate.algorithm().isEmpty() || options.process().isEmpty()) {
            return options;
        }
        TrainingOptions.ChildProcess process = options.process().get();
        long needed = Math.max(
                SMALLEST_HEAP, estimate.heapBytes() > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * estimate.heapBytes());
        return options.withProcess(process.withHeapBytes(Math.min(process.heapBytes(), needed)));
    }

    /** Estimates a run whose spec is checked, by what its snapshot would hold now. */
    RunEstimate estimate(TrainingSpec spec) throws IOException {
        return estimate(spec, Long.MAX_VALUE, _ -> false);
    }

    private static boolean isSmall(SnapshotShape shape) {
        return (long) shape.users() + shape.items() <= SMALL_ROWS && shape.interactions() <= SMALL_INTERACTIONS;
    }

    private RunEstimate estimate(TrainingSpec spec, long scanLimit, Predicate<SnapshotShape> unasked)
            throws IOException {
        SnapshotSize size = size(spec.dataset(), spec.typeWeights(), scanLimit);
        HostNeeds host = HostNeeds.of(spec, size.shape(), size.bytes());
        MemoryCapacity capacity = MemoryCapacity.of(options);
        EstimateAnswer answer = answer(spec, size, host, capacity, unasked.test(size.shape()));
        return new RunEstimate(
                size.shape(),
                size.exact(),
                size.bytes(),
                host,
                answer.estimate(),
                capacity,
                answer.advice(),
                answer.note());
    }

    private SnapshotSize size(String dataset, SortedMap<String, Float> weights, long scanLimit) throws IOException {
        String revision = rooms.interactions().revision(dataset);
        List<Object> key = List.of(revision, weights);
        SnapshotSize kept = sizes.get(key);
        if (kept != null) {
            return kept;
        }
        SnapshotSize size = SnapshotFiles.measure(
                rooms.interactions(), dataset, new SnapshotOptions(new TypeWeights(weights)), scanLimit);
        if (size.exact() && rooms.interactions().revision(dataset).equals(revision)) {
            sizes.put(key, size);
        }
        return size;
    }

    private EstimateAnswer answer(
            TrainingSpec spec, SnapshotSize size, HostNeeds host, MemoryCapacity capacity, boolean isSmall) {
        if (size.shape().interactions() == 0) {
            return EstimateAnswer.unknown("Dataset '" + spec.dataset() + "' has no interactions that count");
        }
        return isSmall
                ? EstimateAnswer.unknown("The dataset is so small that the algorithm was not asked")
                : ask(spec, size, host, capacity);
    }

    private EstimateAnswer ask(TrainingSpec spec, SnapshotSize size, HostNeeds host, MemoryCapacity capacity) {
        LoadedAlgorithm algorithm = rooms.plugins().get(spec.algorithm());
        long total = capacity.totalBytes() - size.bytes() - host.heapBytes() - host.nativeBytes();
        EstimateTask task = new EstimateTask(
                algorithm.pluginPath().toString(),
                algorithm.sha256(),
                spec.algorithm(),
                spec.hyperparameters(),
                size.shape(),
                spec.threads(),
                Math.max(0, capacity.heapBytes() - host.heapBytes()),
                Math.max(0, total));
        List<Object> key =
                List.of(algorithm.sha256(), spec.algorithm(), spec.hyperparameters(), size.shape(), spec.threads());
        EstimateAnswer kept = answers.get(key);
        if (kept != null) {
            return kept;
        }
        EstimateAnswer answer = ask(task, algorithm);
        if (answer.estimate().isPresent()) {
            answers.put(key, answer);
        }
        return answer;
    }

    private EstimateAnswer ask(EstimateTask task, LoadedAlgorithm algorithm) {
        try {
            return plugins.ask(task, algorithm);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("Interrupted while a plugin was asked"));
        }
    }
}
