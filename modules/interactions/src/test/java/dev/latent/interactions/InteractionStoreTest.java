package dev.latent.interactions;

import static dev.latent.interactions.StoreFixture.describe;
import static dev.latent.interactions.StoreFixture.rating;
import static dev.latent.interactions.StoreFixture.readAll;
import static dev.latent.interactions.StoreFixture.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InteractionStoreTest {

    @TempDir
    Path home;

    private InteractionStore store;

    @BeforeEach
    void open() {
        store = StoreFixture.open(home);
        store.createDataset("films", RepeatPolicy.LAST);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        store = StoreFixture.open(home);
    }

    @Test
    void append_reopened_isThere() {
        List<Interaction> rows = List.of(
                rating("ann", "alien", 4.5, 100), row("ann", "brazil", 1, 0, "view"), rating("bob", "alien", 2, 99));
        store.append("films", rows);
        reopen();
        assertThat(readAll(store, "films", "ann", 10)).containsExactly(rows.get(0), rows.get(1));
        assertThat(readAll(store, "films", "bob", 10)).containsExactly(rows.get(2));
        assertThat(store.stats("films"))
                .isEqualTo(new DatasetStats(2, 2, 0, 0, 3, new java.util.TreeMap<>(Map.of("rating", 2L, "view", 1L))));
        assertThat(store.verify("films")).isEmpty();
    }

    @Test
    void append_empty_changesNothing() {
        store.append("films", List.of());
        assertThat(store.stats("films").interactions()).isZero();
    }

    @Test
    void append_unknownDataset_isNotFound() {
        assertThatThrownBy(() -> store.append("books", List.of(rating("a", "b", 1, 1))))
                .isInstanceOf(DatasetNotFoundException.class)
                .hasMessageContaining("books");
    }

    @Test
    void append_tooMany_isRefused() {
        List<Interaction> rows = java.util.Collections.nCopies(InteractionStore.MAX_APPEND + 1, rating("a", "b", 1, 1));
        assertThatThrownBy(() -> store.append("films", rows)).isInstanceOf(InvalidValueException.class);
        assertThat(store.stats("films").interactions()).isZero();
    }

    @Test
    void append_oneTypeTooMany_refusesThatAppendOnly() {
        List<Interaction> rows = new ArrayList<>();
        for (int type = 0; type < 1024; type++) {
            rows.add(row("ann", "alien", 1, type, "t" + type));
        }
        store.append("films", rows);
        assertThatThrownBy(() -> store.append(
                        "films", List.of(row("new", "alien", 1, 1, "t0"), row("ann", "alien", 1, 1, "onemore"))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("onemore");
        store.append("films", List.of(row("ann", "alien", 1, 1, "t5")));
        assertThat(store.history("films", "new").isEmpty()).isTrue();
        assertThat(store.stats("films").users()).isEqualTo(1);
        assertThat(store.verify("films")).isEmpty();
    }

    @Test
    void history_last_takesLatestThenLastArrived() {
        store.append("films", List.of(rating("ann", "alien", 1, 200), rating("ann", "brazil", 1, 50)));
        store.append("films", List.of(rating("ann", "alien", 2, 100), rating("ann", "brazil", 3, 50)));
        store.append("films", List.of(row("ann", "alien", 7, 0, "view")));
        assertThat(describe(store.history("films", "ann")))
                .containsExactly("alien 1.0 200 rating", "brazil 3.0 50 rating", "alien 7.0 0 view");
    }

    @Test
    void history_sum_addsAndKeepsLatestTime() {
        store.createDataset("plays", RepeatPolicy.SUM);
        store.append("plays", List.of(row("ann", "x", 2, 5, "play"), row("ann", "x", 3, 3, "play")));
        assertThat(describe(store.history("plays", "ann"))).containsExactly("x 5.0 5 play");
    }

    @Test
    void history_max_takesGreatest() {
        store.createDataset("plays", RepeatPolicy.MAX);
        store.append("plays", List.of(row("ann", "x", -2, 5, "play"), row("ann", "x", -3, 7, "play")));
        assertThat(describe(store.history("plays", "ann"))).containsExactly("x -2.0 7 play");
    }

    @Test
    void history_ofGivenRows_isTheStores() {
        List<Interaction> rows = List.of(
                rating("a", "x", 1, 9), rating("a", "y", 2, 1), rating("a", "x", 3, 2), row("a", "x", 1, 2, "b"));
        store.append("films", rows);
        assertThat(describe(UserHistory.of(rows, RepeatPolicy.LAST))).isEqualTo(describe(store.history("films", "a")));
    }

    @Test
    void weighted_types_sumsPerItem() {
        store.append(
                "films",
                List.of(
                        rating("ann", "alien", 4, 10),
                        row("ann", "alien", 2, 20, "view"),
                        row("ann", "brazil", 1, 5, "hate"),
                        row("ann", "cube", 1, 6, "view")));
        UserHistory weighted =
                store.history("films", "ann").weighted(TypeWeights.of(Map.of("rating", 1f, "view", 0.5f)));
        assertThat(describe(weighted)).containsExactly("alien 5.0 20 ", "cube 0.5 6 ");
        assertThat(store.history("films", "ann").weighted(TypeWeights.ALL).size())
                .isEqualTo(3);
    }

    @Test
    void history_unknownUser_isEmpty() {
        assertThat(store.history("films", "nobody").isEmpty()).isTrue();
        assertThat(store.read("films", "nobody", 5, "")).isEqualTo(new HistoryPage(List.of(), ""));
    }

    @Test
    void read_pages_showAllOnceInOrder() {
        List<Interaction> rows = heavyRows("ann", 5_000);
        for (int from = 0; from < rows.size(); from += 700) {
            store.append("films", rows.subList(from, Math.min(rows.size(), from + 700)));
        }
        for (int pageSize : new int[] {1_000, 2_048, 4_096, 10_001, 37}) {
            assertThat(readAll(store, "films", "ann", pageSize)).isEqualTo(rows);
        }
        assertThat(store.read("films", "ann", 0, "").interactions()).hasSize(100);
    }

    @Test
    void read_foreignToken_isRefused() {
        store.append("films", heavyRows("ann", 10));
        store.append("films", heavyRows("bob", 10));
        String token = store.read("films", "ann", 3, "").nextPageToken();
        assertThat(store.read("films", "ann", 3, token).interactions()).hasSize(3);
        for (String bad : List.of("x", "%%", "AAAAAAAAAAAAAAAAAAAAAA", token.substring(1))) {
            assertThatThrownBy(() -> store.read("films", "ann", 3, bad))
                    .isInstanceOfSatisfying(
                            InvalidValueException.class,
                            e -> assertThat(e.field()).isEqualTo("page_token"));
        }
        assertThatThrownBy(() -> store.read("films", "bob", 3, token)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> store.read("films", "bob", -1, "")).isInstanceOf(InvalidValueException.class);
    }

    private static List<Interaction> heavyRows(String user, int count) {
        List<Interaction> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            rows.add(rating(user, "i" + row % 900, row, row));
        }
        return rows;
    }

    @Test
    void heavyUser_chunksGoOnAfterReopening() {
        List<Interaction> rows = heavyRows("ann", 6_145);
        store.append("films", rows.subList(0, 2_047));
        reopen();
        store.append("films", rows.subList(2_047, 2_048));
        reopen();
        store.append("films", rows.subList(2_048, 6_144));
        reopen();
        store.append("films", rows.subList(6_144, 6_145));
        assertThat(readAll(store, "films", "ann", 5_000)).isEqualTo(rows);
        assertThat(store.history("films", "ann").size()).isEqualTo(900);
        assertThat(store.verify("films")).isEmpty();
        int chunks = store.in("films", family -> {
            int count = 0;
            while (family.chunk(0, count) != null) {
                count++;
            }
            return count;
        });
        assertThat(chunks).isEqualTo(4);
    }

    @Test
    void hotUser_appendedOneByOne_keepsEveryRowInOrder() {
        List<Interaction> rows = heavyRows("ann", 400);
        for (int from = 0; from < rows.size(); from++) {
            if (from == 250) {
                reopen();
            }
            store.append("films", rows.subList(from, from + 1));
        }
        assertThat(readAll(store, "films", "ann", 1_000)).isEqualTo(rows);
        reopen();
        assertThat(readAll(store, "films", "ann", 1_000)).isEqualTo(rows);
        assertThat(store.verify("films")).isEmpty();
    }

    @Test
    void deleteUser_known_leavesNothing() {
        store.append("films", heavyRows("ann", 5_000));
        store.append("films", heavyRows("bob", 5));
        assertThat(store.deleteUser("films", "ann")).isTrue();
        assertThat(store.deleteUser("films", "ann")).isFalse();
        assertThat(store.deleteUser("films", "nobody")).isFalse();
        reopen();
        assertThat(store.history("films", "ann").isEmpty()).isTrue();
        assertThat(store.stats("films").users()).isEqualTo(1);
        assertThat(store.stats("films").interactions()).isEqualTo(5);
        assertThat(store.verify("films")).isEmpty();
        store.append("films", List.of(rating("ann", "alien", 3, 1)));
        assertThat(describe(store.history("films", "ann"))).containsExactly("alien 3.0 1 rating");
        assertThat(store.verify("films")).isEmpty();
    }

    @Test
    void deleteUser_highestNumber_isNotGivenAgain() {
        store.append("films", List.of(rating("ann", "alien", 3, 1)));
        String token = store.read("films", "ann", 1, "").nextPageToken();
        assertThat(token).isEmpty();
        int first = store.in("films", family -> family.findUser("ann"));
        store.deleteUser("films", "ann");
        reopen();
        store.append("films", List.of(rating("bob", "alien", 3, 1)));
        assertThat(store.<Integer>in("films", family -> family.findUser("bob"))).isGreaterThan(first);
    }

    @Test
    void createDataset_twice_isRefused() {
        assertThatThrownBy(() -> store.createDataset("films", RepeatPolicy.SUM))
                .isInstanceOf(DatasetExistsException.class)
                .hasMessageContaining("LAST");
        assertThatThrownBy(() -> store.createDataset("Films", RepeatPolicy.SUM))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> store.createDataset("../films", RepeatPolicy.SUM))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void datasets_reopened_keepNamePolicyAndTime() {
        store.createDataset("a-1", RepeatPolicy.SUM);
        reopen();
        assertThat(store.datasets())
                .containsExactly(
                        new Dataset("a-1", RepeatPolicy.SUM, StoreFixture.NOW),
                        new Dataset("films", RepeatPolicy.LAST, StoreFixture.NOW));
        assertThat(store.findDataset("a-1")).isPresent();
        assertThat(store.findDataset("b")).isEmpty();
    }

    @Test
    void deleteDataset_recreated_startsEmpty() {
        store.append("films", List.of(rating("ann", "alien", 3, 1)));
        store.putItems("films", List.of(ItemRecord.of("alien", "Alien")));
        assertThat(store.deleteDataset("films")).isTrue();
        assertThat(store.deleteDataset("films")).isFalse();
        assertThatThrownBy(() -> store.history("films", "ann")).isInstanceOf(DatasetNotFoundException.class);
        store.createDataset("films", RepeatPolicy.MAX);
        reopen();
        assertThat(store.history("films", "ann").isEmpty()).isTrue();
        assertThat(store.findItem("films", "alien")).isEmpty();
        assertThat(store.stats("films").interactions()).isZero();
    }

    @Test
    void items_replacedAndReopened_areTheLast() {
        ItemRecord full = new ItemRecord(
                "alien", "Alien (1979) – 異星人 👽", List.of("Horror", "Sci-Fi"), Map.of("year", "1979"), false);
        store.putItems("films", List.of(ItemRecord.of("alien", "old"), ItemRecord.of("brazil", "Brazil", "Satire")));
        store.putItems("films", List.of(full));
        reopen();
        assertThat(store.findItem("films", "alien")).contains(full);
        assertThat(store.findItem("films", "cube")).isEmpty();
        assertThat(store.items("films", List.of("brazil", "cube", "alien")).keySet())
                .containsExactly("brazil", "alien");
        List<String> all = new ArrayList<>();
        store.forEachItem("films", item -> all.add(item.id()));
        assertThat(all).containsExactly("alien", "brazil");
        assertThat(store.stats("films").itemRecords()).isEqualTo(2);
        assertThat(store.verify("films")).isEmpty();
    }

    @Test
    void users_replacedAndReopened_areTheLast() {
        UserRecord full = new UserRecord("ann", List.of("Fan", "Critic"), Map.of("country", "Łódź", "age", "25-34"));
        UserRecord bare = new UserRecord("ann", List.of(), Map.of());
        store.putUsers("films", List.of(bare, user("bob", "Critic"), user("bob", "Fan")));
        store.putUsers("films", List.of(full));
        reopen();
        assertThat(store.findUser("films", "ann")).contains(full);
        assertThat(store.findUser("films", "bob")).contains(user("bob", "Fan"));
        assertThat(store.findUser("films", "cid")).isEmpty();
        assertThat(store.users("films", List.of("bob", "cid", "ann")).keySet()).containsExactly("bob", "ann");
        assertThat(full.features()).containsExactly("Critic", "Fan", "age=25-34", "country=Łódź");
        List<String> all = new ArrayList<>();
        store.forEachUser("films", user -> all.add(user.id()));
        assertThat(all).containsExactly("ann", "bob");
        assertThat(store.stats("films").userRecords()).isEqualTo(2);
        assertThat(store.stats("films").users()).isZero();
        assertThat(store.verify("films")).isEmpty();
    }

    @Test
    void deleteUser_withARecord_forgetsItToo() {
        store.putUsers("films", List.of(user("ann", "Fan"), user("bob", "Fan"), user("cid", "Fan")));
        store.append("films", List.of(rating("ann", "alien", 1, 1)));

        assertThat(store.deleteUser("films", "ann")).isTrue();
        assertThat(store.deleteUser("films", "bob")).isTrue();
        assertThat(store.deleteUser("films", "bob")).isFalse();

        assertThat(store.findUser("films", "ann")).isEmpty();
        assertThat(store.stats("films").userRecords()).isEqualTo(1);
        assertThat(store.verify("films")).isEmpty();
    }

    @Test
    void userThatIsNotAcceptable_isRefusedWithItsField() {
        assertThatThrownBy(() -> user("", "Fan")).hasMessageContaining("id");
        assertThatThrownBy(() -> user("ann", "Fan", "Fan")).hasMessageContaining("categories");
        assertThatThrownBy(() -> new UserRecord("ann", List.of(), Map.of("", "x")))
                .hasMessageContaining("attributes");
    }

    private static UserRecord user(String id, String... categories) {
        return new UserRecord(id, List.of(categories), Map.of());
    }

    @Test
    void open_twice_isRefused() {
        assertThatThrownBy(() -> StoreFixture.open(home))
                .isInstanceOf(InteractionStoreException.class)
                .hasMessageContaining("Cannot open");
    }

    @Test
    void close_thenUse_isRefused() {
        store.close();
        assertThatThrownBy(() -> store.history("films", "ann")).isInstanceOf(DatasetNotFoundException.class);
        assertThatThrownBy(() -> store.createDataset("b", RepeatPolicy.LAST))
                .isInstanceOf(InteractionStoreException.class);
    }
}
