package dev.latent.cli.session;

import dev.latent.client.LatentClient;
import dev.latent.v1.BatchGetItemsRequest;
import dev.latent.v1.Item;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The titles of items, for people. */
public final class Titles {

    private static final int BATCH = 10_000;

    private Titles() {}

    /**
     * Looks titles up.
     *
     * @param client open
     * @param dataset where the items are
     * @param itemIds any number, repeats too
     * @return by id, those that there are
     */
    public static Map<String, String> of(LatentClient client, String dataset, Collection<String> itemIds) {
        List<String> ids = itemIds.stream().distinct().toList();
        Map<String, String> titles = new HashMap<>();
        for (int from = 0; from < ids.size(); from += BATCH) {
            client
                    .datasets()
                    .batchGetItems(BatchGetItemsRequest.newBuilder()
                            .setDataset(dataset)
                            .addAllIds(ids.subList(from, Math.min(ids.size(), from + BATCH)))
                            .build())
                    .getItemsList()
                    .stream()
                    .forEach((Item item) -> titles.put(item.getId(), item.getTitle()));
        }
        return titles;
    }
}
