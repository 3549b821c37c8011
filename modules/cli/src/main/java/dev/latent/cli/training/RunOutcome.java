package dev.latent.cli.training;

import dev.latent.cli.session.ExitCode;
import dev.latent.cli.terminal.Printable;
import dev.latent.cli.terminal.Terminal;
import dev.latent.v1.Run;
import java.time.Instant;
import java.util.Locale;

/** What became of a run: for the person who waited, and for the shell. */
final class RunOutcome {

    private RunOutcome() {}

    /** Says how the run ended, with its measures beside those of popularity. */
    static void say(Run run, Terminal terminal) {
        if (run.getState() != Run.State.STATE_SUCCEEDED) {
            String end = run.getState() == Run.State.STATE_CANCELLED ? "was cancelled" : "failed";
            String reason = run.getMessage().isEmpty() ? "" : ": " + run.getMessage();
            terminal.err().println("error: " + Printable.of("Run " + run.getId() + " " + end + reason));
            return;
        }
        String took = RunText.duration(run, Instant.EPOCH);
        terminal.err()
                .println(Printable.of(
                        run.getVersion() + " trained by " + run.getAlgorithm() + " in " + took + protocol(run)));
        if (run.getMetricsCount() > 0) {
            RunText.measures(run.getMetricsMap(), run.getBaselineMetricsMap(), heading(run))
                    .print(terminal.err(), terminal.errIsTerminal() && terminal.colorsAllowed());
        }
    }

    private static String heading(Run run) {
        return run.getAlgorithm().toUpperCase(Locale.ROOT);
    }

    private static String protocol(Run run) {
        return run.getEvaluationProtocol().isEmpty() ? "" : "; measured on " + run.getEvaluationProtocol();
    }

    static ExitCode exitCode(Run run) {
        return run.getState() == Run.State.STATE_SUCCEEDED ? ExitCode.DONE : ExitCode.ERROR;
    }
}
