package dev.latent.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Shapes of snapshots and estimates: how they are measured and what they refuse. */
final class SnapshotShapeTest {

    private static final MemorySegment NONE = MemorySegment.ofArray(new byte[0]);

    @Test
    void shape_isMeasured() {
        assertThat(SnapshotShape.of(new Small())).isEqualTo(new SnapshotShape(2, 3, 4, 3, 2, 0, 4));
    }

    @Test
    void moreInteractionsThanAnIntHolds_areCounted() {
        SnapshotShape shape = new SnapshotShape(5_000_000, 1_000_000, 5L << 31, 900_000, 4_000_000, 0, 0);
        assertThat(shape.interactions()).isEqualTo(10_737_418_240L);
    }

    @Test
    void impossibleShape_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SnapshotShape(1, 1, -1, 0, 0, 0, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SnapshotShape(2, 3, 4, 4, 2, 0, 0))
                .withMessage("Rows of up to 4 and 2 interactions do not fit 2 users, 3 items and 4 interactions");
    }

    @Test
    void estimate_sumsWithoutOverflow() {
        assertThat(new ResourceEstimate(1, 2, 3, 0).totalBytes()).isEqualTo(3);
        assertThat(new ResourceEstimate(1, Long.MAX_VALUE, 3, 0).totalBytes()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void impossibleEstimate_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ResourceEstimate(-1, 0, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ResourceEstimate(0, 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ResourceEstimate(0, 0, 1, Double.NaN));
    }

    /** Two users, the first with three items, the second with one of them; features of two items. */
    private static final class Small implements Snapshot {

        @Override
        public int userCount() {
            return 2;
        }

        @Override
        public int itemCount() {
            return 3;
        }

        @Override
        public long interactionCount() {
            return 4;
        }

        @Override
        public SparseRows byUser() {
            return new SparseRows(2, 3, longs(0, 3, 4), ints(0, 1, 2, 1), floats(1, 1, 1, 1), NONE);
        }

        @Override
        public SparseRows byItem() {
            return new SparseRows(3, 2, longs(0, 1, 3, 4), ints(0, 0, 1, 0), floats(1, 1, 1, 1), NONE);
        }

        @Override
        public String fingerprint() {
            return "5";
        }

        @Override
        public Optional<SparseRows> itemFeatures() {
            return Optional.of(new SparseRows(3, 2, longs(0, 2, 4, 4), ints(0, 1, 0, 1), floats(1, 1, 1, 1), NONE));
        }

        private static MemorySegment longs(long... values) {
            return MemorySegment.ofArray(values);
        }

        private static MemorySegment ints(int... values) {
            return MemorySegment.ofArray(values);
        }

        private static MemorySegment floats(float... values) {
            return MemorySegment.ofArray(values);
        }
    }
}
