package dev.latent.cli.evaluating;

import dev.latent.cli.session.CommandException;
import dev.latent.cli.session.ExitCode;
import dev.latent.interactions.InteractionFile.Layout;
import dev.latent.training.offline.EvaluationProtocol;
import dev.latent.v1.EvaluationFile;
import dev.latent.v1.EvaluationOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say what is learned from and what is measured with. */
final class ProtocolOptions {

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description =
                    "How the data is parted (default: given with --train or --test, else leave-last-out; of a version"
                            + " temporal).")
    private String name = "";

    @Option(names = "--train", paramLabel = "FILE", description = "given: what to learn from.")
    private @Nullable Path train;

    @Option(names = "--test", paramLabel = "FILE", description = "given: what to measure with.")
    private @Nullable Path test;

    @Option(
            names = "--negatives",
            paramLabel = "FILE",
            description = "given: for each line of the test the user and the items among which it is ranked.")
    private @Nullable Path negatives;

    @Option(
            names = "--fold-in",
            paramLabel = "FILE",
            description = "given: what is shown of users who are not trained on; recall@K is capped then.")
    private @Nullable Path foldIn;

    @Option(names = "--data", paramLabel = "FILE", description = "The other protocols: what to part.")
    private @Nullable Path data;

    @Option(
            names = "--format",
            paramLabel = "detect|table|lists",
            converter = LayoutConverter.class,
            description = "How files are laid out (default: detect).")
    private Layout layout = Layout.DETECT;

    @Option(names = "--folds", paramLabel = "N", description = "k-fold: how many (default: 5).")
    private int folds = EvaluationProtocol.Sizes.DEFAULTS.folds();

    @Option(
            names = "--fraction",
            paramLabel = "X",
            description = "random, and temporal of files: the share to test (default: 0.1).")
    private double fraction = EvaluationProtocol.Sizes.DEFAULTS.fraction();

    @Option(
            names = "--held-out-users",
            paramLabel = "N",
            description = "strong-generalization: how many (default: a tenth of them).")
    private int heldOutUsers;

    @Option(
            names = "--sampled-negatives",
            paramLabel = "N",
            description = "leave-last-out-sampled: how many items to draw (default: 100).")
    private int sampledNegatives = EvaluationProtocol.Sizes.DEFAULTS.negatives();

    @Mixin
    private final FeatureOptions features = new FeatureOptions();

    /** Reads a layout. */
    static final class LayoutConverter implements ITypeConverter<Layout> {
        @Override
        public Layout convert(String word) {
            for (Layout value : Layout.values()) {
                if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return value;
                }
            }
            throw new TypeConversionException("'" + word + "' is not one of detect, table, lists");
        }
    }

    /** The protocol that the options describe. */
    EvaluationProtocol protocol() {
        boolean given = name.equals(EvaluationProtocol.GIVEN) || (name.isEmpty() && train != null);
        return given ? given() : cut();
    }

    private EvaluationProtocol given() {
        if (train == null || test == null || data != null) {
            throw usage("Protocol 'given' needs --train FILE and --test FILE, and takes no --data");
        }
        return new EvaluationProtocol.Given(
                train, test, Optional.ofNullable(foldIn), Optional.ofNullable(negatives), layout, features.files());
    }

    private EvaluationProtocol cut() {
        String word = name.isEmpty() ? "leave-last-out" : name;
        EvaluationProtocol.Rule rule = EvaluationProtocol.Rule.parse(word);
        if (data == null || train != null || test != null || negatives != null || foldIn != null) {
            throw usage("Protocol '" + word
                    + "' needs --data FILE, and takes no --train, --test, --fold-in and --negatives, which are"
                    + " for 'given'");
        }
        return new EvaluationProtocol.Cut(
                rule,
                data,
                layout,
                new EvaluationProtocol.Sizes(folds, fraction, heldOutUsers, sampledNegatives),
                features.files());
    }

    /** What a server is told. */
    EvaluationOptions.Builder serverOptions() {
        if (features.areGiven()) {
            throw usage("A version on a server has learnt what its dataset knew of items and users; --item-features and"
                    + " --user-features are for --algorithm NAME, without a server");
        }
        if (train != null || data != null || foldIn != null) {
            throw usage(
                    "A version on a server is measured on its dataset or by --test FILE; --train, --data and --fold-in"
                            + " are for --algorithm NAME, without a server");
        }
        EvaluationProtocol.Sizes defaults = EvaluationProtocol.Sizes.DEFAULTS;
        return EvaluationOptions.newBuilder()
                .setProtocol(name)
                .setFolds(folds == defaults.folds() && !is(EvaluationProtocol.Rule.K_FOLD) ? 0 : folds)
                .setFraction(fraction == defaults.fraction() && !is(EvaluationProtocol.Rule.RANDOM) ? 0 : fraction)
                .setHeldOutUsers(heldOutUsers)
                .setSampledNegatives(
                        sampledNegatives == defaults.negatives() && !is(EvaluationProtocol.Rule.LEAVE_LAST_OUT_SAMPLED)
                                ? 0
                                : sampledNegatives);
    }

    private boolean is(EvaluationProtocol.Rule rule) {
        return name.equals(rule.word());
    }

    /** What a server is sent. */
    Map<EvaluationFile, Path> serverFiles() {
        Map<EvaluationFile, Path> files = new LinkedHashMap<>();
        if (test != null) {
            files.put(
                    EvaluationFile.newBuilder()
                            .setContent(EvaluationFile.Content.CONTENT_TEST)
                            .setLayout(
                                    switch (layout) {
                                        case DETECT -> EvaluationFile.Layout.LAYOUT_UNSPECIFIED;
                                        case TABLE -> EvaluationFile.Layout.LAYOUT_TABLE;
                                        case LISTS -> EvaluationFile.Layout.LAYOUT_LISTS;
                                    })
                            .build(),
                    test);
        }
        if (negatives != null) {
            files.put(
                    EvaluationFile.newBuilder()
                            .setContent(EvaluationFile.Content.CONTENT_NEGATIVES)
                            .build(),
                    negatives);
        }
        return files;
    }

    private static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message);
    }
}
