package dev.latent.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.storage.FileOperations;
import dev.latent.storage.StringTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each file of a version in turn is damaged in every way; the version is refused, its neighbour still opens. */
class CorruptionTest {

    private static final long SEED = 20260701;

    @TempDir
    private Path root;

    private ModelStore store;
    private Path victim;

    @BeforeEach
    void create() throws IOException {
        store = ModelFixture.create(root, 2, 2);
        victim = ModelFixture.version(root, 2);
    }

    /** Named contents that a file must not have; null stands for none. */
    private static Map<String, byte[]> damage(byte[] good, byte[] namesake) {
        Map<String, byte[]> damage = new LinkedHashMap<>();
        damage.put("emptied", new byte[0]);
        for (int cut : new int[] {1, 2, 3, 4, 8, 16, 17, 20, 64, 100, good.length / 2, good.length - 1}) {
            if (cut < good.length) {
                damage.put("cut by " + cut, Arrays.copyOf(good, good.length - cut));
            }
        }
        for (int extra : new int[] {1, 16, 64, 4096}) {
            damage.put("extended by " + extra, Arrays.copyOf(good, good.length + extra));
        }
        damage.put("zeroed", new byte[good.length]);
        Random random = new Random(SEED);
        int[] places = {
            0, 8, 12, 16, 20, 24, 32, 40, 48, good.length / 2, good.length - 16, good.length - 8, good.length - 1
        };
        for (int place : places) {
            damage.put("bit flipped at " + place, flipped(good, place, random.nextInt(8)));
        }
        for (int trial = 0; trial < 40; trial++) {
            int place = random.nextInt(good.length);
            damage.put("bit flipped, trial " + trial, flipped(good, place, random.nextInt(8)));
        }
        byte[] torn = good.clone();
        Arrays.fill(torn, good.length / 2, good.length, (byte) 0);
        damage.put("second half zero", torn);
        damage.put("swapped with its namesake", namesake);
        return damage;
    }

    private static byte[] flipped(byte[] good, int place, int bit) {
        byte[] bad = good.clone();
        bad[place] ^= (byte) (1 << bit);
        return bad;
    }

    @Test
    void everyDamageOfEveryFile_isRefusedNamingIt() throws IOException {
        int trials = 0;
        for (Path file : ModelFixture.files(victim)) {
            byte[] good = Files.readAllBytes(file);
            byte[] namesake = Files.readAllBytes(ModelFixture.version(root, 1).resolve(file.getFileName()));
            for (Map.Entry<String, byte[]> damage : damage(good, namesake).entrySet()) {
                ModelFixture.overwrite(file, damage.getValue());
                checkRefused(file, damage.getKey());
                trials++;
            }
            ModelFixture.overwrite(file, good);
            assertThat(ModelFixture.opens(store, 2)).isTrue();
        }
        assertThat(trials).isGreaterThan(8 * 60);
        assertThat(store.verifyAll().problems()).isEmpty();
    }

    private void checkRefused(Path file, String damage) {
        String name = file.getFileName().toString();
        assertThatThrownBy(() -> store.open("movies", 2))
                .as("%s %s (seed %d)", name, damage, SEED)
                .isInstanceOfSatisfying(CorruptException.class, exception -> {
                    assertThat(exception.model()).isEqualTo("movies");
                    assertThat(exception.version()).isEqualTo(2);
                    assertThat(exception.file()).isEqualTo(name);
                    assertThat(exception.actual()).isNotEmpty();
                    assertThat(exception.expected()).isNotEmpty();
                })
                .hasMessageStartingWith("Model 'movies' version 2: " + name + ": ")
                .hasMessageContaining("expected ")
                .hasMessageEndingWith("run 'latent versions verify movies 2'");
        assertThat(ModelFixture.opens(store, 1)).isTrue();
        assertThat(store.verify("movies", 2).problems())
                .as("%s %s", name, damage)
                .anyMatch(problem -> problem.file().equals("versions/2/" + name));
    }

    @Test
    void otherLength_isToldWithBothLengths() throws IOException {
        Path file = victim.resolve("item_factors.section");
        byte[] good = Files.readAllBytes(file);
        ModelFixture.overwrite(file, Arrays.copyOf(good, 100));
        assertThatThrownBy(() -> store.open("movies", 2))
                .hasMessageContaining(
                        "item_factors.section: length is 100 bytes, expected " + good.length + " as the manifest says");
    }

    @Test
    void deletedFile_isRefusedNamingIt() throws IOException {
        for (Path file : ModelFixture.files(victim)) {
            byte[] good = Files.readAllBytes(file);
            Files.delete(file);
            if (file.endsWith("manifest.json")) {
                assertThatThrownBy(() -> store.open("movies", 2)).isInstanceOf(NotFoundException.class);
                assertThat(store.verifyAll().problems())
                        .anyMatch(problem ->
                                problem.describe().contains("alias 'live' points at a version that is missing"));
            } else {
                checkRefused(file, "deleted");
            }
            ModelFixture.overwrite(file, good);
        }
    }

    @Test
    void linkOrDirectoryInPlaceOfAFile_isRefused() throws IOException {
        for (Path file : ModelFixture.files(victim)) {
            byte[] good = Files.readAllBytes(file);
            Path elsewhere = Files.write(root.resolveSibling(root.getFileName() + "-elsewhere"), good);
            Files.delete(file);
            Files.createSymbolicLink(file, elsewhere);
            checkRefused(file, "a link");
            Files.delete(file);
            Files.createDirectory(file);
            checkRefused(file, "a directory");
            Files.delete(file);
            ModelFixture.overwrite(file, good);
            Files.delete(elsewhere);
        }
    }

    /** Files that are right in themselves, from a store of another history: only the manifest can tell. */
    @Test
    void namesakeOfTheSameVersionElsewhere_isRefused() throws IOException {
        Path other = root.resolveSibling(root.getFileName() + "-other");
        ModelStore otherStore = ModelFixture.open(other);
        otherStore.create(store.get("movies"));
        otherStore.begin("movies").close();
        try (PendingVersion pending = otherStore.begin("movies")) {
            VersionWriter.write(
                    pending.directory(),
                    pending.id(),
                    ModelFixture.embedding(77),
                    StringTable.of(List.of("ada", "bob", "日本")),
                    StringTable.of(List.of("50", "172")));
            pending.publish(ModelFixture.metadata()).close();
        }
        Path factors = victim.resolve("item_factors.section");
        ModelFixture.overwrite(
                factors, Files.readAllBytes(ModelFixture.version(other, 2).resolve("item_factors.section")));
        FileOperations.system().deleteTree(other);
        checkRefused(factors, "of another store");
        assertThatThrownBy(() -> store.open("movies", 2)).hasMessageContaining("as the manifest says");
    }

    @Test
    void damagedVersion_isNeitherPromotedNorRolledBackTo() throws IOException {
        ModelFixture.publish(store);
        ModelFixture.promote(store, 3);
        ModelFixture.overwrite(victim.resolve("item_factors.section"), new byte[100]);

        assertThatThrownBy(() -> ModelFixture.promote(store, 2)).isInstanceOf(CorruptException.class);
        assertThat(ModelFixture.live(store)).isEqualTo(3);

        Alias alias = store.rollback("movies", "live", "ada", "worse");

        assertThat(alias.version()).isEqualTo(1);
        assertThat(store.ledger("movies").entries().getLast().reason())
                .startsWith("worse; passed over movies@2 (Model 'movies' version 2: item_factors.section:");
    }

    @Test
    void rollbackWithNothingThatOpens_isRefusedNamingWhatWasTried() throws IOException {
        ModelFixture.overwrite(ModelFixture.version(root, 1).resolve("manifest.json"), new byte[0]);
        assertThatThrownBy(() -> store.rollback("movies", "live", OptionalLong.empty(), "ada", ""))
                .isInstanceOf(PreconditionException.class)
                .hasMessageContaining("passed over movies@1")
                .hasMessageContaining("promote another version");
        assertThat(ModelFixture.live(store)).isEqualTo(2);
    }

    @Test
    void damagedVersion_isListedWithItsProblem() throws IOException {
        ModelFixture.overwrite(victim.resolve("manifest.json"), new byte[0]);
        assertThat(store.versions("movies")).hasSize(2).last().satisfies(info -> {
            assertThat(info.manifest()).isEmpty();
            assertThat(info.aliases()).containsExactly("live");
            assertThat(info.problem()).contains("manifest.json");
        });
    }
}
