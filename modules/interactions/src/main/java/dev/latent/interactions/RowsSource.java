package dev.latent.interactions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Interactions and records in memory, combined as the store would. */
final class RowsSource implements PairSource {

    private final LocalIds users = new LocalIds();
    private final LocalIds items = new LocalIds();
    private final List<List<Interaction>> rowsOfUser = new ArrayList<>();
    private final Map<String, ItemRecord> itemRecords = new HashMap<>();
    private final Map<String, UserRecord> userRecords = new HashMap<>();
    private final RepeatPolicy policy;
    private final TypeWeights weights;

    RowsSource(
            List<Interaction> rows,
            List<ItemRecord> itemRecords,
            List<UserRecord> userRecords,
            RepeatPolicy policy,
            TypeWeights weights) {
        for (Interaction row : rows) {
            int user = users.add(row.userId());
            if (user == rowsOfUser.size()) {
                rowsOfUser.add(new ArrayList<>());
            }
            rowsOfUser.get(user).add(row);
            items.add(row.itemId());
        }
        itemRecords.forEach(item -> this.itemRecords.put(item.id(), item));
        userRecords.forEach(user -> this.userRecords.put(user.id(), user));
        this.policy = policy;
        this.weights = weights;
    }

    @Override
    public int userLimit() {
        return users.size();
    }

    @Override
    public int itemLimit() {
        return items.size();
    }

    @Override
    public void forEachUser(IdConsumer consumer) throws IOException {
        forEach(users, consumer);
    }

    @Override
    public void forEachItem(IdConsumer consumer) throws IOException {
        forEach(items, consumer);
    }

    private static void forEach(LocalIds ids, IdConsumer consumer) throws IOException {
        List<byte[]> sorted = new ArrayList<>();
        for (String id : ids.ids()) {
            sorted.add(id.getBytes(StandardCharsets.UTF_8));
        }
        sorted.sort(Arrays::compareUnsigned);
        for (byte[] id : sorted) {
            consumer.accept(id, ids.find(new String(id, StandardCharsets.UTF_8)));
        }
    }

    @Override
    public void forEachHistory(PairConsumer consumer) throws IOException {
        for (int user = 0; user < rowsOfUser.size(); user++) {
            UserHistory history = UserHistory.of(rowsOfUser.get(user), policy).weighted(weights);
            EntryTable pairs = new EntryTable(history.size());
            for (int entry = 0; entry < history.size(); entry++) {
                pairs.add(
                        items.find(history.itemId(entry)), history.value(entry), history.time(entry), RepeatPolicy.SUM);
            }
            consumer.accept(user, pairs);
        }
    }

    @Override
    public Optional<ItemRecord> item(String id) {
        return Optional.ofNullable(itemRecords.get(id));
    }

    @Override
    public Optional<UserRecord> user(String id) {
        return Optional.ofNullable(userRecords.get(id));
    }
}
