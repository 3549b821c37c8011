package dev.latent.interactions;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Opens stores for tests and makes up rows. */
final class StoreFixture {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05.000000006Z");

    private StoreFixture() {}

    static InteractionStore open(Path directory) {
        return InteractionStore.open(
                directory, new InteractionStore.Options(8 << 20, 16 << 20, Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    static Interaction rating(String user, String item, double value, long time) {
        return new Interaction(user, item, (float) value, time, "rating");
    }

    static Interaction row(String user, String item, double value, long time, String type) {
        return new Interaction(user, item, (float) value, time, type);
    }

    /** All raw interactions of a user, page by page. */
    static List<Interaction> readAll(InteractionStore store, String dataset, String user, int pageSize) {
        List<Interaction> all = new ArrayList<>();
        String token = "";
        do {
            HistoryPage page = store.read(dataset, user, pageSize, token);
            all.addAll(page.interactions());
            token = page.nextPageToken();
        } while (!token.isEmpty());
        return all;
    }

    /** What a history says, in a form that compares. */
    static List<String> describe(UserHistory history) {
        List<String> entries = new ArrayList<>();
        for (int entry = 0; entry < history.size(); entry++) {
            entries.add(history.itemId(entry) + " " + history.value(entry) + " " + history.time(entry) + " "
                    + history.type(entry));
        }
        return entries;
    }
}
