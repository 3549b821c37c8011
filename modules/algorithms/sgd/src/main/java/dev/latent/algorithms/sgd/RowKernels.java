package dev.latent.algorithms.sgd;

import java.lang.foreign.MemorySegment;

/**
 * The arithmetic of one step on rows of a {@link RowTable}: with vectors where the JVM offers them, else scalar. The
 * choice is made once; {@code --add-modules jdk.incubator.vector} offers them.
 *
 * <p>A step is one of AdaGrad (Duchi, Hazan, Singer 2011) with a single accumulator for the factors of a row, as in LIBMF
 * (Chin et al. 2015, "A learning-rate schedule for stochastic gradient methods to matrix factorization"): the row moves by
 * {@code rate / √G} times its gradient and {@code G} then grows by the gradient's mean square.
 */
final class RowKernels {

    private static final boolean VECTORS =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && VectorRows.isFast();

    private RowKernels() {}

    /** What is in use, for the log. */
    static String name() {
        return VECTORS ? VectorRows.name() : "scalar";
    }

    /** The dot product of two rows' factors. */
    static float dot(RowTable aTable, long aRow, RowTable bTable, long bRow) {
        return VECTORS ? VectorRows.dot(aTable, aRow, bTable, bRow) : ScalarRows.dot(aTable, aRow, bTable, bRow);
    }

    /**
     * Moves a user's and an item's factors along {@code slope·q − λp} and {@code slope·p − λq}, λ being each row's own.
     *
     * @param slope minus the derivative of the loss by the score
     */
    static void pairStep(RowTable userTable, long user, RowTable itemTable, long item, float slope, float rate) {
        if (VECTORS) {
            VectorRows.pairStep(userTable, user, itemTable, item, slope, rate);
        } else {
            ScalarRows.pairStep(userTable, user, itemTable, item, slope, rate);
        }
    }

    /**
     * Moves a user's factors along {@code slope·(q⁺ − q⁻) − λp}, those of a liked item along {@code slope·p − λq⁺} and those
     * of a drawn one along {@code −slope·p − λq⁻}.
     *
     * @param slope minus the derivative of the loss by the difference of the scores
     */
    static void tripleStep(
            RowTable userTable, long user, RowTable itemTable, long liked, long drawn, float slope, float rate) {
        if (VECTORS) {
            VectorRows.tripleStep(userTable, user, itemTable, liked, drawn, slope, rate);
        } else {
            ScalarRows.tripleStep(userTable, user, itemTable, liked, drawn, slope, rate);
        }
    }

    /** Moves a row's bias along {@code slope − λ·bias}. */
    static void biasStep(RowTable table, long row, float slope, float rate) {
        MemorySegment rows = table.segment();
        float bias = rows.get(RowTable.FLOAT, row + RowTable.BIAS);
        float squares = rows.get(RowTable.FLOAT, row + RowTable.BIAS_SQUARES);
        float gradient = slope - rows.get(RowTable.FLOAT, row + RowTable.BIAS_DECAY) * bias;
        rows.set(RowTable.FLOAT, row + RowTable.BIAS, bias + step(rate, squares) * gradient);
        rows.set(RowTable.FLOAT, row + RowTable.BIAS_SQUARES, squares + gradient * gradient);
    }

    /** The length of a step after gradients whose squares came to {@code squares}. */
    static float step(float rate, float squares) {
        return rate / (float) Math.sqrt(squares);
    }
}
