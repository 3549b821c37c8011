package dev.latent.cli.models;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.CommandException;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.terminal.ProgressLine;
import dev.latent.cli.terminal.Words;
import dev.latent.client.LatentClient;
import dev.latent.v1.ImportModelVersionResponse;
import dev.latent.v1.VersionImportFile.Content;
import dev.latent.v1.VersionImportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports embeddings as a version. */
@Command(
        name = "import",
        description = {
            "Publish embeddings that were made elsewhere as a version, served like a trained one.",
            "Vectors are .npy, Parquet or word2vec text, the last two with their ids; or all parts in one .npz.",
            "Ids are text with one a line, gzip or not, or .npy, in the order of the rows."
        },
        footer = {
            "",
            "Example: latent versions import movies --user-factors U.npy --user-ids U.txt \\",
            "             --item-factors I.npy --item-ids I.txt"
        })
final class VersionsImport extends ClientCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Mixin
    private final EmbeddingFileOptions files = new EmbeddingFileOptions();

    @Option(
            names = "--dataset",
            paramLabel = "DATASET",
            description = "Creates the model on this dataset when it does not exist, and the dataset too.")
    private String dataset = "";

    @Option(
            names = "--offset",
            paramLabel = "X",
            description = "Added to every score (default: that of the .npz, or 0).")
    private @Nullable Float offset;

    @Mixin
    private final FoldInOptions foldIn = new FoldInOptions();

    VersionsImport(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) throws IOException, InterruptedException {
        Map<Content, Path> given = files.given();
        if (given.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "No files are given, expected --from FILE.npz, or --user-factors, --user-ids, --item-factors and"
                            + " --item-ids");
        }
        for (Path file : given.values()) {
            if (!Files.exists(file)) {
                throw new NoSuchFileException(file.toString());
            }
        }
        ProgressLine progress = new ProgressLine(terminal());
        ImportModelVersionResponse response;
        try {
            response = new EmbeddingUpload(client.channel(), progress).send(options(), given);
        } finally {
            progress.clear();
        }
        tell(response);
        showLine(response.getVersion().getName(), () -> json(response));
        return ExitCode.DONE;
    }

    private VersionImportOptions options() {
        VersionImportOptions.Builder options = VersionImportOptions.newBuilder()
                .setModel(model)
                .setDataset(dataset)
                .setActor(System.getProperty("user.name", ""))
                .setRequestId(UUID.randomUUID().toString());
        if (offset != null) {
            options.setOffset(offset);
        }
        foldIn.ridge().ifPresent(options::setFoldIn);
        return options.build();
    }

    private void tell(ImportModelVersionResponse response) {
        if (response.getModelCreated()) {
            say("Model " + model + " created");
        }
        if (!response.getIgnoredArraysList().isEmpty()) {
            say("Left aside: array " + String.join(", ", response.getIgnoredArraysList()));
        }
        if (response.getZeroUserCount() + response.getZeroItemCount() > 0) {
            say("All zeros: the vectors of " + Words.count(response.getZeroUserCount()) + " users and "
                    + Words.count(response.getZeroItemCount()) + " items, which are scored by bias alone");
        }
    }

    private static Object json(ImportModelVersionResponse response) {
        Map<String, Object> json = ModelText.json(response.getVersion());
        json.put("model_created", response.getModelCreated());
        json.put("zero_users", response.getZeroUserCount());
        json.put("zero_items", response.getZeroItemCount());
        json.put("ignored_arrays", List.copyOf(response.getIgnoredArraysList()));
        return json;
    }
}
