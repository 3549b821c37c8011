package dev.latent.retrieval;

import java.util.Arrays;

/**
 * An immutable set of item numbers as a bitmap: one bit an item, so membership costs one load. For sets that live as long
 * as a version (categories, items that are not available). Thread-safe.
 */
public final class ItemSet {

    private final long[] bits;
    private final int itemCount;

    private ItemSet(long[] bits, int itemCount) {
        this.bits = bits;
        this.itemCount = itemCount;
    }

    /**
     * Makes a set.
     *
     * @param itemCount items are numbered from 0 to {@code itemCount - 1}
     * @param items the members, in any order, repeats allowed
     * @return the set
     * @throws IndexOutOfBoundsException when a member is no item
     */
    public static ItemSet of(int itemCount, int... items) {
        long[] bits = new long[(itemCount + Long.SIZE - 1) / Long.SIZE];
        for (int item : items) {
            if (item < 0 || item >= itemCount) {
                throw new IndexOutOfBoundsException("Item " + item + " is not one of " + itemCount + " items");
            }
            bits[item >> 6] |= 1L << item;
        }
        return new ItemSet(bits, itemCount);
    }

    /**
     * Tells whether an item is a member.
     *
     * @param item from 0 to {@link #itemCount()} − 1
     * @return whether it is
     */
    public boolean contains(int item) {
        return (bits[item >> 6] & 1L << item) != 0;
    }

    /**
     * Returns the number of items that could be members.
     *
     * @return at least 0
     */
    public int itemCount() {
        return itemCount;
    }

    /**
     * Returns the number of members.
     *
     * @return at least 0
     */
    public int size() {
        return Arrays.stream(bits).mapToInt(Long::bitCount).sum();
    }
}
