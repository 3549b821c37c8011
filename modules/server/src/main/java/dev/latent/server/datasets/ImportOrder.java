package dev.latent.server.datasets;

import dev.latent.interactions.ImportOptions;
import dev.latent.interactions.InvalidValueException;
import dev.latent.interactions.RepeatPolicy;
import dev.latent.server.errors.FieldChecks;
import java.util.Optional;

/**
 * What an import goes into, and how.
 *
 * @param dataset its name
 * @param policy as asked for; empty to take the dataset's, or the default for one that is created
 * @param options how files are read
 */
record ImportOrder(String dataset, Optional<RepeatPolicy> policy, ImportOptions options) {

    private static final int MAX_PROBLEMS = 1_000;
    private static final int DEFAULT_PROBLEMS = 100;

    static ImportOrder of(dev.latent.v1.ImportOptions message) {
        FieldChecks checks = new FieldChecks()
                .name("options.dataset", message.getDataset())
                .notNegative("options.max_problems", message.getMaxProblems())
                .require(
                        message.getMaxProblems() <= MAX_PROBLEMS,
                        "options.max_problems",
                        "is " + message.getMaxProblems() + ", expected at most " + MAX_PROBLEMS);
        checks.check();
        Optional<RepeatPolicy> policy =
                message.getRepeatPolicy() == dev.latent.v1.RepeatPolicy.REPEAT_POLICY_UNSPECIFIED
                        ? Optional.empty()
                        : Optional.of(DatasetMessages.policy("options.repeat_policy", message.getRepeatPolicy()));
        return new ImportOrder(message.getDataset(), policy, options(message, checks));
    }

    private static ImportOptions options(dev.latent.v1.ImportOptions message, FieldChecks checks) {
        ImportOptions defaults = ImportOptions.defaults();
        try {
            return new ImportOptions(
                    message.getType().isEmpty() ? defaults.type() : message.getType(),
                    defaults.defaultValue(),
                    message.getSkipBadLines(),
                    message.getMaxProblems() == 0 ? DEFAULT_PROBLEMS : message.getMaxProblems(),
                    defaults.limits());
        } catch (InvalidValueException e) {
            checks.require(false, "options." + e.field(), e.reason()).check();
            throw e;
        }
    }
}
