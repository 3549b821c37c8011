package dev.latent.server.serving;

import static dev.latent.server.serving.ServingFixture.DATASET;
import static dev.latent.server.serving.ServingFixture.MODEL;
import static dev.latent.server.serving.ServingFixture.RIDGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.interactions.ItemRecord;
import dev.latent.models.Alias;
import dev.latent.models.ConflictException;
import dev.latent.models.CorruptException;
import dev.latent.retrieval.ItemFilter;
import dev.latent.retrieval.TopItems;
import dev.latent.server.errors.ApiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingModelsTest {

    @TempDir
    private Path home;

    private ServingFixture fixture;

    @BeforeEach
    void open() {
        fixture = new ServingFixture(home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void hold_nothingPromoted_saysWhatToDo() {
        assertThatThrownBy(() -> fixture.serving.hold("nothing", "live"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.reason()).isEqualTo("MODEL_NOT_FOUND"));
        fixture.serving.modelChanged(MODEL);
        assertThatThrownBy(() -> fixture.serving.hold(MODEL, "live"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.reason()).isEqualTo("NO_LIVE_VERSION"))
                .hasMessageContaining("latent promote films");
        assertThatThrownBy(() -> fixture.serving.hold(MODEL, "canary"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.reason()).isEqualTo("ALIAS_NOT_FOUND"));
    }

    @Test
    void promote_newVersion_answersAndTheOldOneIsClosedByItsLastReader() throws IOException {
        fixture.promote(fixture.publish(1, RIDGE));
        ServingView first = fixture.serving.hold(MODEL, "live");
        fixture.promote(fixture.publish(2, RIDGE));

        assertThat(best(first)).isEqualTo(10f);
        first.release();
        assertThat(first.hold()).isFalse();
        ServingView second = fixture.serving.hold(MODEL, "live");
        assertThat(best(second)).isEqualTo(20f);
        second.release();
        assertThat(fixture.events.heard())
                .containsExactly("swapped live 1", "promote ok", "swapped live 2", "promote ok");
    }

    @Test
    void promote_damagedVersion_isRefusedAndTheOldOneServesOn() throws IOException {
        fixture.promote(fixture.publish(1, RIDGE));
        int damaged = fixture.publish(2, RIDGE);
        damage(damaged);

        assertThatThrownBy(() -> fixture.promote(damaged))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("item_factors");
        ServingView view = fixture.serving.hold(MODEL, "live");
        assertThat(view.id()).isEqualTo("films@1");
        view.release();
        assertThat(fixture.models.findAlias(MODEL, "live").orElseThrow().version())
                .isEqualTo(1);
        assertThat(fixture.events.heard()).contains("promote refused");
    }

    @Test
    void promote_otherGenerationThanExpected_leavesEverything() throws IOException {
        fixture.promote(fixture.publish(1, RIDGE));
        int second = fixture.publish(2, RIDGE);
        assertThatThrownBy(() -> fixture.serving.promote(MODEL, "live", second, OptionalLong.of(7), "test", ""))
                .isInstanceOf(ConflictException.class);
        ServingView view = fixture.serving.hold(MODEL, "live");
        assertThat(view.number()).isEqualTo(1);
        view.release();
    }

    @Test
    void rollback_afterTwoPromotes_servesTheFirstAgain() throws IOException {
        fixture.promote(fixture.publish(1, RIDGE));
        fixture.promote(fixture.publish(2, RIDGE));
        Alias back = fixture.serving.rollback(MODEL, "live", OptionalLong.empty(), "test", "worse");
        assertThat(back.version()).isEqualTo(1);
        assertThat(fixture.serving.status(MODEL, "live"))
                .isEqualTo(new AliasStatus(AliasStatus.State.SERVING, 1, 1, ""));
    }

    @Test
    void loadAll_liveVersionDamaged_theOneBeforeAnswers() throws IOException {
        fixture.promote(fixture.publish(1, RIDGE));
        fixture.promote(fixture.publish(2, RIDGE));
        fixture.close();
        damage(2);
        fixture = new ServingFixture(home);
        fixture.serving.loadAll();

        AliasStatus status = fixture.serving.status(MODEL, "live");
        assertThat(status.state()).isEqualTo(AliasStatus.State.FAILED);
        assertThat(status.target()).isEqualTo(2);
        assertThat(status.serving()).isEqualTo(1);
        assertThat(status.reason()).contains("item_factors");
        assertThat(fixture.serving.liveModels()).containsEntry(MODEL, true);
        ServingView view = fixture.serving.hold(MODEL, "live");
        assertThat(view.id()).isEqualTo("films@1");
        view.release();
    }

    @Test
    void loadAll_everyVersionDamaged_tellsThatTheModelDoesNotAnswer() throws IOException {
        fixture.promote(fixture.publish(1, RIDGE));
        fixture.close();
        damage(1);
        fixture = new ServingFixture(home);
        AtomicReference<SortedMap<String, Boolean>> told = new AtomicReference<>(new TreeMap<>());
        fixture.serving.addListener(told::set);
        fixture.serving.loadAll();

        assertThat(told.get()).containsEntry(MODEL, false);
        assertThatThrownBy(() -> fixture.serving.hold(MODEL, "live"))
                .hasMessageContaining("FAILED")
                .hasMessageContaining("item_factors");
    }

    @Test
    void remove_servedModel_isGoneAndItsReadersEndUndisturbed() throws IOException {
        fixture.promote(fixture.publish(1, RIDGE));
        ServingView view = fixture.serving.hold(MODEL, "live");
        fixture.serving.remove(MODEL, () -> fixture.models.delete(MODEL));
        assertThat(best(view)).isEqualTo(10f);
        view.release();
        assertThat(fixture.serving.liveModels()).isEmpty();
        assertThatThrownBy(() -> fixture.serving.hold(MODEL, "live")).isInstanceOf(ApiException.class);
    }

    @Test
    void hold_whileVersionsSwapAllTheTime_alwaysGetsAnOpenView() throws Exception {
        int first = fixture.publish(1, RIDGE);
        int second = fixture.publish(2, RIDGE);
        fixture.promote(first);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> readers = new ArrayList<>();
        for (int reader = 0; reader < 4; reader++) {
            readers.add(Thread.ofPlatform()
                    .start(() ->
                            read(stop, failure, view -> assertThat(best(view)).isEqualTo(10f * view.number()))));
        }
        for (int swap = 0; swap < 40; swap++) {
            fixture.promote(swap % 2 == 0 ? second : first);
        }
        stop.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(failure.get()).isNull();
    }

    /** Views are renewed under the readers, each of which sees one state of the items from its search to the ids. */
    @Test
    void hold_whileItemsComeAndGo_seesIdsThatFitTheNumbers() throws Exception {
        fixture.promote(fixture.publish(1, RIDGE));
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> readers = new ArrayList<>();
        for (int reader = 0; reader < 4; reader++) {
            readers.add(Thread.ofPlatform().start(() -> read(stop, failure, ServingModelsTest::checkNewItem)));
        }
        for (int step = 0; step < 60; step++) {
            // An id that sorts before the ones that are there moves their numbers.
            String id = String.format("a%03d", 999 - step);
            fixture.interactions.putItems(DATASET, List.of(ItemRecord.of(id, "", "Action", "Children")));
            fixture.changes.itemsChanged(DATASET);
        }
        stop.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(failure.get()).isNull();
    }

    private static void checkNewItem(ServingView view) {
        ItemFilter onlyNew = ItemFilter.ALL.excluding(
                IntStream.range(0, ServingFixture.ITEMS).toArray());
        TopItems found = view.search(view.ofUser("kid"), onlyNew, 1);
        for (int item : found.items()) {
            assertThat(view.itemIds().get(item)).startsWith("a");
        }
    }

    @Test
    void renew_recordsThatChangedWhileTheVersionWasLoaded_areTakenIn() throws IOException {
        int version = fixture.publish(1, RIDGE);
        AliasSlot slot = new AliasSlot();
        slot.swap(
                fixture.loader.load(MODEL, version), new AliasStatus(AliasStatus.State.SERVING, version, version, ""));
        ServingView before = Objects.requireNonNull(slot.hold());
        slot.renew(fixture.loader::isStale, fixture.loader::renew);
        ServingView unchanged = Objects.requireNonNull(slot.hold());
        assertThat(unchanged).isSameAs(before);

        fixture.interactions.putItems(DATASET, List.of(ItemRecord.of("new", "", "Children")));
        slot.renew(fixture.loader::isStale, fixture.loader::renew);

        ServingView renewed = Objects.requireNonNull(slot.hold());
        assertThat(renewed.itemNumbers().find("new")).isEqualTo(ServingFixture.ITEMS);
        assertThat(before.itemNumbers().find("new")).isEqualTo(-1);
        assertThat(best(before)).isEqualTo(10f);
        before.release();
        unchanged.release();
        assertThat(before.hold()).isFalse();
        slot.clear();
        assertThat(best(renewed)).isEqualTo(10f);
        renewed.release();
        assertThat(renewed.hold()).isFalse();
    }

    private void read(AtomicBoolean stop, AtomicReference<Throwable> failure, Consumer<ServingView> check) {
        try {
            while (!stop.get()) {
                ServingView view = fixture.serving.hold(MODEL, "live");
                try {
                    check.accept(view);
                } finally {
                    view.release();
                }
            }
        } catch (Throwable e) {
            failure.set(e);
        }
    }

    private static float best(ServingView view) {
        TopItems found = view.search(view.ofUser("kid"), ItemFilter.ALL, 1);
        return found.scores()[0];
    }

    /** Flips a byte in the middle of the item factors. */
    private void damage(int version) throws IOException {
        Path directory =
                home.resolve("models").resolve(MODEL).resolve("versions").resolve(Integer.toString(version));
        try (var files = Files.list(directory)) {
            Path file = files.filter(path -> path.getFileName().toString().startsWith("item_factors"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            file.toFile().setWritable(true);
            Files.write(file, bytes);
        }
    }
}
