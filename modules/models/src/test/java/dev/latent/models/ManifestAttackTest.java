package dev.latent.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Manifests that somebody wrote who knows the format: the checksum is right, the content is not. */
class ManifestAttackTest {

    @TempDir
    private Path root;

    private ModelStore store;
    private Path manifest;
    private String open;

    @BeforeEach
    void create() throws IOException {
        store = ModelFixture.create(root, 2, 1);
        manifest = ModelFixture.version(root, 2).resolve("manifest.json");
        String text = Files.readString(manifest);
        open = text.substring(0, text.indexOf(",\n  \"checksum\""));
    }

    private void forge(UnaryOperator<String> change) throws IOException {
        String forged = change.apply(open);
        ModelFixture.overwrite(manifest, SealedJson.seal(forged.getBytes(StandardCharsets.UTF_8)));
    }

    private void checkRefused(String part) {
        assertThatThrownBy(() -> store.open("movies", 2))
                .isInstanceOf(CorruptException.class)
                .hasMessageStartingWith("Model 'movies' version 2: manifest.json: ")
                .hasMessageContaining(part);
        assertThat(ModelFixture.opens(store, 1)).isTrue();
        assertThat(store.verify("movies", 2).problems()).isNotEmpty();
    }

    @Test
    void resealedUnchanged_opens() throws IOException {
        forge(text -> text);
        assertThat(ModelFixture.opens(store, 2)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "../item_factors.section",
        "../../1/item_factors.section",
        "/etc/passwd",
        "./item_factors.section",
        "a/item_factors.section",
        "item_factors.section/",
        "ITEM_FACTORS.section",
        "item_factors",
        ".section",
        "item_factors.section\\u0000",
        "item_factors.section\\n"
    })
    void pathForAFile_isRefused(String path) throws IOException {
        forge(text -> text.replace("\"file\" : \"item_factors.section\"", "\"file\" : \"" + path + "\""));
        checkRefused("without directories");
    }

    @Test
    void duplicateKey_isRefused() throws IOException {
        forge(text -> text.replace("\"version\" : 2,", "\"version\" : 2,\n  \"version\" : 2,"));
        checkRefused("Duplicate");
        forge(text -> text.replace("\"rank\" : 4,", "\"rank\" : 4, \"rank\" : 4,"));
        checkRefused("Duplicate");
    }

    @Test
    void sectionTwice_isRefused() throws IOException {
        forge(text -> text.replace("\"file\" : \"user_factors.section\"", "\"file\" : \"item_factors.section\""));
        checkRefused("'item_factors.section' twice");
    }

    @Test
    void unknownMissingOrNullKeys_areRefused() throws IOException {
        forge(text -> text.replace("\"version\" : 2,", "\"version\" : 2,\n  \"extra\" : 1,"));
        checkRefused("extra");
        forge(text -> text.replace("\"rank\" : 4,", ""));
        checkRefused("rank");
        forge(text -> text.replace("\"seed\" : 42", "\"seed\" : null"));
        checkRefused("seed");
        forge(text -> text.replace("\"kind\" : \"EMBEDDING\"", "\"kind\" : 0"));
        checkRefused("kind");
        forge(text -> text.replace("\"kind\" : \"ridge\"", "\"kind\" : \"java.lang.Runtime\""));
        checkRefused("foldIn");
    }

    @ParameterizedTest
    @CsvSource({
        "rows, 1152921504606846976",
        "rows, 9223372036854775807",
        "rows, 92233720368547758070",
        "rows, -1",
        "rows, 2.5",
        "columns, 2147483647",
        "columns, -4",
        "columns, 2147483648",
        "bytes, -1"
    })
    void countsThatOverflowOrDoNotFit_areRefusedBeforeTheyAreUsed(String key, String value) throws IOException {
        int section = open.indexOf("\"file\" : \"item_factors.section\"");
        forge(text -> text.substring(0, section)
                + text.substring(section).replaceFirst("\"" + key + "\" : [0-9]+", "\"" + key + "\" : " + value));
        checkRefused("manifest.json");
    }

    @Test
    void countsThatDifferFromTheFiles_areRefused() throws IOException {
        forge(text -> text.replace("\"rank\" : 4", "\"rank\" : 3"));
        checkRefused("section user_factors is 3 x 4 FLOAT32, expected 3 x 3 FLOAT32");
        forge(text -> text.replace("\"users\" : 3,\n    \"items\"", "\"users\" : 4,\n    \"items\""));
        checkRefused("the number of user_ids is 3, expected 4");
        forge(text -> text.replace("\"items\" : 2,", "\"items\" : 99999999999,"));
        checkRefused("99999999999 items");
    }

    @Test
    void newerAndOlderFormat_areToldApartFromDamage() throws IOException {
        forge(text -> text.replace("\"formatVersion\" : 1", "\"formatVersion\" : 2, \"later\" : {}"));
        assertThatThrownBy(() -> store.open("movies", 2))
                .isInstanceOf(IncompatibleException.class)
                .hasMessageContaining("formatVersion is 2, expected at most 1")
                .hasMessageContaining("use the release of Latent that wrote it");
        forge(text -> text.replace("\"formatVersion\" : 1", "\"formatVersion\" : 0"));
        assertThatThrownBy(() -> store.open("movies", 2)).isInstanceOf(IncompatibleException.class);
        forge(text -> text.replace("\"formatVersion\" : 1", "\"formatVersion\" : \"1\""));
        checkRefused("formatVersion");
        forge(text -> text.replace("\"formatVersion\" : 1", "\"formatVersion\" : 1e99"));
        checkRefused("formatVersion");
        forge(text -> text.replace("\"formatVersion\" : 1,", ""));
        checkRefused("formatVersion");
        assertThat(ModelFixture.opens(store, 1)).isTrue();
    }

    @Test
    void manifestOfAnotherVersion_isRefused() throws IOException {
        forge(text -> text.replace("\"version\" : 2,", "\"version\" : 1,"));
        checkRefused("the version is 'movies@1', expected 'movies@2'");
        forge(text -> text.replace("\"model\" : \"movies\"", "\"model\" : \"books\""));
        checkRefused("the version is 'books@2', expected 'movies@2'");
    }

    @Test
    void anythingButAnObject_isRefused() throws IOException {
        for (String text : new String[] {"", "nonsense", "[1", "\u0000\u0000", "{\"a\":".repeat(5000)}) {
            forge(ignored -> text);
            checkRefused("manifest.json");
            ModelFixture.overwrite(manifest, text.getBytes(StandardCharsets.UTF_8));
            checkRefused("manifest.json");
        }
    }

    @Test
    void metricThatIsNotFinite_isRefused() throws IOException {
        forge(text -> text.replace("\"ndcg@10\" : 0.31", "\"ndcg@10\" : \"NaN\""));
        checkRefused("ndcg@10");
    }

    @Test
    void otherSha256_isFoundByVerify() throws IOException {
        forge(text -> text.replaceFirst("\"sha256\" : \"[0-9a-f]{64}\"", "\"sha256\" : \"" + "0".repeat(64) + "\""));
        assertThat(store.verify("movies", 2).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.describe())
                        .startsWith("movies@2 versions/2/item_biases.section")
                        .contains("SHA-256 is ", "expected " + "0".repeat(64)));
    }

    @Test
    void linkInPlaceOfTheVersion_doesNotCount() throws IOException {
        Path version = ModelFixture.version(root, 2);
        Files.move(version, root.resolve("elsewhere"));
        Files.createSymbolicLink(version, root.resolve("elsewhere"));
        assertThatThrownBy(() -> store.open("movies", 2)).isInstanceOf(NotFoundException.class);
        assertThat(store.versions("movies")).hasSize(1);
    }
}
