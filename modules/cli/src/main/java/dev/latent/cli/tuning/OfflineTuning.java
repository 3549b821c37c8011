package dev.latent.cli.tuning;

import dev.latent.cli.session.CommandException;
import dev.latent.cli.session.ComputingLog;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.terminal.Terminal;
import dev.latent.interactions.InteractionFile.Layout;
import dev.latent.interactions.InvalidValueException;
import dev.latent.plugins.AlgorithmNotFoundException;
import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.spi.InvalidHyperparametersException;
import dev.latent.spi.Snapshot;
import dev.latent.training.offline.FeatureFiles;
import dev.latent.training.offline.OfflineAlgorithms;
import dev.latent.training.offline.OfflineData;
import dev.latent.training.offline.UnusedFeatures;
import dev.latent.training.tuning.OtherSearchException;
import dev.latent.training.tuning.Tuner;
import dev.latent.training.tuning.TuningFailedException;
import dev.latent.training.tuning.TuningMetric;
import dev.latent.training.tuning.TuningReport;
import dev.latent.training.tuning.TuningRequest;
import dev.latent.training.tuning.TuningResult;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A search in this process, on a file. */
final class OfflineTuning {

    private static final String REPORT_ENDING = "\\.html?$";

    private final SearchOptions options;
    private final FeatureFiles features;
    private final Terminal terminal;

    OfflineTuning(SearchOptions options, FeatureFiles features, Terminal terminal) {
        this.options = options;
        this.features = features;
        this.terminal = terminal;
    }

    TuningResult run(Path train, Optional<Path> report, Optional<Path> journal) throws IOException {
        try {
            if (journal.isPresent() || report.isPresent()) {
                return search(train, report, journal.orElseGet(() -> beside(report.orElseThrow())));
            }
            Path scratch = Files.createTempFile("latent-tuning", ".jsonl");
            try {
                return search(train, report, scratch);
            } finally {
                Files.deleteIfExists(scratch);
            }
        } catch (InvalidHyperparametersException | AlgorithmNotFoundException | InvalidValueException e) {
            throw new CommandException(ExitCode.USAGE, message(e), e);
        } catch (TuningFailedException | OtherSearchException e) {
            throw new CommandException(ExitCode.ERROR, message(e), e);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, message(e), e);
        }
    }

    private static String message(RuntimeException thrown) {
        return String.valueOf(thrown.getMessage());
    }

    private static Path beside(Path report) {
        String name = String.valueOf(report.getFileName()).replaceFirst(REPORT_ENDING, "");
        return report.resolveSibling(name + ".jsonl");
    }

    private TuningResult search(Path train, Optional<Path> report, Path journal) throws IOException {
        ComputingLog.warningsOnly();
        TuningRequest request = new TuningRequest(
                options.fixed(),
                new TuningMetric(options.metric()),
                options.trials(),
                options.time(),
                options.seed(),
                options.threads() == 0 ? Runtime.getRuntime().availableProcessors() : options.threads());
        try (OfflineAlgorithms algorithms = OfflineAlgorithms.open(List.of());
                Arena arena = Arena.ofShared()) {
            TrialLines lines = new TrialLines(terminal, request);
            LoadedAlgorithm algorithm = algorithms.get(options.algorithm());
            Tuner tuner = new Tuner(algorithm, request, lines);
            UnusedFeatures.expected(features, algorithm, options.fixed()).forEach(lines::log);
            OfflineData.Reading reading = new OfflineData.Reading(Layout.DETECT, List.of(), features);
            Snapshot data =
                    OfflineData.read(List.of(train), reading, arena).parts().getFirst();
            TuningResult result = tuner.run(data, journal);
            lines.end();
            if (report.isPresent()) {
                Files.writeString(report.get(), TuningReport.html(result));
            }
            return result;
        }
    }
}
