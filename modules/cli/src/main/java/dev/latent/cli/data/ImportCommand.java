package dev.latent.cli.data;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.terminal.ProgressLine;
import dev.latent.client.LatentClient;
import dev.latent.v1.ImportInteractionsResponse;
import dev.latent.v1.ImportOptions;
import dev.latent.v1.ImportedFile;
import dev.latent.v1.RepeatPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports a file or a folder into a dataset. */
@Command(
        name = "import",
        description = {
            "Import interactions from a file, or from all files of a folder, into a dataset.",
            "CSV, TSV and '::' files, with a header or without, gzip too; a MovieLens folder as it is.",
            "Beside interactions.csv, items.csv and users.csv may hold what is known of items and users.",
            "Each file is taken in whole or not at all; importing it again changes nothing."
        },
        footer = {"", "Example: latent import movies ml-latest-small/"})
final class ImportCommand extends ClientCommand {

    @Parameters(
            index = "0",
            paramLabel = "DATASET",
            description = "Name of the dataset; it is created when it does not exist.")
    private String dataset = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "A file or a folder.")
    private Path path = Path.of("");

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Type of interactions whose file does not name one: rating, view, … (default: rating).")
    private String type = "";

    @Option(
            names = "--policy",
            paramLabel = "last|sum|max",
            converter = DatasetText.PolicyConverter.class,
            description = "How repeats count in a dataset that is created (default: last).")
    private RepeatPolicy policy = RepeatPolicy.REPEAT_POLICY_UNSPECIFIED;

    @Option(
            names = "--skip-bad-lines",
            description = "Take in the good lines of files that have bad ones, instead of refusing such files.")
    private boolean skipBadLines;

    @Option(
            names = "--max-problems",
            paramLabel = "N",
            description = "Describe at most N bad lines a file (default: 20).")
    private int maxProblems = 20;

    ImportCommand(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) throws IOException, InterruptedException {
        ImportSource source = ImportSource.of(path);
        ImportOptions options = ImportOptions.newBuilder()
                .setDataset(dataset)
                .setType(type)
                .setRepeatPolicy(policy)
                .setSkipBadLines(skipBadLines)
                .setMaxProblems(maxProblems)
                .build();
        ProgressLine progress = new ProgressLine(terminal());
        ImportInteractionsResponse response;
        try {
            response = new ImportStream(client.channel(), progress).send(options, source);
        } finally {
            progress.clear();
        }
        show(() -> ImportText.table(response), () -> ImportText.json(response));
        if (!isJson()) {
            response.getFilesList().forEach(this::sayProblems);
        }
        return outcome(response.getFilesList());
    }

    private void sayProblems(ImportedFile file) {
        file.getProblemsList().forEach(problem -> say(ImportText.problem(problem)));
        long more = file.getProblemCount() - file.getProblemsCount();
        if (more > 0) {
            say(file.getName() + ": and " + more + " more; --max-problems shows more of them");
        }
    }

    private ExitCode outcome(List<ImportedFile> files) {
        if (files.stream().noneMatch(file -> file.getState() == ImportedFile.State.STATE_REFUSED)) {
            return ExitCode.DONE;
        }
        say("Refused files changed nothing; correct their lines, or take in the good ones with --skip-bad-lines");
        return ExitCode.ERROR;
    }
}
