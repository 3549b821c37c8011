package dev.latent.cli.models;

import dev.latent.cli.session.CommandException;
import dev.latent.cli.session.ExitCode;
import dev.latent.v1.VersionImportFile.Content;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The files of an export, one by one. */
final class ExportFileOptions {

    @Option(
            names = "--user-factors",
            paramLabel = "FILE",
            description = "Vectors of users; its ending tells the format.")
    private @Nullable Path userFactors;

    @Option(names = "--user-ids", paramLabel = "FILE", description = "Ids of users; .npy only.")
    private @Nullable Path userIds;

    @Option(names = "--item-factors", paramLabel = "FILE", description = "Vectors of items.")
    private @Nullable Path itemFactors;

    @Option(names = "--item-ids", paramLabel = "FILE", description = "Ids of items; .npy only.")
    private @Nullable Path itemIds;

    @Option(names = "--user-biases", paramLabel = "FILE", description = "Biases of users; .npy only.")
    private @Nullable Path userBiases;

    @Option(names = "--item-biases", paramLabel = "FILE", description = "Biases of items; .npy only.")
    private @Nullable Path itemBiases;

    /** The files given; none, or at least those of vectors. */
    Map<Content, Path> given() {
        Map<Content, Path> files = new LinkedHashMap<>();
        put(files, Content.CONTENT_USER_FACTORS, userFactors);
        put(files, Content.CONTENT_USER_IDS, userIds);
        put(files, Content.CONTENT_USER_BIASES, userBiases);
        put(files, Content.CONTENT_ITEM_FACTORS, itemFactors);
        put(files, Content.CONTENT_ITEM_IDS, itemIds);
        put(files, Content.CONTENT_ITEM_BIASES, itemBiases);
        if (!files.isEmpty() && (userFactors == null || itemFactors == null)) {
            throw new CommandException(
                    ExitCode.USAGE, "--user-factors and --item-factors go together; give both, or one FILE.npz");
        }
        return files;
    }

    private static void put(Map<Content, Path> files, Content content, @Nullable Path file) {
        if (file != null) {
            files.put(content, file);
        }
    }
}
