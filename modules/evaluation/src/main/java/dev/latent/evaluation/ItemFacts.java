package dev.latent.evaluation;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.util.BitSet;
import java.util.stream.IntStream;

/** What measures of lists need to know of the items: their segments, how popular they are, and how much they tell. */
final class ItemFacts {

    private static final double POPULAR_SHARE = 0.1;

    private final byte[] segments;
    private final int segmentCount;
    private final BitSet popular;
    private final double[] information;

    private ItemFacts(byte[] segments, int segmentCount, Snapshot train) {
        this.segments = segments;
        this.segmentCount = segmentCount;
        popular = mostPopular(train.byItem());
        information = information(train);
    }

    /** Facts by which results are shown apart for each third of the interactions. */
    static ItemFacts bySegment(Snapshot train) {
        return new ItemFacts(Segments.ofItems(train), Segments.COUNT, train);
    }

    /** Facts of items that all belong to one segment. */
    static ItemFacts together(Snapshot train) {
        return new ItemFacts(new byte[train.itemCount()], 1, train);
    }

    int itemCount() {
        return segments.length;
    }

    int segmentCount() {
        return segmentCount;
    }

    int segment(int item) {
        return segments[item];
    }

    /** Whether it is among the tenth of items, rounded up, with the most interactions; ties: the lower number first. */
    boolean isPopular(int item) {
        return popular.get(item);
    }

    /** −log2 of the share of training users who have it, at least one of them: in bits. */
    double information(int item) {
        return information[item];
    }

    private static BitSet mostPopular(SparseRows rows) {
        BitSet popular = new BitSet(rows.rows());
        IntStream.range(0, rows.rows())
                .boxed()
                .sorted((a, b) -> Integer.compare(rows.length(b), rows.length(a)))
                .limit((long) Math.ceil(POPULAR_SHARE * rows.rows()))
                .forEach(popular::set);
        return popular;
    }

    private static double[] information(Snapshot train) {
        SparseRows rows = train.byItem();
        double users = Math.max(1, train.userCount());
        double[] bits = new double[rows.rows()];
        for (int item = 0; item < bits.length; item++) {
            bits[item] = StrictMath.log(users / Math.max(1, rows.length(item))) / StrictMath.log(2);
        }
        return bits;
    }
}
