package dev.latent.interactions;

import java.io.IOException;
import java.util.Optional;

/** Where a snapshot's content comes from; the same each time it is asked. */
interface PairSource {

    /** Takes an id in UTF-8 and its number in the source. */
    interface IdConsumer {
        void accept(byte[] id, int number) throws IOException;
    }

    /** Takes a user's combined and weighted values: the keys of the table are item numbers. */
    interface PairConsumer {
        void accept(int user, EntryTable pairs) throws IOException;
    }

    /** Numbers of users are below this. */
    int userLimit();

    /** Numbers of items are below this. */
    int itemLimit();

    /** Shows all users in the order of their ids' bytes. */
    void forEachUser(IdConsumer consumer) throws IOException;

    /** Shows all items in the order of their ids' bytes. */
    void forEachItem(IdConsumer consumer) throws IOException;

    /** Shows each user's pairs once, by ascending numbers. */
    void forEachHistory(PairConsumer consumer) throws IOException;

    Optional<ItemRecord> item(String id);

    Optional<UserRecord> user(String id);
}
