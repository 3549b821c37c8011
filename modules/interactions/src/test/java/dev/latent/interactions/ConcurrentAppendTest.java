package dev.latent.interactions;

import static dev.latent.interactions.StoreFixture.rating;
import static dev.latent.interactions.StoreFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ConcurrentAppendTest {

    @TempDir
    Path home;

    private InteractionStore store;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void open() {
        store = StoreFixture.open(home.resolve("store"));
        store.createDataset("films", RepeatPolicy.LAST);
        store.createDataset("books", RepeatPolicy.LAST);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        store.close();
    }

    private void runAll(List<Callable<Void>> tasks) throws Exception {
        for (Future<Void> future : threads.invokeAll(tasks)) {
            future.get();
        }
    }

    @Test
    void manyThreads_sameNewIds_loseAndDuplicateNothing() throws Exception {
        int writers = 16;
        int appends = 60;
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            int me = writer;
            tasks.add(() -> {
                String dataset = me % 2 == 0 ? "films" : "books";
                for (int append = 0; append < appends; append++) {
                    store.append(
                            dataset,
                            List.of(
                                    rating("shared" + append, "item" + append, me, append),
                                    rating("own" + me, "item" + append, append, append)));
                }
                return null;
            });
        }
        runAll(tasks);
        for (String dataset : List.of("films", "books")) {
            DatasetStats stats = store.stats(dataset);
            assertThat(stats.interactions()).isEqualTo((long) writers * appends);
            assertThat(stats.users()).isEqualTo(appends + writers / 2);
            assertThat(stats.items()).isEqualTo(appends);
            assertThat(store.verify(dataset)).isEmpty();
        }
        for (int writer = 0; writer < writers; writer++) {
            List<Interaction> own = readAll(store, writer % 2 == 0 ? "films" : "books", "own" + writer, 1_000);
            assertThat(own).extracting(Interaction::time).isSorted().hasSize(appends);
        }
    }

    @Test
    void deletesBesideAppends_leaveNoOrphans() throws Exception {
        Map<Integer, Boolean> done = new ConcurrentHashMap<>();
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            int me = writer;
            tasks.add(() -> {
                for (int append = 0; append < 150; append++) {
                    store.append(
                            "films", List.of(rating("ann", "i" + me, 1, append), rating("bob", "i" + me, 1, append)));
                }
                done.put(me, true);
                return null;
            });
        }
        tasks.add(() -> {
            for (int delete = 0; done.size() < 4 && delete < 100_000; delete++) {
                store.deleteUser("films", "ann");
                store.history("films", "ann");
            }
            store.deleteUser("films", "ann");
            return null;
        });
        runAll(tasks);
        assertThat(store.history("films", "ann").isEmpty()).isTrue();
        assertThat(store.stats("films").interactions()).isEqualTo(600);
        assertThat(store.verify("films")).isEmpty();
    }

    @Test
    void importBesideAppendsAndDeletes_sharesNumbers() throws Exception {
        StringBuilder csv = new StringBuilder("user_id,item_id,rating,timestamp\n");
        for (int row = 0; row < 60_000; row++) {
            csv.append("u")
                    .append(row % 6_000)
                    .append(",i")
                    .append(row % 701)
                    .append(",1,")
                    .append(row)
                    .append('\n');
        }
        Path file = home.resolve("big.csv");
        Files.writeString(file, csv, StandardCharsets.UTF_8);
        store.append("films", List.of(rating("u0", "i0", 5, 1), rating("u1", "i5", 5, 1)));
        AtomicBoolean imported = new AtomicBoolean();
        List<Callable<Void>> tasks = new ArrayList<>();
        tasks.add(() -> {
            ImportLimits limits = new ImportLimits(1L << 30, 200, 4_096, 5_000);
            try {
                ImportResult result =
                        store.importPath("films", file, ImportOptions.defaults().withLimits(limits));
                assertThat(result.problems()).isEmpty();
                assertThat(result.state()).isEqualTo(ImportResult.State.IMPORTED);
            } finally {
                imported.set(true);
            }
            return null;
        });
        List<Integer> appended = new ArrayList<>();
        tasks.add(() -> {
            for (int append = 0; !imported.get() || append < 50; append++) {
                store.append(
                        "films",
                        List.of(
                                rating("u" + append * 7 % 6_000, "i" + append % 900, 2, 0),
                                rating("w" + append, "i1", 1, 0)));
                appended.add(append);
            }
            return null;
        });
        tasks.add(() -> {
            while (!imported.get()) {
                store.deleteUser("films", "w3");
                store.stats("films");
            }
            store.deleteUser("films", "w3");
            return null;
        });
        runAll(tasks);
        assertThat(store.verify("films")).isEmpty();
        long deleted = store.history("films", "w3").isEmpty() ? 1 : 0;
        assertThat(store.stats("films").interactions()).isEqualTo(2 + 60_000 + appended.size() * 2L - deleted);
        assertThat(store.stats("films").users()).isEqualTo(6_000 + appended.size() - deleted);
        store.close();
        store = StoreFixture.open(home.resolve("store"));
        assertThat(store.verify("films")).isEmpty();
        assertThat(store.history("films", "u17").size()).isGreaterThanOrEqualTo(10);
    }

    @Test
    void deleteDataset_besideReadersAndWriters_endsThemCleanly() throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int worker = 0; worker < 4; worker++) {
            tasks.add(() -> {
                assertThatThrownBy(() -> {
                            while (true) {
                                store.append("films", List.of(rating("ann", "alien", 1, 1)));
                                store.history("films", "ann");
                            }
                        })
                        .isInstanceOf(DatasetNotFoundException.class);
                return null;
            });
        }
        tasks.add(() -> {
            Thread.sleep(150);
            assertThat(store.deleteDataset("films")).isTrue();
            return null;
        });
        runAll(tasks);
        assertThat(store.datasets()).extracting(Dataset::name).containsExactly("books");
    }

    @Test
    void close_besideWriters_losesNothingAcknowledged() throws Exception {
        Map<Integer, Integer> acknowledged = new ConcurrentHashMap<>();
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int worker = 0; worker < 4; worker++) {
            int me = worker;
            tasks.add(() -> {
                assertThatThrownBy(() -> {
                            for (int append = 1; ; append++) {
                                store.append("films", List.of(rating("u" + me, "alien", append, append)));
                                acknowledged.put(me, append);
                            }
                        })
                        .isInstanceOf(DatasetNotFoundException.class);
                return null;
            });
        }
        tasks.add(() -> {
            Thread.sleep(150);
            store.close();
            return null;
        });
        runAll(tasks);
        store = StoreFixture.open(home.resolve("store"));
        acknowledged.forEach((worker, append) ->
                assertThat(readAll(store, "films", "u" + worker, 1_000)).hasSize(append));
        assertThat(acknowledged).hasSize(4);
        assertThat(store.verify("films")).isEmpty();
    }
}
