package dev.latent.training.evaluations;

import dev.latent.interactions.InteractionFile.Layout;
import dev.latent.training.offline.EvaluationProtocol;
import dev.latent.training.offline.EvaluationProtocol.Rule;
import dev.latent.training.offline.EvaluationProtocol.Sizes;
import dev.latent.training.offline.ProtocolTraits;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a version is measured with. {@code given} and {@code temporal} measure the sealed version itself, on files and on
 * what its dataset has learnt since; all others train its algorithm again, on parts of its dataset.
 *
 * @param name as scripts have it
 * @param test file of {@code given}; it and the next are gone when the evaluation is over
 * @param negatives file of candidates for each line of the test
 * @param layout of the test
 * @param sizes of the parts that are trained on
 */
public record VersionProtocol(
        String name, Optional<String> test, Optional<String> negatives, Layout layout, Sizes sizes) {

    /** On interactions of the dataset that are later than the version. */
    public static final String TEMPORAL = Rule.TEMPORAL.word();

    /** Checks that the name is a protocol and that it has its files. */
    public VersionProtocol {
        boolean given = name.equals(EvaluationProtocol.GIVEN);
        if (!given) {
            Rule.parse(name);
        }
        if (given != test.isPresent() || (!given && negatives.isPresent())) {
            throw new IllegalArgumentException("Protocol '" + name + "' of a version "
                    + (given ? "needs a test file" : "takes no files: those are for 'given'"));
        }
    }

    /**
     * Measures a version on files.
     *
     * @param test interactions it has not been trained on
     * @param negatives the candidates of each line of the test
     * @param layout of the test
     * @return the protocol
     */
    public static VersionProtocol given(Path test, Optional<Path> negatives, Layout layout) {
        return new VersionProtocol(
                EvaluationProtocol.GIVEN,
                Optional.of(test.toString()),
                negatives.map(Path::toString),
                layout,
                Sizes.DEFAULTS);
    }

    /**
     * Measures a version on what its dataset has learnt since, or its algorithm on parts of the dataset.
     *
     * @param name {@link #TEMPORAL}, or how the dataset is parted
     * @param sizes of the parts
     * @return the protocol
     * @throws IllegalArgumentException when the name is none
     */
    public static VersionProtocol of(String name, Sizes sizes) {
        return new VersionProtocol(name, Optional.empty(), Optional.empty(), Layout.DETECT, sizes);
    }

    /** Whether a sealed version is measured, not trainings of its algorithm. */
    boolean isOfVersion() {
        return test.isPresent() || name.equals(TEMPORAL);
    }

    ProtocolTraits traits() {
        return test.isPresent()
                ? new ProtocolTraits(name, false, negatives.isPresent())
                : Rule.parse(name).traits();
    }
}
