package dev.latent.server.paging;

import dev.latent.server.errors.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Cuts lists into pages (AIP-158). A token holds the key of the last entry shown and a checksum over the request's other
 * arguments, so one that is forged, or used with other arguments, is refused. Entries added or removed between pages do
 * not shift the others. Stateless.
 *
 * @param <T> type of the entries
 * @param entries the page
 * @param nextToken where the next one starts; empty on the last
 */
public record Pages<T>(List<T> entries, String nextToken) {

    private static final int DEFAULT_SIZE = 100;
    private static final int MAX_SIZE = 1_000;

    /** Copies the entries. */
    public Pages {
        entries = List.copyOf(entries);
    }

    /**
     * Cuts a page.
     *
     * @param all every entry, in an order that does not change between calls
     * @param key gives each entry's own key, which must not change between calls
     * @param size as asked for; 0 means 100, more than 1,000 means 1,000
     * @param token as given; empty for the first page
     * @param arguments the request's other arguments, which must be the same for all pages
     * @throws ApiException INVALID_ARGUMENT for a negative size or a token that is not of this list
     */
    public static <T> Pages<T> cut(List<T> all, Function<T, String> key, int size, String token, String arguments) {
        int most = size(size, DEFAULT_SIZE, MAX_SIZE);
        int from = token.isEmpty() ? 0 : after(all, key, key(token, arguments));
        int to = Math.min(all.size(), from + most);
        String next = to < all.size() ? token(key.apply(all.get(to - 1)), arguments) : "";
        return new Pages<>(new ArrayList<>(all.subList(from, to)), next);
    }

    private static <T> int after(List<T> all, Function<T, String> key, String last) {
        for (int index = 0; index < all.size(); index++) {
            if (key.apply(all.get(index)).equals(last)) {
                return index + 1;
            }
        }
        throw ApiException.invalid("page_token", "points to an entry that is gone; list again from the first page");
    }

    /**
     * Reads a page size.
     *
     * @param asked as given
     * @param defaultSize what 0 means
     * @param most what larger ones mean
     * @throws ApiException INVALID_ARGUMENT for a negative one
     */
    public static int size(int asked, int defaultSize, int most) {
        if (asked < 0) {
            throw ApiException.invalid("page_size", "is " + asked + ", expected 0 or more");
        }
        return asked == 0 ? defaultSize : Math.min(asked, most);
    }

    /** Makes the token after an entry. */
    public static String token(String key, String arguments) {
        String checked = checksum(key, arguments) + ":" + key;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(checked.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads the key out of a token.
     *
     * @throws ApiException INVALID_ARGUMENT when it was not made by {@link #token} with the same arguments
     */
    public static String key(String token, String arguments) {
        try {
            String checked = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            int colon = checked.indexOf(':');
            String key = checked.substring(colon + 1);
            if (colon > 0 && checked.substring(0, colon).equals(checksum(key, arguments))) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw notOurs(e);
        }
        throw notOurs(null);
    }

    private static ApiException notOurs(@Nullable Throwable cause) {
        ApiException refused = ApiException.invalid(
                "page_token",
                "is not the next_page_token of a page with the same arguments; start from the first page");
        if (cause != null) {
            refused.initCause(cause);
        }
        return refused;
    }

    private static String checksum(String key, String arguments) {
        CRC32C checksum = new CRC32C();
        checksum.update((key.length() + ":" + key + arguments).getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(checksum.getValue());
    }
}
