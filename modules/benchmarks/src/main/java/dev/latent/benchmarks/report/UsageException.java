package dev.latent.benchmarks.report;

/** A benchmark was asked for something that it cannot do; the message says what can be asked instead. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what was asked for, and what can be
     */
    public UsageException(String message) {
        super(message);
    }

    /**
     * Checks a count that an option gives.
     *
     * @param option its name
     * @param value as given
     * @param least smallest that makes sense
     * @throws UsageException when it is smaller
     */
    public static void checkCount(String option, int value, int least) {
        if (value < least) {
            throw new UsageException(option + " is " + value + ", expected at least " + least);
        }
    }
}
