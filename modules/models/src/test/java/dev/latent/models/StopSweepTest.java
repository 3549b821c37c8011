package dev.latent.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.storage.FileOperations;
import dev.latent.storage.StoppingFileOperations;
import dev.latent.storage.StoppingFileOperations.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stops each change of a store before, in and after every one of its steps: the old state or the new, never neither. */
class StopSweepTest {

    @TempDir
    private Path directory;

    /** A change of a store. */
    private interface Change {
        void run(ModelStore store) throws IOException;
    }

    /** What must hold after a stop and a restart. */
    private interface Oracle {
        void check(ModelStore store, boolean answered, String stop) throws IOException;
    }

    /** Runs the change on copies of the template, stopped at each step until it ends untouched. */
    private int sweep(Path template, Mode mode, Change change, Oracle oracle) throws IOException {
        int step = 0;
        boolean stopped = true;
        while (stopped) {
            step++;
            Path root = directory.resolve(mode + "-" + step);
            ModelFixture.copy(template, root);
            // Opening an intact store takes no step, so that the count begins with the change.
            StoppingFileOperations operations = new StoppingFileOperations(step, mode);
            ModelStore store = ModelFixture.open(root, operations);
            assertThat(operations.steps()).isEmpty();
            boolean answered = true;
            try {
                change.run(store);
            } catch (UncheckedIOException expected) {
                answered = false;
            }
            stopped = operations.stopped();
            String stop = mode + " at " + operations.steps();
            if (mode == Mode.FAIL_ONCE) {
                oracle.check(store, answered, stop + ", same process");
            }
            oracle.check(ModelFixture.open(root), answered, stop);
            checkClean(root, stop);
            FileOperations.system().deleteTree(root);
        }
        return step - 1;
    }

    private static void checkClean(Path root, String stop) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            List<String> litter = walk.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(".") || name.endsWith(".tmp"))
                    .toList();
            assertThat(litter).as(stop).isEmpty();
        }
        VerifyReport report = ModelStore.openReadOnly(root).verifyAll();
        assertThat(report.problems()).as(stop).isEmpty();
        assertThat(report.strays()).as(stop).isEmpty();
    }

    private Path template(int versions, int promoted) throws IOException {
        Path template = directory.resolve("template");
        ModelFixture.create(template, versions, promoted);
        return template;
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void publish_givesTheVersionWholeOrNotAtAll(Mode mode) throws IOException {
        int steps = sweep(template(1, 1), mode, ModelFixture::publish, (store, answered, stop) -> {
            assertThat(ModelFixture.live(store)).as(stop).isEqualTo(1);
            assertThat(ModelFixture.opens(store, 1)).as(stop).isTrue();
            List<Integer> numbers =
                    store.versions("movies").stream().map(VersionInfo::number).toList();
            assertThat(numbers).as(stop).isIn(List.of(1), List.of(1, 2));
            if (answered) {
                assertThat(numbers).as(stop).contains(2);
            }
            if (numbers.contains(2)) {
                assertThat(ModelFixture.opens(store, 2)).as(stop).isTrue();
            }
        });
        // begin: 6; seven sections: 14; content: 1; manifest: 5; directory, rename, directory: 3.
        assertThat(steps).isGreaterThanOrEqualTo(29);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void promote_movesOrDoesNot(Mode mode) throws IOException {
        int steps = sweep(template(2, 1), mode, store -> ModelFixture.promote(store, 2), (store, answered, stop) -> {
            int live = ModelFixture.live(store);
            assertThat(live).as(stop).isIn(1, 2);
            if (answered) {
                assertThat(live).as(stop).isEqualTo(2);
            }
            Alias alias = store.findAlias("movies", "live").orElseThrow();
            assertThat(alias.generation()).as(stop).isEqualTo(live);
            assertThat(store.ledger("movies").entries()).as(stop).hasSize(live);
            assertThat(ModelFixture.opens(store, live)).as(stop).isTrue();
        });
        assertThat(steps).isGreaterThanOrEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void firstPromote_setsOrDoesNot(Mode mode) throws IOException {
        sweep(template(1, 0), mode, store -> ModelFixture.promote(store, 1), (store, answered, stop) -> {
            assertThat(ModelFixture.live(store)).as(stop).isIn(answered ? List.of(1) : List.of(0, 1));
        });
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void rollback_movesOrDoesNot(Mode mode) throws IOException {
        int steps = sweep(
                template(2, 2),
                mode,
                store -> store.rollback("movies", "live", "ada", "worse"),
                (store, answered, stop) -> {
                    int live = ModelFixture.live(store);
                    assertThat(live).as(stop).isIn(answered ? List.of(1) : List.of(1, 2));
                    assertThat(ModelFixture.opens(store, live)).as(stop).isTrue();
                    assertThat(store.ledger("movies").entries()).as(stop).hasSize(live == 1 ? 3 : 2);
                });
        assertThat(steps).isGreaterThanOrEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void deleteVersion_removesItWholeOrNotAtAll(Mode mode) throws IOException {
        sweep(
                template(2, 1),
                mode,
                store -> store.deleteVersion("movies", 2, "ada", "old"),
                (store, answered, stop) -> {
                    assertThat(ModelFixture.opens(store, 1)).as(stop).isTrue();
                    int count = store.versions("movies").size();
                    assertThat(count).as(stop).isIn(answered ? List.of(1) : List.of(1, 2));
                    if (count == 2) {
                        assertThat(ModelFixture.opens(store, 2)).as(stop).isTrue();
                    }
                });
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void addEvaluation_keepsItWholeOrNotAtAll(Mode mode) throws IOException {
        int steps = sweep(
                template(1, 1),
                mode,
                store -> store.addEvaluation("movies", 1, "ada", EvaluationsTest.facts("given")),
                (store, answered, stop) -> {
                    assertThat(ModelFixture.opens(store, 1)).as(stop).isTrue();
                    assertThat(store.evaluations("movies", 1).size()).as(stop).isBetween(answered ? 1 : 0, 1);
                });
        assertThat(steps).isGreaterThanOrEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void createUpdateAndDeleteModel_areWholeOrNotAtAll(Mode mode) throws IOException {
        Path template = template(1, 1);
        ModelDefinition other = ModelDefinition.of("books", "ratings", "sgd", Map.of());
        sweep(template, mode, store -> store.create(other), (store, answered, stop) -> {
            assertThat(store.names()).as(stop).isIn(List.of("movies"), List.of("books", "movies"));
            assertThat(answered && store.names().size() == 1).as(stop).isFalse();
            assertThat(store.list()).as(stop).hasSameSizeAs(store.names());
        });
        ModelDefinition changed = ModelFixture.open(template).get("movies").withFallback("none");
        sweep(template, mode, store -> store.update(changed, OptionalLong.of(1)), (store, answered, stop) -> {
            ModelDefinition stored = store.get("movies");
            assertThat(stored.revision()).as(stop).isIn(answered ? List.of(2L) : List.of(1L, 2L));
            assertThat(stored.fallback()).as(stop).isEqualTo(stored.revision() == 2 ? "none" : "popularity");
        });
        sweep(template, mode, store -> store.delete("movies"), (store, answered, stop) -> {
            assertThat(store.names())
                    .as(stop)
                    .isIn(answered ? List.of(List.of()) : List.of(List.of(), List.of("movies")));
            if (!store.names().isEmpty()) {
                assertThat(ModelFixture.opens(store, 1)).as(stop).isTrue();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void restart_canItselfBeStopped(Mode mode) throws IOException {
        Path template = template(2, 1);
        Path movies = template.resolve("movies");
        Files.createDirectories(movies.resolve("versions/.pending-9-x"));
        Files.writeString(movies.resolve("versions/.pending-9-x/a.section"), "x");
        Files.createDirectories(template.resolve(".trash-books-x"));
        Files.writeString(movies.resolve("aliases.json.tmp"), "x");
        Files.writeString(
                movies.resolve("ledger.jsonl"),
                Files.readString(movies.resolve("ledger.jsonl")) + "{\"sequence\":2,\"tim");
        Files.delete(movies.resolve("aliases.json"));
        boolean stopped = true;
        for (int step = 1; stopped; step++) {
            Path root = directory.resolve("restart-" + step);
            ModelFixture.copy(template, root);
            StoppingFileOperations operations = new StoppingFileOperations(step, mode);
            try {
                ModelFixture.open(root, operations);
            } catch (UncheckedIOException expected) {
                assertThat(operations.stopped()).isTrue();
            }
            stopped = operations.stopped();
            ModelStore store = ModelFixture.open(root);
            assertThat(ModelFixture.live(store)).isEqualTo(1);
            assertThat(ModelFixture.opens(store, 2)).isTrue();
            checkClean(root, mode + " at " + operations.steps());
        }
    }
}
