package dev.latent.algorithms.sgd;

/**
 * The arithmetic of one step on rows of a {@link RowTable}: with vectors where the JVM offers them, else scalar. The
 * choice is made once; {@code --add-modules jdk.incubator.vector} offers them.
 *
 * <p>A step is one of AdaGrad (Duchi, Hazan, Singer 2011) with a single accumulator for the factors of a row, as in LIBMF
 * (Chin et al. 2015, "A learning-rate schedule for stochastic gradient methods to matrix factorization"): the row moves by
 * {@code rate / √G} times its gradient and {@code G} then grows by the gradient's mean square. {@code 1/√G} is carried
 * beside {@code G} by one step of Newton's iteration a change, which spares the divider.
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
    static float dot(RowTable aTable, int aRow, RowTable bTable, int bRow) {
        return VECTORS ? VectorRows.dot(aTable, aRow, bTable, bRow) : ScalarRows.dot(aTable, aRow, bTable, bRow);
    }

    /**
     * Makes a step of the squared loss for each rating of a block.
     *
     * @return the sum of ½·error², each error as it was before its step
     */
    static double descendSquared(RowTable users, RowTable items, Ratings ratings, RatingScale scale, float rate) {
        return VECTORS && !users.hasPriors() && !items.hasPriors()
                ? VectorSquared.descend(users, items, ratings, scale, rate)
                : descendStepwise(users, items, ratings, scale, rate);
    }

    /** The same by single steps, which know of priors. */
    static double descendStepwise(RowTable users, RowTable items, Ratings ratings, RatingScale scale, float rate) {
        float inverse = 1 / scale.deviation();
        double loss = 0;
        for (int at = ratings.from(); at < ratings.to(); at++) {
            int user = ratings.users()[at];
            int item = ratings.items()[at];
            float score = users.bias(user) + items.bias(item) + dot(users, user, items, item);
            float rating = (ratings.values()[at] - scale.mean()) * inverse;
            float slope = Losses.squaredSlope(rating, score);
            loss += Losses.squared(rating, score);
            biasStep(users, user, slope, rate);
            biasStep(items, item, slope, rate);
            pairStep(users, user, items, item, slope, rate);
        }
        return loss;
    }

    /**
     * Moves a user's and an item's factors along {@code slope·q − λp} and {@code slope·p − λq}, λ being each row's own and
     * the vector after it counted from the row's prior.
     *
     * @param slope minus the derivative of the loss by the score
     */
    static void pairStep(RowTable userTable, int user, RowTable itemTable, int item, float slope, float rate) {
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
            RowTable userTable, int user, RowTable itemTable, int liked, int drawn, float slope, float rate) {
        if (VECTORS) {
            VectorRows.tripleStep(userTable, user, itemTable, liked, drawn, slope, rate);
        } else {
            ScalarRows.tripleStep(userTable, user, itemTable, liked, drawn, slope, rate);
        }
    }

    /**
     * Moves a user's factors alone along {@code likedSlope·q⁺ + drawnSlope·q⁻ − λp}.
     *
     * @param likedSlope minus the derivative of the loss by the score of the liked item
     * @param drawnSlope the same of the drawn one; 0 when there is none, {@code drawn} then being any item
     */
    static void userStep(
            RowTable userTable,
            int user,
            RowTable itemTable,
            int liked,
            float likedSlope,
            int drawn,
            float drawnSlope,
            float rate) {
        if (VECTORS) {
            VectorRows.userStep(userTable, user, itemTable, liked, likedSlope, drawn, drawnSlope, rate);
        } else {
            ScalarRows.userStep(userTable, user, itemTable, liked, likedSlope, drawn, drawnSlope, rate);
        }
    }

    /** Moves a row's bias along {@code slope − λ·bias}, the bias counted from its prior. */
    static void biasStep(RowTable table, int row, float slope, float rate) {
        float[] state = table.state();
        int start = row * RowTable.STATE;
        float bias = state[start + RowTable.BIAS];
        float gradient = slope - state[start + RowTable.BIAS_DECAY] * (bias - table.biasPrior(row));
        state[start + RowTable.BIAS] = bias + rate * state[start + RowTable.BIAS_ROOT] * gradient;
        float old = state[start + RowTable.BIAS_SQUARES];
        float squares = old + gradient * gradient;
        state[start + RowTable.BIAS_SQUARES] = squares;
        state[start + RowTable.BIAS_ROOT] = root(old, squares, state[start + RowTable.BIAS_ROOT]);
    }

    /** Adds the squares of a row's gradient to its sum. */
    static void grow(RowTable table, int row, float gradientSquares) {
        float[] state = table.state();
        int start = row * RowTable.STATE;
        float old = state[start + RowTable.SQUARES];
        float squares = old + gradientSquares * table.share();
        state[start + RowTable.SQUARES] = squares;
        state[start + RowTable.ROOT] = root(old, squares, state[start + RowTable.ROOT]);
    }

    /** 1/√squares from 1/√old: Newton's iteration where it converges fast, anew where the sum has grown by half. */
    static float root(float old, float squares, float oldRoot) {
        return squares > 1.5f * old
                ? (float) (1 / Math.sqrt(squares))
                : oldRoot * (1.5f - 0.5f * squares * oldRoot * oldRoot);
    }
}
