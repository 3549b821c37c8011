package dev.latent.cli.models;

import dev.latent.v1.VersionImportFile.Content;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The files of an import. */
final class EmbeddingFileOptions {

    @Option(names = "--user-factors", paramLabel = "FILE", description = "Vectors of users, one a row.")
    private @Nullable Path userFactors;

    @Option(names = "--user-ids", paramLabel = "FILE", description = "Ids of users, one for each row.")
    private @Nullable Path userIds;

    @Option(names = "--item-factors", paramLabel = "FILE", description = "Vectors of items, one a row.")
    private @Nullable Path itemFactors;

    @Option(names = "--item-ids", paramLabel = "FILE", description = "Ids of items, one for each row.")
    private @Nullable Path itemIds;

    @Option(
            names = "--from",
            paramLabel = "FILE.npz",
            description = "Arrays user_factors, item_factors, user_ids, item_ids and, where there are any, user_biases,"
                    + " item_biases, offset; what is not in it is given beside it.")
    private @Nullable Path from;

    @Option(names = "--user-biases", paramLabel = "FILE", description = "Biases of users: .npy, one for each row.")
    private @Nullable Path userBiases;

    @Option(names = "--item-biases", paramLabel = "FILE", description = "Biases of items: .npy, one for each row.")
    private @Nullable Path itemBiases;

    /** The files given, in the order of the contract. */
    Map<Content, Path> given() {
        Map<Content, Path> files = new LinkedHashMap<>();
        put(files, Content.CONTENT_ARCHIVE, from);
        put(files, Content.CONTENT_USER_FACTORS, userFactors);
        put(files, Content.CONTENT_USER_IDS, userIds);
        put(files, Content.CONTENT_USER_BIASES, userBiases);
        put(files, Content.CONTENT_ITEM_FACTORS, itemFactors);
        put(files, Content.CONTENT_ITEM_IDS, itemIds);
        put(files, Content.CONTENT_ITEM_BIASES, itemBiases);
        return files;
    }

    private static void put(Map<Content, Path> files, Content content, @Nullable Path file) {
        if (file != null) {
            files.put(content, file);
        }
    }
}
