package dev.latent.interactions;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/**
 * The store's numbers for the users and items of an import that is being written. While they are resolved and until they
 * are in the store, appends that meet the same new ids use the same numbers. Shared under the commit lock.
 */
record ImportNumbers(Side users, Side items) {

    ImportNumbers(LocalIds users, LocalIds items) {
        this(new Side(users), new Side(items));
    }

    /** Users or items. */
    static final class Side {

        private static final int UNKNOWN = -1;

        private final LocalIds ids;
        private final int[] numbers;
        private final BitSet reserved = new BitSet();
        private final BitSet touched = new BitSet(); // by appends, which may yet have failed

        Side(LocalIds ids) {
            this.ids = ids;
            numbers = new int[ids.size()];
            Arrays.fill(numbers, UNKNOWN);
        }

        /** Looks up every id, -1 being the answer for those that are not there; appends may go on meanwhile. */
        void resolve(ToIntFunction<String> stored) {
            for (int local = 0; local < numbers.length; local++) {
                numbers[local] = stored.applyAsInt(ids.id(local));
            }
        }

        /** Learns that an append gives a number to an id of this import. */
        void touch(String id) {
            int local = ids.find(id);
            if (local >= 0) {
                touched.set(local);
            }
        }

        /** Gives a number to every id that still has none; under the commit lock. */
        void reserve(ToIntFunction<String> stored, IntSupplier allocate) {
            for (int local = 0; local < numbers.length; local++) {
                if (touched.get(local)) {
                    numbers[local] = stored.applyAsInt(ids.id(local));
                }
                if (numbers[local] == UNKNOWN) {
                    numbers[local] = allocate.getAsInt();
                    reserved.set(local);
                }
            }
            touched.clear();
        }

        /** Returns the number that is reserved for an id, -1 when there is none. */
        int find(String id) {
            int local = ids.find(id);
            return local >= 0 && reserved.get(local) ? numbers[local] : UNKNOWN;
        }

        int number(int local) {
            return numbers[local];
        }

        /** Returns whether the import brings this id with it. */
        boolean isReserved(int local) {
            return reserved.get(local);
        }

        /** Counts the ids that will be new in the store, though an append may have used a reservation. */
        int newCount(ToIntFunction<String> stored) {
            int count = reserved.cardinality();
            for (int local = touched.nextSetBit(0); local >= 0; local = touched.nextSetBit(local + 1)) {
                if (reserved.get(local) && stored.applyAsInt(ids.id(local)) != UNKNOWN) {
                    count--;
                }
            }
            return count;
        }

        LocalIds ids() {
            return ids;
        }
    }
}
