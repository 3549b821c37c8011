package dev.latent.evaluation;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.lang.foreign.Arena;
import java.util.Arrays;

/**
 * Other numbers for the users and items of a snapshot, such as those of a model that was trained on another one.
 *
 * @param users the new number of each user
 * @param items the new number of each item
 * @param userCount above every new user number
 * @param itemCount above every new item number
 */
@SuppressWarnings("ArrayRecordComponent")
public record Renumbering(int[] users, int[] items, int userCount, int itemCount) {

    /**
     * Applies the numbers.
     *
     * @param source of as many users and items as have new numbers; its features are left out
     * @param itemLimit interactions with items whose new number is not below it are left out
     * @param arena owns the memory of the result
     * @return all other interactions
     */
    public Snapshot apply(Snapshot source, int itemLimit, Arena arena) {
        int[] sourceUsers = new int[userCount];
        Arrays.fill(sourceUsers, -1);
        for (int user = 0; user < users.length; user++) {
            sourceUsers[users[user]] = user;
        }
        SparseRows byUser = RowBuilder.renumber(source.byUser(), sourceUsers, items, itemCount, itemLimit, arena);
        return new PackedSnapshot(byUser, RowBuilder.transpose(byUser, arena), source.fingerprint());
    }
}
