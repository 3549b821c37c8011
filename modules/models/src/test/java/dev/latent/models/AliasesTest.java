package dev.latent.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.models.LedgerEntry.Action;
import dev.latent.storage.DurableFile;
import dev.latent.storage.ForwardingFileOperations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AliasesTest {

    private static final OptionalLong ANY = OptionalLong.empty();

    @TempDir
    private Path root;

    private ModelStore store;

    @BeforeEach
    void create() throws IOException {
        store = ModelFixture.create(root, 4, 0);
    }

    private Alias promote(int version, OptionalLong expected) {
        return store.promote("movies", "live", version, expected, "ada", "why");
    }

    private Alias rollback() {
        return store.rollback("movies", "live", "ada", "worse");
    }

    @Test
    void promote_movesAndCountsAcrossRestarts() {
        assertThat(store.findAlias("movies", "live")).isEmpty();
        promote(1, OptionalLong.of(0));
        store = ModelFixture.open(root);
        Alias alias = promote(2, OptionalLong.of(1));

        assertThat(alias).isEqualTo(new Alias("live", 2, 2, ModelFixture.CLOCK.instant()));
        store = ModelFixture.open(root);
        assertThat(store.findAlias("movies", "live")).contains(alias);
        assertThat(store.aliases("movies")).containsExactly(alias);
        assertThat(store.version("movies", 2).aliases()).containsExactly("live");
        assertThat(store.ledger("movies").damage()).isEmpty();
        assertThat(store.ledger("movies").entries())
                .containsExactly(
                        new LedgerEntry(1, ModelFixture.CLOCK.instant(), Action.PROMOTE, "live", 1, 0, 1, "ada", "why"),
                        new LedgerEntry(
                                2, ModelFixture.CLOCK.instant(), Action.PROMOTE, "live", 2, 1, 2, "ada", "why"));
    }

    @Test
    void otherGeneration_isAConflictThatChangesNothing() {
        promote(1, ANY);
        assertThatThrownBy(() -> promote(2, OptionalLong.of(0)))
                .isInstanceOfSatisfying(ConflictException.class, exception -> {
                    assertThat(exception.expected()).isZero();
                    assertThat(exception.actual()).isEqualTo(1);
                })
                .hasMessageContaining("Alias 'live' of model 'movies' is at generation 1, expected 0");
        assertThatThrownBy(() -> promote(2, OptionalLong.of(7))).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> store.rollback("movies", "live", OptionalLong.of(7), "ada", ""))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> store.removeAlias("movies", "live", OptionalLong.of(7), "ada", ""))
                .isInstanceOf(ConflictException.class);
        assertThat(ModelFixture.live(store)).isEqualTo(1);
        assertThat(store.ledger("movies").entries()).hasSize(1);
    }

    /** Gives others time to come between the comparison and the commit. */
    private static final class SlowAppends extends ForwardingFileOperations {

        @Override
        public DurableFile openForAppend(Path file) throws IOException {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            return super.openForAppend(file);
        }
    }

    @Test
    void concurrentPromotes_haveOneWinnerAGeneration() throws Exception {
        int threads = 8;
        int rounds = 10;
        promote(1, ANY);
        store = ModelFixture.open(root, new SlowAppends());
        AtomicInteger wins = new AtomicInteger();
        CyclicBarrier barrier = new CyclicBarrier(threads);
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<Void>> futures = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int version = thread % 4 + 1;
                Callable<Void> work = () -> {
                    for (int round = 1; round <= rounds; round++) {
                        barrier.await(30, TimeUnit.SECONDS);
                        try {
                            assertThat(promote(version, OptionalLong.of(round)).generation())
                                    .isEqualTo(round + 1L);
                            wins.incrementAndGet();
                        } catch (ConflictException lost) {
                            assertThat(lost.expected()).isEqualTo(round);
                            assertThat(lost.actual()).isEqualTo(round + 1L);
                        }
                    }
                    return null;
                };
                futures.add(executor.submit(work));
            }
            for (Future<Void> future : futures) {
                future.get();
            }
        }
        assertThat(wins).hasValue(rounds);
        List<LedgerEntry> entries = store.ledger("movies").entries();
        assertThat(entries)
                .extracting(LedgerEntry::generation)
                .hasSize(rounds + 1)
                .isSorted()
                .doesNotHaveDuplicates();
        for (int index = 1; index < entries.size(); index++) {
            assertThat(entries.get(index).previous())
                    .isEqualTo(entries.get(index - 1).version());
        }
        assertThat(ModelFixture.live(store)).isEqualTo(entries.getLast().version());
        assertThat(store.verifyAll().problems()).isEmpty();
    }

    @Test
    void rollback_goesFurtherBackEachTimeAndNeverForward() {
        for (int version : new int[] {1, 2, 2, 3}) {
            promote(version, ANY);
        }
        assertThat(rollback().version()).isEqualTo(2);
        assertThat(rollback().version()).isEqualTo(1);
        assertThatThrownBy(this::rollback)
                .isInstanceOf(PreconditionException.class)
                .hasMessageContaining("no earlier version that opens");
        promote(4, ANY);
        assertThat(rollback().version()).isEqualTo(1);
        assertThat(store.ledger("movies").entries().getLast())
                .returns(Action.ROLLBACK, LedgerEntry::action)
                .returns(4, LedgerEntry::previous)
                .returns(8L, LedgerEntry::generation);
    }

    @Test
    void rollback_passesOverDeletedVersions() {
        promote(1, ANY);
        promote(2, ANY);
        promote(3, ANY);
        store.deleteVersion("movies", 2, "gc", "old");
        assertThat(rollback().version()).isEqualTo(1);
        assertThat(store.ledger("movies").entries().getLast().reason())
                .isEqualTo("worse; passed over movies@2 (deleted)");
    }

    @Test
    void aliases_areIndependent() {
        promote(1, ANY);
        store.promote("movies", "canary", 2, OptionalLong.of(0), "ada", "");
        promote(3, ANY);
        assertThat(rollback().version()).isEqualTo(1);
        assertThat(store.aliases("movies")).extracting(Alias::name).containsExactly("canary", "live");
        assertThat(store.findAlias("movies", "canary").orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void removedAlias_isGoneAndGoesOnCounting() {
        promote(1, ANY);
        promote(2, ANY);
        store.removeAlias("movies", "live", ANY, "ada", "end");
        store = ModelFixture.open(root);
        assertThat(store.findAlias("movies", "live")).isEmpty();
        assertThat(store.aliases("movies")).isEmpty();
        assertThatThrownBy(this::rollback).isInstanceOf(NotFoundException.class).hasMessageContaining("movies/live");
        assertThatThrownBy(() -> store.removeAlias("movies", "live", ANY, "ada", ""))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> promote(1, OptionalLong.of(0))).isInstanceOf(ConflictException.class);
        assertThat(promote(3, OptionalLong.of(3)).generation()).isEqualTo(4);
        assertThatThrownBy(this::rollback).isInstanceOf(PreconditionException.class);
        assertThat(store.verifyAll().problems()).isEmpty();
    }

    @Test
    void aliasedVersion_cannotBeDeleted() {
        promote(1, ANY);
        store.promote("movies", "canary", 1, ANY, "ada", "");
        assertThatThrownBy(() -> store.deleteVersion("movies", 1, "gc", "old"))
                .isInstanceOf(PreconditionException.class)
                .hasMessageContaining("alias canary, live points at it");
        assertThat(ModelFixture.opens(store, 1)).isTrue();
        store.deleteVersion("movies", 2, "gc", "old");
        assertThat(store.versions("movies")).extracting(VersionInfo::number).containsExactly(1, 3, 4);
        assertThat(store.ledger("movies").entries().getLast())
                .returns(Action.DELETE_VERSION, LedgerEntry::action)
                .returns(2, LedgerEntry::version)
                .returns("gc", LedgerEntry::actor);
        assertThat(store.verifyAll().problems()).isEmpty();
    }

    @Test
    void whatDoesNotExist_isNamed() {
        assertThatThrownBy(() -> promote(9, ANY)).isInstanceOfSatisfying(NotFoundException.class, exception -> {
            assertThat(exception.kind()).isEqualTo("version");
            assertThat(exception.name()).isEqualTo("movies@9");
        });
        assertThatThrownBy(() -> store.aliases("books"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("no model 'books'");
        assertThatThrownBy(this::rollback).isInstanceOf(NotFoundException.class);
    }

    @Test
    void namesThatCouldBePaths_areRefused() {
        for (String name : new String[] {"", "..", "../x", "/etc", "A", "1a", "a/b", "a.b", "a\n", "a".repeat(64)}) {
            assertThatThrownBy(() -> store.promote("movies", name, 1, ANY, "ada", ""))
                    .isInstanceOf(InvalidNameException.class)
                    .hasMessageContaining("The alias '");
            assertThatThrownBy(() -> store.open(name, 1)).isInstanceOf(InvalidNameException.class);
            assertThatThrownBy(() -> store.delete(name)).isInstanceOf(InvalidNameException.class);
            assertThatThrownBy(() -> ModelDefinition.of(name, "d", "wals", Map.of()))
                    .isInstanceOf(InvalidNameException.class);
        }
        for (String actor : new String[] {"", "a\nb", "\u001b[31m", "a".repeat(257)}) {
            assertThatThrownBy(() -> store.promote("movies", "live", 1, ANY, actor, ""))
                    .isInstanceOf(InvalidNameException.class)
                    .hasMessageContaining("The actor '");
        }
    }

    @Test
    void readOnlyStore_answersAndRefusesChanges() {
        promote(1, ANY);
        ModelStore reader = ModelStore.openReadOnly(root);
        assertThat(ModelFixture.live(reader)).isEqualTo(1);
        assertThat(ModelFixture.opens(reader, 1)).isTrue();
        promote(2, ANY);
        assertThat(ModelFixture.live(reader)).isEqualTo(2);
        assertThatThrownBy(() -> ModelFixture.promote(reader, 1)).isInstanceOf(PreconditionException.class);
        assertThatThrownBy(() -> reader.begin("movies"))
                .isInstanceOf(PreconditionException.class)
                .hasMessageContaining("for reading only");
        assertThatThrownBy(() -> reader.delete("movies")).isInstanceOf(PreconditionException.class);
        assertThat(ModelStore.openReadOnly(root.resolve("none")).list()).isEmpty();
    }
}
