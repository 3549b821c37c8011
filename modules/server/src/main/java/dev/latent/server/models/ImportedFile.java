package dev.latent.server.models;

import dev.latent.v1.VersionImportFile.Content;
import java.nio.file.Path;

/**
 * A file of an import, received whole.
 *
 * @param content what it holds
 * @param name as the client sees it
 * @param path where it is now
 * @param sha256 of its bytes, in hexadecimal digits
 */
record ImportedFile(Content content, String name, Path path, String sha256) {

    /** The word that its settings and messages are under, for example {@code user-factors}. */
    static String word(Content content) {
        return switch (content) {
            case CONTENT_ARCHIVE -> "from";
            case CONTENT_USER_FACTORS -> "user-factors";
            case CONTENT_USER_IDS -> "user-ids";
            case CONTENT_USER_BIASES -> "user-biases";
            case CONTENT_ITEM_FACTORS -> "item-factors";
            case CONTENT_ITEM_IDS -> "item-ids";
            case CONTENT_ITEM_BIASES -> "item-biases";
            case CONTENT_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }
}
