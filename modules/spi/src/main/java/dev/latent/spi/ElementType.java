package dev.latent.spi;

/** The type of the numbers in a {@link Section}; stored by name, little-endian. */
public enum ElementType {
    /** Signed bytes. */
    INT8(1),
    /** 32-bit integers. */
    INT32(4),
    /** 64-bit integers. */
    INT64(8),
    /** Single precision. */
    FLOAT32(4),
    /** Double precision. */
    FLOAT64(8);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns the size of one element.
     *
     * @return in bytes
     */
    public int bytes() {
        return bytes;
    }
}
