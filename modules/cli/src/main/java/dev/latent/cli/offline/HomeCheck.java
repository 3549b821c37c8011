package dev.latent.cli.offline;

import dev.latent.cli.session.CommandException;
import dev.latent.cli.session.ExitCode;
import dev.latent.interactions.CorruptInteractionsException;
import dev.latent.interactions.Dataset;
import dev.latent.interactions.InteractionStore;
import dev.latent.models.ModelStore;
import dev.latent.models.VerifyProblem;
import dev.latent.models.VerifyReport;
import dev.latent.storage.HomeLock;
import dev.latent.storage.HomeLockedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads everything that a home keeps, while no server does. */
final class HomeCheck {

    private static final String MODELS = "models";
    private static final String INTERACTIONS = "interactions";

    private final Path home;

    HomeCheck(Path home) {
        this.home = home;
    }

    /** Checks models and interactions. */
    HomeReport run() throws IOException {
        if (!Files.isDirectory(home)) {
            throw new CommandException(
                    ExitCode.USAGE, "Home " + home + " is not a folder, expected what a server was given as --home");
        }
        try (HomeLock _ = HomeLock.acquire(home)) {
            return models().and(interactions());
        } catch (HomeLockedException e) {
            throw new CommandException(
                    ExitCode.CONFLICT, e.getMessage() + "; 'latent verify' without --offline asks that server", e);
        }
    }

    private HomeReport models() {
        VerifyReport report = ModelStore.openReadOnly(home.resolve(MODELS)).verifyAll();
        return new HomeReport(
                report.models(),
                report.versions(),
                0,
                report.problems().stream().map(VerifyProblem::describe).toList(),
                report.strays());
    }

    private HomeReport interactions() {
        Path directory = home.resolve(INTERACTIONS);
        if (!Files.isDirectory(directory)) {
            return HomeReport.NOTHING;
        }
        try (InteractionStore store = InteractionStore.open(directory, InteractionStore.Options.defaults())) {
            List<Dataset> datasets = store.datasets();
            List<String> problems = datasets.stream()
                    .flatMap(dataset -> problems(store, dataset))
                    .toList();
            return new HomeReport(0, 0, datasets.size(), problems, List.of());
        } catch (CorruptInteractionsException e) {
            return new HomeReport(0, 0, 0, List.of(INTERACTIONS + ": " + e.getMessage()), List.of());
        }
    }

    private static Stream<String> problems(InteractionStore store, Dataset dataset) {
        return store.verify(dataset.name()).stream().map(problem -> "dataset " + dataset.name() + ": " + problem);
    }
}
