package dev.latent.models;

import java.util.List;

/**
 * What a check of versions found.
 *
 * @param models how many models were checked
 * @param versions how many versions were checked
 * @param problems all damage
 * @param strays entries that belong to nothing: ignored, and no damage
 */
public record VerifyReport(int models, int versions, List<VerifyProblem> problems, List<String> strays) {

    /** Copies the lists. */
    public VerifyReport {
        problems = List.copyOf(problems);
        strays = List.copyOf(strays);
    }

    /**
     * Tells whether all is well.
     *
     * @return true without problems
     */
    public boolean isIntact() {
        return problems.isEmpty();
    }
}
