package dev.latent.benchmarks.quality;

/** How train and test are parted and what is measured. */
enum Protocol {
    /** Mean RMSE over the five folds that the owners of the data cut. */
    OFFICIAL_FOLDS("official folds u1..u5"),
    /**
     * Mean RMSE over five folds: the fold of each row, in file order, is {@code default_rng(42).permutation(n) % 5} of NumPy.
     */
    SEEDED_FOLDS("five seeded folds"),
    /**
     * Each user's latest interaction is held out, one drawn by the seed among equal and unknown times; all items of the
     * catalogue that the user has not had are ranked.
     */
    LEAVE_LAST_OUT("leave-last-out, full catalogue"),
    /** All interactions of a tenth of the items are held out; these items alone are ranked, by their features. */
    COLD_ITEMS("cold items: a tenth of the items without interactions");

    private final String title;

    Protocol(String title) {
        this.title = title;
    }

    /** Whether it measures the error of ratings; otherwise rankings. */
    boolean isRating() {
        return this == OFFICIAL_FOLDS || this == SEEDED_FOLDS;
    }

    @Override
    public String toString() {
        return title;
    }
}
