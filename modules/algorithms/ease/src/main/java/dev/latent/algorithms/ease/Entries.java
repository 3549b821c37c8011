package dev.latent.algorithms.ease;

import dev.latent.spi.SparseRows;
import java.util.Arrays;

/** One row of X or its transpose without what is left out: a growing buffer of columns and entries. Not thread-safe. */
final class Entries {

    private final SparseRows rows;
    private final CountingRule rule;
    private int[] columns = new int[64];
    private double[] values = new double[64];
    private int size;

    Entries(SparseRows rows, CountingRule rule) {
        this.rows = rows;
        this.rule = rule;
    }

    /** Reads row {@code row}. */
    Entries read(int row) {
        size = 0;
        int length = rows.length(row);
        if (length > columns.length) {
            columns = Arrays.copyOf(columns, length);
            values = Arrays.copyOf(values, length);
        }
        for (long position = rows.start(row); position < rows.end(row); position++) {
            float entry = rule.entry(rows.value(position));
            if (entry != 0) {
                columns[size] = rows.index(position);
                values[size++] = entry;
            }
        }
        return this;
    }

    int size() {
        return size;
    }

    int column(int index) {
        return columns[index];
    }

    double value(int index) {
        return values[index];
    }
}
