package dev.latent.training;

import dev.latent.spi.ResourceEstimate;
import dev.latent.spi.SnapshotShape;
import java.util.Optional;

/**
 * What a run would need and what there is, told before it is started.
 *
 * @param shape of its snapshot
 * @param exact whether the shape is that of the snapshot; otherwise it has at most so many of each
 * @param snapshotBytes of the snapshot's files, mapped while it works
 * @param host what splitting, measuring and the process itself need
 * @param algorithm what the algorithm says it needs; empty when it cannot tell
 * @param capacity what the process may have
 * @param advice the change that would make it fit, as a phrase; empty when none is known
 * @param note why something is not known; empty when all is
 */
public record RunEstimate(
        SnapshotShape shape,
        boolean exact,
        long snapshotBytes,
        HostNeeds host,
        Optional<ResourceEstimate> algorithm,
        MemoryCapacity capacity,
        String advice,
        String note) {

    /**
     * Returns the heap that the run needs.
     *
     * @return in bytes
     */
    public long heapBytes() {
        return add(host.heapBytes(), algorithm.map(ResourceEstimate::heapBytes).orElse(0L));
    }

    /**
     * Returns the memory off the heap that the run needs, without the snapshot.
     *
     * @return in bytes
     */
    public long nativeBytes() {
        return add(
                host.nativeBytes(), algorithm.map(ResourceEstimate::nativeBytes).orElse(0L));
    }

    /**
     * Returns all the memory that the run needs.
     *
     * @return snapshot, heap and native bytes together; {@link Long#MAX_VALUE} when the sum exceeds it
     */
    public long totalBytes() {
        return add(snapshotBytes, add(heapBytes(), nativeBytes()));
    }

    /**
     * Returns how many passes over the data one training plans.
     *
     * @return 0 when not known
     */
    public int sweeps() {
        return algorithm.map(ResourceEstimate::sweeps).orElse(0);
    }

    /**
     * Returns how long a pass takes.
     *
     * @return 0 when not known
     */
    public double secondsPerSweep() {
        return algorithm.map(ResourceEstimate::secondsPerSweep).orElse(0.0);
    }

    /**
     * Returns how long all training takes: to measure, and again on everything when the run does so.
     *
     * @return 0 when not known
     */
    public double trainingSeconds() {
        return host.trainings() * sweeps() * secondsPerSweep();
    }

    /**
     * Tells whether the process may have what it needs.
     *
     * @return false when the heap or all memory together is not enough
     */
    public boolean fits() {
        return heapBytes() <= capacity.heapBytes() && totalBytes() <= capacity.totalBytes();
    }

    /**
     * Says what does not fit and what to do.
     *
     * @return a sentence; empty when it fits
     */
    public String problem() {
        if (fits()) {
            return "";
        }
        boolean heap = heapBytes() > capacity.heapBytes();
        String needs = heap
                ? "needs " + size(heapBytes()) + " of heap, its process may have " + size(capacity.heapBytes())
                        + " (setting training.heap)"
                : "needs " + size(totalBytes()) + " (snapshot " + size(snapshotBytes) + ", heap " + size(heapBytes())
                        + ", native " + size(nativeBytes()) + "), " + size(capacity.totalBytes())
                        + " are there: " + capacity.source();
        String setting = heap ? "raise training.heap" : "free or add memory";
        return "The run does not fit: it " + needs + "; " + (advice.isEmpty() ? "" : advice + ", or ") + setting;
    }

    private static long add(long first, long second) {
        long sum = first + second;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private static String size(long bytes) {
        return ByteText.of(bytes);
    }
}
