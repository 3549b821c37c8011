package dev.latent.server.models;

import dev.latent.evaluation.Metric;
import dev.latent.interactions.InteractionFile.Layout;
import dev.latent.models.ModelStore;
import dev.latent.server.errors.FieldChecks;
import dev.latent.training.evaluations.EvaluationSpec;
import dev.latent.training.evaluations.VersionProtocol;
import dev.latent.training.offline.EvaluationProtocol;
import dev.latent.training.offline.EvaluationProtocol.Rule;
import dev.latent.training.offline.EvaluationProtocol.Sizes;
import dev.latent.v1.EvaluationOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a client asks to measure, checked.
 *
 * @param model of the version
 * @param version its number
 * @param options as given
 */
record EvaluationOrder(String model, int version, EvaluationOptions options) {

    private static final int MAX_ACTOR = 256;

    /** Checks everything that needs no files. */
    static EvaluationOrder of(EvaluationOptions options, ModelStore models, int mostThreads) {
        VersionName name = VersionName.parse(options.getName());
        FieldChecks checks = new FieldChecks()
                .require(
                        options.getProtocol().isEmpty() || protocols().contains(options.getProtocol()),
                        "options.protocol",
                        "is '" + options.getProtocol() + "', expected one of " + protocols())
                .require(
                        options.getThreads() >= 0 && options.getThreads() <= mostThreads,
                        "options.threads",
                        "is " + options.getThreads() + ", expected 0 for what is configured, at most " + mostThreads)
                .require(
                        options.getActor().length() <= MAX_ACTOR,
                        "options.actor",
                        "is longer than " + MAX_ACTOR + " characters");
        checkMetrics(options, checks);
        checkSizes(options, checks);
        checks.check();
        int number = name.resolve(models);
        models.version(name.model(), number);
        return new EvaluationOrder(name.model(), number, options);
    }

    private static List<String> protocols() {
        return Stream.concat(
                        Stream.of(EvaluationProtocol.GIVEN, VersionProtocol.TEMPORAL),
                        Arrays.stream(Rule.values())
                                .filter(rule -> rule != Rule.TEMPORAL)
                                .map(Rule::word))
                .toList();
    }

    private static void checkMetrics(EvaluationOptions options, FieldChecks checks) {
        for (String text : options.getMetricsList()) {
            try {
                Metric.parse(text.strip());
            } catch (IllegalArgumentException e) {
                checks.require(false, "options.metrics", "is refused: " + e.getMessage());
            }
        }
    }

    private static void checkSizes(EvaluationOptions options, FieldChecks checks) {
        double fraction = options.getFraction();
        checks.require(
                options.getFolds() == 0 || (options.getFolds() >= 2 && is(options, Rule.K_FOLD)),
                "options.folds",
                "is " + options.getFolds() + ", expected at least 2, for protocol k-fold only");
        checks.require(
                fraction == 0 || (fraction > 0 && fraction < 1 && is(options, Rule.RANDOM)),
                "options.fraction",
                "is " + fraction + ", expected above 0 and below 1, for protocol random only");
        checks.require(
                options.getHeldOutUsers() == 0
                        || (options.getHeldOutUsers() > 0 && is(options, Rule.STRONG_GENERALIZATION)),
                "options.held_out_users",
                "is " + options.getHeldOutUsers() + ", expected at least 1, for protocol strong-generalization only");
        checks.require(
                options.getSampledNegatives() == 0
                        || (options.getSampledNegatives() > 0 && is(options, Rule.LEAVE_LAST_OUT_SAMPLED)),
                "options.sampled_negatives",
                "is " + options.getSampledNegatives()
                        + ", expected at least 1, for protocol leave-last-out-sampled only");
    }

    private static boolean is(EvaluationOptions options, Rule rule) {
        return options.getProtocol().equals(rule.word());
    }

    /** Whether files may follow. */
    boolean takesFiles() {
        return options.getProtocol().isEmpty() || options.getProtocol().equals(EvaluationProtocol.GIVEN);
    }

    boolean needsFiles() {
        return options.getProtocol().equals(EvaluationProtocol.GIVEN);
    }

    /** What is to be done, with the files that came. */
    EvaluationSpec spec(Optional<Path> test, Optional<Path> negatives, Layout layout) {
        String name = options.getProtocol().isEmpty() ? VersionProtocol.TEMPORAL : options.getProtocol();
        return new EvaluationSpec(
                model,
                version,
                test.map(file -> VersionProtocol.given(file, negatives, layout))
                        .orElseGet(() -> VersionProtocol.of(name, sizes())),
                new ArrayList<>(options.getMetricsList()),
                !options.getSkipBaselines(),
                options.hasSeed() ? options.getSeed() : 1,
                options.getThreads(),
                options.getActor().isEmpty() ? "unknown" : options.getActor());
    }

    private Sizes sizes() {
        Sizes defaults = Sizes.DEFAULTS;
        return new Sizes(
                options.getFolds() == 0 ? defaults.folds() : options.getFolds(),
                options.getFraction() == 0 ? defaults.fraction() : options.getFraction(),
                options.getHeldOutUsers(),
                options.getSampledNegatives() == 0 ? defaults.negatives() : options.getSampledNegatives());
    }
}
