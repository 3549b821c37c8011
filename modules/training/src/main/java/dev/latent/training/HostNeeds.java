package dev.latent.training;

import dev.latent.spi.SnapshotShape;

/**
 * What a run needs beside its snapshot and its algorithm.
 *
 * @param heapBytes to split, to check and to measure, on the heap
 * @param nativeBytes copies of the parts that are learnt from and measured with, and the process itself
 * @param trainings how often the algorithm trains: once more when everything is learnt from after the measuring
 */
public record HostNeeds(long heapBytes, long nativeBytes, int trainings) {

    /** Classes, compiled code, threads and the collector's own tables. */
    private static final long PROCESS_BYTES = 160L << 20;

    private static final long HEAP_BYTES = 48L << 20;

    /** Scores of a batch of users, where a model scores by histories, and how often an item was listed, for each thread. */
    private static final long MEASURED_OF_ITEM = 12 * Float.BYTES;

    /** Vectors and best items of a batch of users, for each thread. */
    private static final long MEASURED_OF_THREAD = 2L << 20;

    /** A copy of the items' vectors, made to measure when it is not larger; the host does not know how long vectors are. */
    private static final long LARGEST_COPY = 32L << 20;

    private static final long COPY_OF_ITEM = 256 * Float.BYTES;

    /** Counters, biases and order of an item or a user in the baselines. */
    private static final long BASELINES_OF_ROW = 48;

    static HostNeeds of(TrainingSpec spec, SnapshotShape shape, long snapshotBytes) {
        boolean isMeasured = !spec.split().equals(TrainingSpec.NO_SPLIT);
        boolean isWatched = spec.earlyStopping().isPresent();
        long rows = (long) shape.users() + shape.items();
        long copy = isMeasured || isWatched ? Math.min(LARGEST_COPY, shape.items() * COPY_OF_ITEM) : 0;
        long heap = HEAP_BYTES
                + copy
                + rows * BASELINES_OF_ROW
                + spec.threads() * (MEASURED_OF_THREAD + shape.items() * MEASURED_OF_ITEM);
        // While a copy without the holdout is trained on, the snapshot's own pages are given back: only cutting has
        // both.
        long cutting = isMeasured || isWatched ? snapshotBytes / 2 + shape.interactions() / Byte.SIZE : 0;
        long copies = isMeasured && isWatched ? snapshotBytes : 0;
        long bytes = PROCESS_BYTES + cutting + copies;
        return new HostNeeds(heap, Math.max(0, bytes), isMeasured && spec.refit() ? 2 : 1);
    }
}
