package dev.latent.cli.models;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.CommandException;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.terminal.Json;
import dev.latent.cli.terminal.ProgressLine;
import dev.latent.client.LatentClient;
import dev.latent.v1.ExportModelVersionRequest;
import dev.latent.v1.ExportModelVersionRequest.Format;
import dev.latent.v1.VersionExport;
import dev.latent.v1.VersionImportFile.Content;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Exports the embeddings of a version. */
@Command(
        name = "export",
        description = {
            "Write the embeddings of a version to files that numpy.load, pandas or gensim read.",
            "One .npz of all parts, or a file each: .npy with ids as text, .parquet, or .txt of word2vec.",
            "Importing them again gives the same bytes of vectors, biases and ids."
        },
        footer = {
            "",
            "Examples: latent versions export movies 7 movies.npz",
            "          latent versions export movies@live --user-factors U.parquet --item-factors I.parquet"
        })
final class VersionsExport extends ClientCommand {

    private static final String ARCHIVE = ".npz";

    @Parameters(
            arity = "1..3",
            paramLabel = "VERSION [FILE.npz]",
            hideParamSyntax = true,
            description =
                    "Such as movies 7, or movies@7; then the file of all parts, unless files are given one by one.")
    private List<String> words = List.of();

    @Mixin
    private final ExportFileOptions files = new ExportFileOptions();

    @Option(names = "--force", description = "Write over files that exist.")
    private boolean force;

    VersionsExport(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) throws IOException {
        List<String> rest = new ArrayList<>(words);
        Map<Content, Path> targets = files.given();
        if (targets.isEmpty()) {
            targets = Map.of(Content.CONTENT_ARCHIVE, archive(rest));
        }
        ExportModelVersionRequest request = ExportModelVersionRequest.newBuilder()
                .setName(name(rest))
                .setFormat(format(targets))
                .build();
        ProgressLine progress = new ProgressLine(terminal());
        VersionExport exported;
        try (EmbeddingDownload download = new EmbeddingDownload(targets, force, progress)) {
            exported = download.take(client.models().exportModelVersion(request));
        } finally {
            progress.clear();
        }
        tell(exported, targets);
        List<String> written = targets.values().stream().map(Path::toString).toList();
        if (isJson()) {
            showLine("", () -> json(exported, written));
        } else {
            written.forEach(this::print);
        }
        return ExitCode.DONE;
    }

    /** Takes the last word for the file. */
    private static Path archive(List<String> rest) {
        String last = rest.size() < 2 ? "" : rest.removeLast();
        if (!last.endsWith(ARCHIVE)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "No file of all parts is named, expected FILE" + ARCHIVE
                            + " after the version, or --user-factors and" + " --item-factors");
        }
        return Path.of(last);
    }

    private static String name(List<String> rest) {
        if (rest.size() > 2) {
            throw new CommandException(
                    ExitCode.USAGE, "'" + rest.getLast() + "' is one word too many: files are named by their options");
        }
        return VersionNames.of(rest.getFirst(), rest.size() == 2 ? rest.getLast() : null);
    }

    private static Format format(Map<Content, Path> targets) {
        Path first = targets.getOrDefault(Content.CONTENT_USER_FACTORS, Path.of(ARCHIVE));
        String name = first.toString();
        String ending = name.substring(Math.max(0, name.lastIndexOf('.')));
        return switch (ending) {
            case ARCHIVE -> Format.FORMAT_NPZ;
            case ".npy" -> Format.FORMAT_NPY;
            case ".parquet" -> Format.FORMAT_PARQUET;
            case ".txt", ".vec" -> Format.FORMAT_WORD2VEC;
            default ->
                throw new CommandException(
                        ExitCode.USAGE,
                        "--user-factors ends in '" + ending
                                + "', expected .npy, .parquet, .txt or .vec, which tells the" + " format");
        };
    }

    private void tell(VersionExport exported, Map<Content, Path> targets) {
        String name = exported.getVersion().getName();
        if (exported.getOffset() != 0 && !targets.containsKey(Content.CONTENT_ARCHIVE)) {
            say(name + " adds " + exported.getOffset()
                    + " to every score, which is not in the files: import with --offset " + exported.getOffset());
        }
        if (exported.getFoldsIn()) {
            say(name + " gives vectors to new users, a law that is not in the files: import with --fold-in");
        }
    }

    private static Object json(VersionExport exported, List<String> files) {
        return Json.object(
                "version", exported.getVersion().getName(),
                "files", files,
                "users", exported.getVersion().getUserCount(),
                "items", exported.getVersion().getItemCount(),
                "rank", exported.getVersion().getRank(),
                "offset", exported.getOffset());
    }
}
