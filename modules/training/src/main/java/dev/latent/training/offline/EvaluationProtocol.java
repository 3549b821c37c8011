package dev.latent.training.offline;

import dev.latent.interactions.InteractionFile.Layout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is learned from and what is measured with. */
public sealed interface EvaluationProtocol {

    /** The name of the protocol {@link Given}. */
    String GIVEN = "given";

    /**
     * Returns name and nature.
     *
     * @return what the metrics need to know
     */
    ProtocolTraits traits();

    /**
     * Returns what is known besides interactions.
     *
     * @return of items and users
     */
    FeatureFiles features();

    /**
     * Files as somebody parted them.
     *
     * @param train what to learn from
     * @param test what to measure with
     * @param foldIn what is shown of users who are not in {@code train}
     * @param negatives the candidates of each line of {@code test}
     * @param layout of the files of interactions
     * @param features of items and users; an item that has features alone is recommended by them
     */
    record Given(
            Path train,
            Path test,
            Optional<Path> foldIn,
            Optional<Path> negatives,
            Layout layout,
            FeatureFiles features)
            implements EvaluationProtocol {
        @Override
        public ProtocolTraits traits() {
            return new ProtocolTraits(GIVEN, foldIn.isPresent(), negatives.isPresent());
        }
    }

    /**
     * One file that is parted here.
     *
     * @param rule how
     * @param data what to part
     * @param layout of the file
     * @param sizes how much goes where
     * @param features of items and users; an item that has features alone is recommended by them
     */
    record Cut(Rule rule, Path data, Layout layout, Sizes sizes, FeatureFiles features) implements EvaluationProtocol {
        @Override
        public ProtocolTraits traits() {
            return rule.traits();
        }
    }

    /** How a file is parted. */
    enum Rule {
        /** All interactions at random into parts, each once the test of the others. */
        K_FOLD,
        /** A share of each user's interactions at random. */
        RANDOM,
        /** The latest share of all interactions. */
        TEMPORAL,
        /** The latest interaction of each user. */
        LEAVE_LAST_OUT,
        /** The same, ranked among a few drawn items. */
        LEAVE_LAST_OUT_SAMPLED,
        /** Some users are not trained on at all. */
        STRONG_GENERALIZATION;

        /**
         * Returns the name.
         *
         * @return as scripts have it
         */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /**
         * Returns name and nature.
         *
         * @return what the metrics need to know
         */
        public ProtocolTraits traits() {
            return new ProtocolTraits(word(), this == STRONG_GENERALIZATION, this == LEAVE_LAST_OUT_SAMPLED);
        }

        /**
         * Reads a name.
         *
         * @param word such as {@code k-fold}
         * @return the rule
         * @throws IllegalArgumentException when it is none
         */
        public static Rule parse(String word) {
            return Arrays.stream(values())
                    .filter(rule -> rule.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("Protocol '" + word + "' is not one of " + GIVEN
                            + ", " + Arrays.stream(values()).map(Rule::word).collect(Collectors.joining(", "))));
        }
    }

    /**
     * How much goes where.
     *
     * @param folds for {@link Rule#K_FOLD}
     * @param fraction for {@link Rule#RANDOM} and {@link Rule#TEMPORAL}
     * @param heldOutUsers for {@link Rule#STRONG_GENERALIZATION}; 0 for a tenth of them
     * @param negatives for {@link Rule#LEAVE_LAST_OUT_SAMPLED}
     */
    record Sizes(int folds, double fraction, int heldOutUsers, int negatives) {

        /** 5 folds, a tenth, a tenth of the users, 100 negatives. */
        public static final Sizes DEFAULTS = new Sizes(5, 0.1, 0, 100);

        /** Checks the ranges. */
        public Sizes {
            if (folds < 2 || !(fraction > 0 && fraction < 1) || heldOutUsers < 0 || negatives < 1) {
                throw new IllegalArgumentException("Evaluation needs 2 folds or more, a fraction between 0 and 1,"
                        + " no negative number of held-out users and 1 negative item or more, got " + folds + ", "
                        + fraction + ", " + heldOutUsers + ", " + negatives);
            }
        }
    }
}
