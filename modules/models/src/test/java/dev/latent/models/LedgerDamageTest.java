package dev.latent.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerDamageTest {

    @TempDir
    private Path root;

    private ModelStore store;
    private Path ledger;
    private Path aliases;
    private byte[] good;

    @BeforeEach
    void create() throws IOException {
        store = ModelFixture.create(root, 3, 3);
        ledger = root.resolve("movies/ledger.jsonl");
        aliases = root.resolve("movies/aliases.json");
        good = Files.readAllBytes(ledger);
    }

    private static int lastLine(byte[] bytes) {
        int start = bytes.length - 1;
        while (bytes[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    @Test
    void lineCutAnywhere_wasNeverCommittedAndIsRemoved() throws IOException {
        String fourth = new String(
                LedgerFile.lineOf(new LedgerEntry(
                        4, ModelFixture.CLOCK.instant(), LedgerEntry.Action.PROMOTE, "live", 1, 3, 4, "eve", "half")),
                StandardCharsets.UTF_8);
        for (int length = 1; length < fourth.length(); length += 11) {
            Files.write(ledger, good);
            Files.writeString(ledger, Files.readString(ledger) + fourth.substring(0, length));
            assertThat(ModelFixture.live(store)).isEqualTo(3);
            VerifyReport report = store.verifyAll();
            assertThat(report.problems()).isEmpty();
            assertThat(report.strays()).singleElement().asString().contains("never committed");
            if (length % 2 == 0) {
                store = ModelFixture.open(root);
                assertThat(Files.readAllBytes(ledger)).isEqualTo(good);
            } else {
                assertThat(ModelFixture.promote(store, 2).generation()).isEqualTo(4);
                assertThat(store.ledger("movies").damage()).isEmpty();
                assertThat(store.ledger("movies").entries()).hasSize(4);
                Files.delete(aliases);
                Files.write(ledger, good);
                store = ModelFixture.open(root);
            }
        }
    }

    @Test
    void bitFlippedAnywhere_neverTurnsTheAliasBack() throws IOException {
        for (int place = 0; place < good.length; place += place < lastLine(good) ? 3 : 1) {
            // The last line decides where the alias points: two bits of each byte; elsewhere one of every third.
            int step = place < lastLine(good) ? 8 : 4;
            for (int bit = place % step; bit < 8; bit += step) {
                byte[] bad = good.clone();
                bad[place] ^= (byte) (1 << bit);
                Files.write(ledger, bad);
                assertThat(ModelFixture.live(store))
                        .as("byte %d bit %d", place, bit)
                        .isEqualTo(3);
            }
        }
    }

    @Test
    void bitFlippedAnywhere_isReportedByVerify() throws IOException {
        for (int place = 0; place < good.length; place += 7) {
            byte[] bad = good.clone();
            bad[place] ^= 1;
            Files.write(ledger, bad);
            assertThat(store.verifyAll().problems())
                    .as("byte %d", place)
                    .isNotEmpty()
                    .allMatch(problem -> problem.file().equals("ledger.jsonl"));
        }
    }

    @Test
    void lastLineLost_isReportedAndTheAliasStays() throws IOException {
        Files.write(ledger, Arrays.copyOf(good, lastLine(good)));
        store = ModelFixture.open(root);
        assertThat(ModelFixture.live(store)).isEqualTo(3);
        assertThat(store.verifyAll().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.describe())
                        .contains("the last entry of alias 'live' is of generation 2, expected 3"));
        assertThat(ModelFixture.promote(store, 1).generation()).isEqualTo(4);
    }

    @Test
    void lineMissingInTheMiddle_isReported() throws IOException {
        String text = Files.readString(ledger);
        String[] lines = text.split("\n", -1);
        Files.writeString(ledger, lines[0] + "\n" + lines[2] + "\n");
        assertThat(store.ledger("movies").damage()).containsExactly("line 2: sequence is 3, expected 2");
        assertThat(ModelFixture.live(store)).isEqualTo(3);
        assertThat(store.verifyAll().problems()).hasSize(1);
    }

    @Test
    void damagedLine_isLeftWhereItIsAndWorkGoesOn() throws IOException {
        byte[] bad = good.clone();
        bad[10] ^= 4;
        Files.write(ledger, bad);
        store = ModelFixture.open(root);
        ModelFixture.promote(store, 1);
        assertThat(Files.readAllBytes(ledger)).startsWith(bad);
        assertThat(store.ledger("movies").entries())
                .extracting(LedgerEntry::sequence)
                .containsExactly(2L, 3L, 4L);
        assertThat(store.ledger("movies").damage()).hasSize(1);
    }

    @Test
    void damagedLastLine_doesNotHideWhatComesAfterIt() throws IOException {
        byte[] bad = good.clone();
        bad[lastLine(good) + 10] ^= 4;
        Files.write(ledger, bad);
        ModelFixture.promote(store, 1);
        assertThat(store.ledger("movies").entries())
                .extracting(LedgerEntry::sequence)
                .containsExactly(1L, 2L, 4L);
        assertThat(store.ledger("movies").damage()).hasSize(1);
        assertThat(store.ledger("movies").entries().getLast().generation()).isEqualTo(4);
    }

    @Test
    void laggingAliasFile_changesNothingAndIsBroughtUpToDate() throws IOException {
        byte[] old = Files.readAllBytes(aliases);
        ModelFixture.promote(store, 1);
        byte[] current = Files.readAllBytes(aliases);
        for (byte[] content : new byte[][] {old, new byte[0], "garbage".getBytes(StandardCharsets.UTF_8)}) {
            Files.write(aliases, content);
            assertThat(ModelFixture.live(store)).isEqualTo(1);
            store = ModelFixture.open(root);
            assertThat(ModelFixture.live(store)).isEqualTo(1);
            assertThat(Files.readAllBytes(aliases)).isEqualTo(current);
        }
    }

    @Test
    void bothFilesDamaged_areRefusedRatherThanGuessed() throws IOException {
        byte[] bad = good.clone();
        bad[good.length - 20] ^= 1;
        Files.write(ledger, bad);
        Files.write(aliases, new byte[0]);
        store = ModelFixture.open(root);
        assertThatThrownBy(() -> store.findAlias("movies", "live"))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("ledger.jsonl")
                .hasMessageContaining("restore one from a copy");
        assertThatThrownBy(() -> ModelFixture.promote(store, 1)).isInstanceOf(CorruptException.class);
        assertThatThrownBy(() -> store.deleteVersion("movies", 1, "gc", "")).isInstanceOf(CorruptException.class);
        assertThat(ModelFixture.opens(store, 3)).isTrue();
        assertThat(store.versions("movies")).hasSize(3);
        assertThat(store.verifyAll().problems())
                .extracting(VerifyProblem::file)
                .contains("ledger.jsonl", "aliases.json")
                .isSubsetOf("ledger.jsonl", "aliases.json");
    }

    @Test
    void missingLedger_isReportedAndTheAliasStays() throws IOException {
        Files.delete(ledger);
        store = ModelFixture.open(root);
        assertThat(ModelFixture.live(store)).isEqualTo(3);
        assertThat(store.verifyAll().problems())
                .anyMatch(problem -> problem.problem().contains("missing"));
        assertThat(ModelFixture.promote(store, 1).generation()).isEqualTo(4);
    }
}
