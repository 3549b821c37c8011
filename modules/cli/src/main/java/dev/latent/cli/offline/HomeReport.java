package dev.latent.cli.offline;

import dev.latent.cli.session.ExitCode;
import dev.latent.cli.terminal.Json;
import dev.latent.cli.terminal.Words;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a check found.
 *
 * @param models checked
 * @param versions checked
 * @param datasets checked
 * @param problems all damage
 * @param strays entries that belong to nothing; no damage
 */
record HomeReport(int models, int versions, int datasets, List<String> problems, List<String> strays) {

    static final HomeReport NOTHING = new HomeReport(0, 0, 0, List.of(), List.of());

    HomeReport {
        problems = List.copyOf(problems);
        strays = List.copyOf(strays);
    }

    HomeReport and(HomeReport other) {
        return new HomeReport(
                models + other.models,
                versions + other.versions,
                datasets + other.datasets,
                Stream.concat(problems.stream(), other.problems.stream()).toList(),
                Stream.concat(strays.stream(), other.strays.stream()).toList());
    }

    ExitCode exitCode() {
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.CORRUPTION;
    }

    /** The outcome on one line. */
    String summary() {
        String state = problems.isEmpty() ? "intact" : "damaged in " + problems.size() + " places";
        return state + ": " + Words.count(models) + " models, " + Words.count(versions) + " versions, "
                + Words.count(datasets) + " datasets checked";
    }

    Map<String, Object> json() {
        return Json.object(
                "intact", problems.isEmpty(),
                "models", models,
                "versions", versions,
                "datasets", datasets,
                "problems", problems,
                "strays", strays);
    }
}
