package dev.latent.algorithms.wals;

import dev.latent.spi.Confidence;
import dev.latent.spi.FoldIn;
import dev.latent.spi.TrainingFailedException;

/**
 * What is minimised. For implicit feedback, with S the liked pairs (Rendle, Krichene, Zhang, Koren, "Revisiting the
 * performance of iALS on item recommendation benchmarks", RecSys 2022, eq. 3 to 5; c from Hu, Koren, Volinsky,
 * "Collaborative filtering for implicit feedback datasets", ICDM 2008):
 *
 * <pre>
 *   Σ_{(u,i)∈S} c_ui (⟨w_u, h_i⟩ − 1)²  +  α0 Σ_u Σ_i ⟨w_u, h_i⟩²  +  λ ( Σ_u #_u^ν ‖w_u‖² + Σ_i #_i^ν ‖h_i‖² )
 *   #_u = |I(u)| + α0·|I|        #_i = |U(i)| + α0·|U|        c_ui = R_u·C_i·(1 + α·value)
 * </pre>
 *
 * <p>Items may be normalised, q_i being a weight of all that has to do with item i ({@link PairWeights}):
 *
 * <pre>
 *   Σ_i q_i [ Σ_{u: (u,i)∈S} c_ui (⟨w_u, h_i⟩ − 1)²  +  α0 Σ_u ⟨w_u, h_i⟩²  +  λ #_i^ν ‖h_i‖² ]  +  λ Σ_u #_u^ν ‖w_u‖²
 * </pre>
 *
 * <p>An item's own minimum is the same as without; a user's has the weights q_i in its liked pairs and in the Gramian. With
 * q_i = 1/#liked, ν = 0 and a large α0 it is a low-rank approximation of the matrix of liked pairs with columns of length 1, by
 * singular values less λ. Without factors the same normalisation makes a linear autoencoder as good as EASE though an item
 * may explain itself (its λ‖B‖² becomes λ‖D^(1/2)·B‖², D the items' counts; Steck, "Autoencoders that don't overfit towards
 * the identity", NeurIPS 2020).
 *
 * <p>For ratings (Zhou, Wilkinson, Schreiber, Pan, "Large-scale parallel collaborative filtering for the Netflix prize",
 * AAIM 2008, whose weighted λ is ν = 1) α0 is 0, S holds all pairs, and the prediction is {@code μ + b_u + b_i + ⟨w_u,
 * h_i⟩}. A bias is one more coordinate of its row, solved for beside the factors and regularised alike.
 *
 * @param explicit whether values are ratings to be predicted
 * @param unobservedWeight α0
 * @param regularization λ
 * @param exponent ν
 * @param confidence gives c from the value
 * @param minimumValue smallest value that counts as liked
 * @param pairWeights what else weighs a liked pair, and whether factors may be negative
 */
record Objective(
        boolean explicit,
        double unobservedWeight,
        double regularization,
        double exponent,
        Confidence confidence,
        double minimumValue,
        PairWeights pairWeights) {

    /** Returns the weight of ‖row‖²: λ·#^ν for a row with {@code observed} liked pairs among {@code columns}. */
    double penalty(long observed, long columns) {
        double frequency = observed + unobservedWeight * columns;
        return exponent == 1 ? regularization * frequency : regularization * StrictMath.pow(frequency, exponent);
    }

    Objective withRegularization(double value) {
        return new Objective(explicit, unobservedWeight, value, exponent, confidence, minimumValue, pairWeights);
    }

    Objective withExponent(double value) {
        return new Objective(explicit, unobservedWeight, regularization, value, confidence, minimumValue, pairWeights);
    }

    /** Returns the order of a row's system: the factors, and with ratings the bias. */
    int order(int factors) {
        return explicit ? factors + 1 : factors;
    }

    /**
     * Returns the same objective for one user against fixed items, as data for the host.
     *
     * @param meanHistory mean number of liked items of a user with any
     */
    FoldIn foldIn(double meanHistory) {
        FoldIn.Ridge ridge = new FoldIn.Ridge(
                unobservedWeight,
                regularization,
                exponent,
                confidence,
                minimumValue,
                explicit ? FoldIn.Target.VALUE : FoldIn.Target.ONE,
                explicit);
        return pairWeights.equals(PairWeights.NONE)
                ? ridge
                : new FoldIn.WeightedRidge(
                        ridge,
                        pairWeights.userExponent(),
                        meanHistory,
                        pairWeights.nonNegative(),
                        pairWeights.isNormalized(),
                        pairWeights.recencyHalfLife());
    }

    private double alpha() {
        return switch (confidence) {
            case Confidence.Linear linear -> linear.alpha();
            case Confidence.Logarithmic logarithmic -> logarithmic.alpha();
        };
    }

    /** The failure of a sweep whose numbers have left the range of float32. */
    TrainingFailedException diverged(int sweep) {
        return alpha() > 0
                ? TrainingFailedException.diverged(sweep, WalsOptions.ALPHA, alpha(), "lower")
                : TrainingFailedException.diverged(sweep, WalsOptions.REGULARIZATION, regularization, "raise");
    }

    /** The failure of a row whose system has no single solution. */
    TrainingFailedException singular(int sweep, int interactions, int factors) {
        return new TrainingFailedException(("The system of a row with %d interactions and %d factors is singular in"
                        + " sweep %d; raise '%s' (it was %s)")
                .formatted(interactions, factors, sweep, WalsOptions.REGULARIZATION, regularization));
    }
}
