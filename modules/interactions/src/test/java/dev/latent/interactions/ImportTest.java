package dev.latent.interactions;

import static dev.latent.interactions.StoreFixture.describe;
import static dev.latent.interactions.StoreFixture.rating;
import static dev.latent.interactions.StoreFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportTest {

    @TempDir
    Path home;

    private InteractionStore store;

    @BeforeEach
    void open() {
        store = StoreFixture.open(home.resolve("store"));
        store.createDataset("films", RepeatPolicy.LAST);
    }

    @AfterEach
    void close() {
        assertThat(store.verify("films")).isEmpty();
        assertThat(home.resolve("store").resolve("loading").toFile().list()).isNullOrEmpty();
        store.close();
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(home.resolve(name), content, StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private ImportResult importPath(Path path) {
        return store.importPath("films", path, ImportOptions.defaults());
    }

    private void checkTwoRatings() {
        assertThat(readAll(store, "films", "7", 10)).containsExactly(rating("7", "a b", 4.5, 1_000));
        assertThat(readAll(store, "films", "08", 10)).containsExactly(rating("08", "c", -1, 0));
        assertThat(store.stats("films").interactions()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userId,movieId,rating,timestamp\n7,a b,4.5,1000\n08,c,-1,\n",
                "\uFEFFuserId,movieId,rating,timestamp\r\n7,a b,4.5,1000\r\n08,c,-1,\r\n",
                "user_id;item_id;rating;timestamp\n7;\"a b\";4.5;1000\n\n08;c;-1;",
                "USER\tITEM\tVALUE\tTIME\n7\ta b\t4.5\t1000\n08\tc\t-1\t0\n",
                "timestamp|rating|Item Id|user-id\n1000|4.5|a b|7\n0|-1|c|08\n",
                "7,a b,4.5,1000\n08,c,-1,0",
                "7\ta b\t4.5\t1000\n08\tc\t-1\t0\n",
                "7::a b::4.5::1000\n08::c::-1::0\n",
                "7|a b|4.5|1000\n08|c|-1|0\n",
                "\n \n7,a b,4.5e0,1000\n08,c,-1.0,0\n",
            })
    void delimitersAndHeaders_areRecognised(String content) throws IOException {
        ImportResult result = importPath(file("rows.txt", content));
        assertThat(result.problems()).isEmpty();
        assertThat(result.state()).isEqualTo(ImportResult.State.IMPORTED);
        assertThat(result.interactions()).isEqualTo(2);
        checkTwoRatings();
    }

    @Test
    void gzip_byContentNotByName() throws IOException {
        byte[] content = "7,a b,4.5,1000\n08,c,-1,0\n".getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(home.resolve("rows.csv"), gzip(content));
        assertThat(importPath(file).state()).isEqualTo(ImportResult.State.IMPORTED);
        checkTwoRatings();
    }

    @Test
    void gzip_ofTwoMembers_isReadWhole() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(gzip("7,a b,4.5,1000\n".getBytes(StandardCharsets.UTF_8)));
        both.write(gzip("08,c,-1,0\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(importPath(Files.write(home.resolve("rows.csv.gz"), both.toByteArray()))
                        .interactions())
                .isEqualTo(2);
        checkTwoRatings();
    }

    @Test
    void stream_isImportedByItsName() throws IOException {
        byte[] content = gzip("7\ta b\t4.5\t1000\n08\tc\t-1\t0\n".getBytes(StandardCharsets.UTF_8));
        ImportResult result =
                store.importFile("films", "u.data.gz", new ByteArrayInputStream(content), ImportOptions.defaults());
        assertThat(result.files()).containsExactly("u.data.gz");
        checkTwoRatings();
    }

    @Test
    void missingValuesAndTypes_takeTheOptions() throws IOException {
        Path file = file("rows.csv", "user,item,rating,type\na,x,,\na,y,3,view\n");
        store.importPath("films", file, new ImportOptions("play", 2.5f, false, 10, ImportLimits.defaults()));
        assertThat(describe(store.history("films", "a"))).containsExactly("x 2.5 0 play", "y 3.0 0 view");
    }

    @Test
    void twoColumns_areEnough() throws IOException {
        store.importPath(
                "films",
                file("rows.csv", "a,x\nb,y\n"),
                ImportOptions.defaults().withType("view"));
        assertThat(describe(store.history("films", "b"))).containsExactly("y 1.0 0 view");
    }

    @Test
    void sameContent_isImportedOnce() throws IOException {
        Path file = file("rows.csv", "a,x,1\nb,y,2\n");
        ImportResult first = importPath(file);
        ImportResult again = importPath(Files.copy(file, home.resolve("other name.csv")));
        ImportResult skipping =
                store.importPath("films", file, ImportOptions.defaults().withSkipBadLines(true));
        assertThat(again.alreadyImported()).isTrue();
        assertThat(skipping.alreadyImported()).isTrue();
        assertThat(again.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(again.interactions()).isEqualTo(2);
        assertThat(again.files()).containsExactly("rows.csv");
        assertThat(store.stats("films").interactions()).isEqualTo(2);
        store.close();
        store = StoreFixture.open(home.resolve("store"));
        assertThat(importPath(file).alreadyImported()).isTrue();
        assertThat(store.importPath("films", file, ImportOptions.defaults().withType("view"))
                        .state())
                .isEqualTo(ImportResult.State.IMPORTED);
        assertThat(store.stats("films").interactions()).isEqualTo(4);
    }

    @Test
    void knownUsers_areAppendedTo_andStreamGoesOnAfter() throws IOException {
        store.append("films", List.of(rating("a", "x", 1, 0), rating("b", "y", 1, 0)));
        importPath(file("rows.csv", "a,x,2,0\nc,z,2,0\na,y,2,0\n"));
        store.append("films", List.of(rating("a", "y", 3, 0), rating("c", "z", 3, 0)));
        assertThat(readAll(store, "films", "a", 10))
                .containsExactly(
                        rating("a", "x", 1, 0), rating("a", "x", 2, 0), rating("a", "y", 2, 0), rating("a", "y", 3, 0));
        assertThat(describe(store.history("films", "c"))).containsExactly("z 3.0 0 rating");
        DatasetStats stats = store.stats("films");
        assertThat(List.of(stats.users(), stats.items(), stats.interactions())).containsExactly(3L, 3L, 7L);
    }

    @Test
    void manyWindowsAndHeavyUsers_keepEveryRowInOrder() throws IOException {
        store.append("films", List.of(rating("heavy", "i0", -1, 0)));
        Map<String, List<Interaction>> expected = new java.util.HashMap<>();
        expected.computeIfAbsent("heavy", user -> new ArrayList<>()).add(rating("heavy", "i0", -1, 0));
        StringBuilder csv = new StringBuilder();
        for (int row = 0; row < 30_000; row++) {
            String user = row % 3 == 0 ? "u" + row % 1_000 : row % 3 == 1 ? "heavy" : "heavier" + row % 2;
            csv.append(user)
                    .append(",i")
                    .append(row % 777)
                    .append(',')
                    .append(row)
                    .append(",0\n");
            expected.computeIfAbsent(user, name -> new ArrayList<>()).add(rating(user, "i" + row % 777, row, 0));
        }
        ImportLimits limits = new ImportLimits(1 << 30, 200, 4_096, 2_048);
        ImportResult result = store.importPath(
                "films",
                file("rows.csv", csv.toString()),
                ImportOptions.defaults().withLimits(limits));
        assertThat(result.interactions()).isEqualTo(30_000);
        expected.forEach(
                (user, rows) -> assertThat(readAll(store, "films", user, 9_999)).isEqualTo(rows));
        assertThat(store.stats("films").users()).isEqualTo(expected.size());
        store.append("films", List.of(rating("heavy", "i9", 0, 0)));
        assertThat(readAll(store, "films", "heavy", 10_000))
                .hasSize(expected.get("heavy").size() + 1)
                .last()
                .isEqualTo(rating("heavy", "i9", 0, 0));
    }

    @Test
    void deletedUser_isNotBroughtBackByTheSameFile() throws IOException {
        Path file = file("rows.csv", "a,x,1\nb,y,2\n");
        importPath(file);
        store.deleteUser("films", "a");
        assertThat(importPath(file).alreadyImported()).isTrue();
        assertThat(store.history("films", "a").isEmpty()).isTrue();
    }

    @Test
    void movieLensCsvFolder_isReadAsItIs() throws IOException {
        Path folder = Files.createDirectory(home.resolve("ml"));
        Files.writeString(folder.resolve("ratings.csv"), "userId,movieId,rating,timestamp\r\n1,10,4.0,964982703\r\n");
        Files.writeString(folder.resolve("movies.csv"), """
                movieId,title,genres\r
                10,"American President, The (1995)",Comedy|Drama\r
                11,"A ""B"" é",(no genres listed)\r
                """);
        Files.writeString(folder.resolve("tags.csv"), "garbage\u0000");
        Files.writeString(folder.resolve("links.csv"), "garbage");
        ImportResult result = importPath(folder);
        assertThat(result.files()).containsExactly("ratings.csv", "movies.csv");
        assertThat(result.itemRecords()).isEqualTo(2);
        assertThat(store.findItem("films", "10"))
                .contains(ItemRecord.of("10", "American President, The (1995)", "Comedy", "Drama"));
        assertThat(store.findItem("films", "11")).contains(ItemRecord.of("11", "A \"B\" é"));
        assertThat(store.stats("films").itemRecords()).isEqualTo(2);
        assertThat(importPath(folder).alreadyImported()).isTrue();
    }

    @Test
    void movieLensDatFolder_inLatin1OrUtf8_isReadAsItIs() throws IOException {
        for (var charset : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_8)) {
            store.deleteDataset("films");
            store.createDataset("films", RepeatPolicy.LAST);
            Path folder = Files.createDirectory(home.resolve("ml" + charset.name()));
            Files.writeString(folder.resolve("ratings.dat"), "1::10::5::978300760\n2::10::3::978300761\n");
            Files.writeString(folder.resolve("movies.dat"), "10::Misérables, \"Les\" (1995)::Drama|Musical\n", charset);
            assertThat(importPath(folder).problems()).isEmpty();
            assertThat(store.findItem("films", "10"))
                    .contains(ItemRecord.of("10", "Misérables, \"Les\" (1995)", "Drama", "Musical"));
        }
    }

    @Test
    void movieLens100kFolder_isReadAsItIs() throws IOException {
        Path folder = Files.createDirectory(home.resolve("ml"));
        Files.writeString(folder.resolve("u.data"), "196\t242\t3\t881250949\n186\t242\t3\t891717742\n");
        Files.writeString(folder.resolve("u.genre"), "unknown|0\nAction|1\nDrama|2\n\n");
        Files.writeString(
                folder.resolve("u.item"),
                "242|Misérable (1996)|24-Jan-1997||http://x/y?(1996)|0|1|1\n267|unknown||||1|0|0\n",
                StandardCharsets.ISO_8859_1);
        ImportResult result = importPath(folder);
        assertThat(result.problems()).isEmpty();
        assertThat(store.findItem("films", "242"))
                .contains(new ItemRecord(
                        "242",
                        "Misérable (1996)",
                        List.of("Action", "Drama"),
                        Map.of("release_date", "24-Jan-1997", "url", "http://x/y?(1996)"),
                        true));
        assertThat(store.findItem("films", "267")).contains(ItemRecord.of("267", "unknown"));
    }

    @Test
    void ourOwnFolder_inGzip_isRead() throws IOException {
        Path folder = Files.createDirectory(home.resolve("own"));
        Files.write(
                folder.resolve("interactions.csv.gz"),
                gzip("user_id,item_id,rating,timestamp\n1,1000,,\n".getBytes(StandardCharsets.UTF_8)));
        Files.write(
                folder.resolve("items.csv.gz"),
                gzip("item_id,title,categories,available,release_date\n1000,T,A|A|B,false,1995\n"
                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(importPath(folder).problems()).isEmpty();
        assertThat(store.findItem("films", "1000"))
                .contains(new ItemRecord("1000", "T", List.of("A", "B"), Map.of("release_date", "1995"), false));
    }

    @Test
    void itemFileAlone_isKnownByItsHeader() throws IOException {
        ImportResult result = importPath(file("whatever.csv", "item,name,genre\n5,Five,Odd|Prime\n5,Fünf,Odd\n"));
        assertThat(result.itemRecords()).isEqualTo(1);
        assertThat(result.interactions()).isZero();
        assertThat(store.findItem("films", "5")).contains(ItemRecord.of("5", "Fünf", "Odd"));
        assertThat(store.stats("films").items()).isZero();
    }

    @Test
    void movieLensUsers_areReadAsTheyAre() throws IOException {
        Path folder = Files.createDirectory(home.resolve("ml"));
        Files.writeString(folder.resolve("u.data"), "1\t242\t3\t881250949\n");
        Files.writeString(folder.resolve("u.user"), "1|24|M|technician|85711\n2|53|F|other|94043\n");
        ImportResult result = importPath(folder);
        assertThat(result.problems()).isEmpty();
        assertThat(result.files()).containsExactly("u.data", "u.user");
        assertThat(result.userRecords()).isEqualTo(2);
        assertThat(store.findUser("films", "2"))
                .contains(new UserRecord(
                        "2",
                        List.of(),
                        Map.of("age", "53", "gender", "F", "occupation", "other", "zip_code", "94043")));

        assertThat(importPath(file("users.dat", "3::F::1::10::48067\n")).userRecords())
                .isEqualTo(1);
        assertThat(store.findUser("films", "3"))
                .contains(new UserRecord(
                        "3", List.of(), Map.of("age", "1", "gender", "F", "occupation", "10", "zip_code", "48067")));
    }

    @Test
    void ourOwnFolder_withUsers_isRead() throws IOException {
        Path folder = ownFolder();
        ImportResult result = importPath(folder);
        assertThat(result.problems()).isEmpty();
        assertThat(List.of(result.interactions(), result.itemRecords(), result.userRecords()))
                .containsExactly(1L, 1L, 2L);
        assertThat(store.findUser("films", "ann"))
                .contains(new UserRecord("ann", List.of("Fan", "Critic"), Map.of("country", "DE")));
        assertThat(store.findUser("films", "bob")).contains(new UserRecord("bob", List.of(), Map.of()));
        assertThat(store.stats("films").users()).isEqualTo(1);
        assertThat(importPath(folder).alreadyImported()).isTrue();
    }

    private Path ownFolder() throws IOException {
        Path folder = Files.createDirectory(home.resolve("own"));
        Files.writeString(folder.resolve("interactions.csv"), "user_id,item_id\nann,x\n");
        Files.writeString(folder.resolve("items.csv"), "item_id,title\nx,X\n");
        Files.writeString(
                folder.resolve("users.csv"), "user_id,categories,country,available\nann,Fan|Critic|Fan,DE,\nbob,,,\n");
        return folder;
    }

    /** Else the interactions of a home that an earlier program imported the folder into would count twice. */
    @Test
    void usersThatCameToAnImportedFolder_areTakenInAlone() throws IOException {
        Path folder = ownFolder();
        Path users = folder.resolve("users.csv");
        String content = Files.readString(users);
        Files.delete(users);
        importPath(folder);
        Files.writeString(users, content);

        ImportResult result = importPath(folder);
        assertThat(result.state()).isEqualTo(ImportResult.State.IMPORTED);
        assertThat(result.files()).containsExactly("users.csv");
        assertThat(result.userRecords()).isEqualTo(2);
        assertThat(store.stats("films").interactions()).isEqualTo(1);

        Files.writeString(users, content + "cid,,,\n");
        assertThat(importPath(folder).userRecords()).isEqualTo(3);
        Files.delete(users);
        assertThat(importPath(folder).alreadyImported()).isTrue();
        assertThat(store.stats("films").interactions()).isEqualTo(1);
    }

    @Test
    void folderWithUsers_thenWithOthers_keepsItsInteractionsOnce() throws IOException {
        Path folder = ownFolder();
        importPath(folder);
        Files.writeString(folder.resolve("users.csv"), "user_id,country\nann,FR\n");
        assertThat(importPath(folder).userRecords()).isEqualTo(1);
        assertThat(store.stats("films").interactions()).isEqualTo(1);
        assertThat(store.findUser("films", "ann").orElseThrow().attributes()).containsEntry("country", "FR");
    }

    @Test
    void badLineOfUsers_refusesTheWholeImport() throws IOException {
        Path folder = ownFolder();
        Files.writeString(folder.resolve("users.csv"), "user_id,country\nann,DE,more\n,FR\n");
        ImportResult result = importPath(folder);
        assertThat(result.state()).isEqualTo(ImportResult.State.REFUSED);
        assertThat(result.problems())
                .extracting(ImportProblem::toString)
                .satisfiesExactly(
                        fields -> assertThat(fields).contains("users.csv", "3 fields, expected 2"),
                        id -> assertThat(id).contains("users.csv", "is empty"));
        assertThat(store.stats("films").interactions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann,DE\nbob,FR\n", "user_id,item_id\nann,x\n"})
    void usersWithoutAHeaderOfUsers_areRefused(String content) throws IOException {
        ImportResult result = importPath(file("users.csv", content));
        assertThat(result.state()).isEqualTo(ImportResult.State.REFUSED);
        assertThat(result.problems().getFirst().toString())
                .contains("is not the header of a table of users", "user_id");
    }

    @Test
    void nothingToImport_isRefused() throws IOException {
        Path empty = Files.createDirectory(home.resolve("empty"));
        assertThatThrownBy(() -> importPath(empty))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("ratings.csv");
        assertThatThrownBy(() -> importPath(home.resolve("nowhere"))).isInstanceOf(InvalidValueException.class);
    }
}
