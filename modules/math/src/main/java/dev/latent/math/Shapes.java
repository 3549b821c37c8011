package dev.latent.math;

/** The entry checks of the kernels: each throws {@link IllegalArgumentException} saying what, actual and expected. */
final class Shapes {

    private Shapes() {}

    /** Largest order whose square still indexes an array. */
    static final int MAX_RANK = 46_340;

    static void checkRange(String name, int arrayLength, int offset, long length) {
        if (offset < 0 || length < 0 || offset + length > arrayLength) {
            throw new IllegalArgumentException(
                    "%s: range of %d elements from offset %d does not fit an array of %d elements"
                            .formatted(name, length, offset, arrayLength));
        }
    }

    static void checkBytes(String name, long byteSize, long offset, long length) {
        if (offset < 0 || length < 0 || offset > byteSize - length) {
            throw new IllegalArgumentException("%s: range of %d bytes from offset %d does not fit a segment of %d bytes"
                    .formatted(name, length, offset, byteSize));
        }
    }

    static void checkRank(int rank) {
        if (rank < 1 || rank > MAX_RANK) {
            throw new IllegalArgumentException("rank is %d, expected 1 to %d".formatted(rank, MAX_RANK));
        }
    }

    static void checkSquare(String name, int arrayLength, int rank) {
        checkRank(rank);
        checkRange(name, arrayLength, 0, (long) rank * rank);
    }

    static void checkCount(String name, long count) {
        if (count < 0) {
            throw new IllegalArgumentException("%s is %d, expected 0 or more".formatted(name, count));
        }
    }

    static void checkRows(String name, long byteSize, long rowCount, int rank) {
        if (rowCount > byteSize / ((long) rank * Float.BYTES)) {
            throw new IllegalArgumentException("%s: %d rows of %d float32 do not fit a segment of %d bytes"
                    .formatted(name, rowCount, rank, byteSize));
        }
    }
}
