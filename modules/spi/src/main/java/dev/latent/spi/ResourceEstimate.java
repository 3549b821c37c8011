package dev.latent.spi;

/**
 * What a run will need beside its snapshot.
 *
 * @param heapBytes at the peak, on the heap of the run's process: workspaces, index arrays
 * @param nativeBytes at the peak, off the heap: factors, optimiser state, copies of the interactions
 * @param sweeps planned passes over the data, at least 1
 * @param secondsPerSweep on this machine with the threads asked for; 0 when not known
 */
public record ResourceEstimate(long heapBytes, long nativeBytes, int sweeps, double secondsPerSweep) {

    /** Checks the ranges. */
    public ResourceEstimate {
        boolean inRange = heapBytes >= 0 && nativeBytes >= 0 && sweeps >= 1;
        if (!inRange || !(secondsPerSweep >= 0) || secondsPerSweep == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "An estimate needs bytes and seconds of at least 0 and at least one sweep," + " got " + heapBytes
                            + ", " + nativeBytes + ", " + sweeps + ", " + secondsPerSweep);
        }
    }

    /**
     * Returns all the memory of the run.
     *
     * @return heap and native bytes together; {@link Long#MAX_VALUE} when the sum exceeds it
     */
    public long totalBytes() {
        long sum = heapBytes + nativeBytes;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
