package dev.latent.algorithms.sgd;

/** The loss met by the blocks of one user bin in one epoch. For one thread at a time. */
final class Tally {

    private double observed;
    private double drawn;

    void reset() {
        observed = 0;
        drawn = 0;
    }

    void add(double observedLoss, double drawnLoss) {
        observed += observedLoss;
        drawn += drawnLoss;
    }

    double observed() {
        return observed;
    }

    double drawn() {
        return drawn;
    }
}
