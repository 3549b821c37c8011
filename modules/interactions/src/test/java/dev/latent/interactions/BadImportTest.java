package dev.latent.interactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault a row: what a refused import says, and that it wrote nothing. */
class BadImportTest {

    private static final String HEADER = "user_id,item_id,rating,timestamp\n";
    private static final String GOOD = HEADER + "good,x,1,1\n";

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
        store.close();
    }

    /** Lines of which only the third is bad: its column and a part of the reason. */
    static Stream<Arguments> badLines() {
        return Stream.of(
                Arguments.of("a,x", 0, "2 fields, expected 4"),
                Arguments.of("a,x,1,2,3", 0, "5 fields, expected 4"),
                Arguments.of(",x,1,1", 1, "user_id is empty"),
                Arguments.of("a,,1,1", 2, "item_id is empty"),
                Arguments.of("a,x,NaN,1", 3, "'NaN' is not a finite decimal number"),
                Arguments.of("a,x,Infinity,1", 3, "'Infinity'"),
                Arguments.of("a,x,-inf,1", 3, "'-inf'"),
                Arguments.of("a,x,1e308,1", 3, "beyond"),
                Arguments.of("a,x,0x10,1", 3, "not a finite decimal"),
                Arguments.of("a,x,1f,1", 3, "not a finite decimal"),
                Arguments.of("a,x,--1,1", 3, "not a finite decimal"),
                Arguments.of("a,x,one,1", 3, "'one'"),
                Arguments.of("a,x,1,1.5", 4, "whole number"),
                Arguments.of("a,x,1,-5", 4, "time is -5"),
                Arguments.of("a,x,1,1700000000000", 4, "milliseconds"),
                Arguments.of("a,x,1,99999999999999999999", 4, "whole number"),
                Arguments.of("a\u0000b,x,1,1", 1, "U+0000"),
                Arguments.of("a,\"x\ny\",1,1", 2, "U+000A"),
                Arguments.of("a,x\u001B[31m,1,1", 2, "U+001B"),
                Arguments.of("a," + "x".repeat(513) + ",1,1", 2, "513 bytes"));
    }

    @ParameterizedTest
    @MethodSource("badLines")
    void badLine_isReportedWithPlaceAndReason(String line, int column, String reason) throws IOException {
        Path file = Files.writeString(home.resolve("rows.csv"), GOOD + line + "\nlast,y,2,2\n");
        ImportResult refused = store.importPath("films", file, ImportOptions.defaults());
        checkRefused(refused);
        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("rows.csv");
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.column()).isEqualTo(column);
            assertThat(problem.reason()).contains(reason);
            assertThat(problem.toString().chars()).allMatch(c -> c >= ' ');
        });
        ImportResult rest =
                store.importPath("films", file, ImportOptions.defaults().withSkipBadLines(true));
        assertThat(rest.state()).isEqualTo(ImportResult.State.IMPORTED);
        assertThat(rest.skippedLines()).isEqualTo(1);
        assertThat(rest.problems()).isEqualTo(refused.problems());
        assertThat(rest.interactions()).isEqualTo(2);
        assertThat(store.history("films", "last").size()).isEqualTo(1);
    }

    /** Files that no rule for bad lines can save. */
    static Stream<Arguments> badFiles() throws IOException {
        byte[] packed = gzip(GOOD.repeat(500).getBytes(StandardCharsets.UTF_8));
        byte[] flipped = packed.clone();
        flipped[packed.length / 2] ^= 0x55;
        return Stream.of(
                Arguments.of("empty", new byte[0], 0, "holds no line of data"),
                Arguments.of("blank", utf8("\n\n \n"), 0, "holds no line of data"),
                Arguments.of("header only", utf8(HEADER), 0, "holds no line of data"),
                Arguments.of("byte order mark only", utf8("\uFEFF"), 0, "holds no line of data"),
                Arguments.of("no separator", utf8("a b 5\n"), 1, "no known separator"),
                Arguments.of("no user column", utf8("item_id,rating\nx,1\n"), 1, "no column for the user"),
                Arguments.of("no item column", utf8("user_id,rating\nx,1\n"), 1, "no column for the item"),
                Arguments.of("unknown columns", utf8("foo,bar,baz\na,b,1\n"), 1, "neither a header"),
                Arguments.of("too many columns", utf8("1,2,3,4,view,6\n"), 1, "neither a header"),
                Arguments.of("NUL bytes", new byte[5_000], 1, "U+0000"),
                Arguments.of("UTF-16", "a,b,1\n".getBytes(StandardCharsets.UTF_16), 1, "U+0000"),
                Arguments.of("picture", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0}, 1, ""),
                Arguments.of("gigantic line", utf8(GOOD + "x".repeat(3_000_000) + "\n"), 3, "characters in one line"),
                Arguments.of("gigantic first line", utf8("a," + "x".repeat(3_000_000)), 1, "in one line"),
                Arguments.of("thousands of fields", utf8("x,".repeat(3_000)), 1, "512 fields"),
                Arguments.of("unclosed quote", utf8(GOOD + "a,\"x,1,1\nb,y,1,1\n"), 3, "cannot be parsed"),
                Arguments.of("truncated gzip", Arrays.copyOf(packed, packed.length - 9), 0, "gzip data is cut off"),
                Arguments.of("truncated gzip header", Arrays.copyOf(packed, 5), 0, "gzip data is cut off"),
                Arguments.of("damaged gzip", flipped, 0, ""),
                Arguments.of("gzip bomb", bomb(), 0, "to 1"),
                Arguments.of("gzip in gzip", gzip(packed), 1, "control character"),
                Arguments.of("too large", utf8(GOOD + "a,x,1,1\n".repeat(7_000_000)), 0, "bytes of text"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFiles")
    void badFile_isRefusedWhole(String name, byte[] content, int line, String reason) throws IOException {
        ImportLimits limits = new ImportLimits(50_000_000, 200, 1 << 20, 4_096);
        Path file = Files.write(home.resolve("rows.csv"), content);
        for (boolean skip : new boolean[] {false, true}) {
            ImportResult result = store.importPath(
                    "films", file, ImportOptions.defaults().withLimits(limits).withSkipBadLines(skip));
            checkRefused(result);
            ImportProblem problem = result.problems().getLast();
            assertThat(problem.reason()).as(problem.toString()).contains(reason);
            assertThat(problem.line()).as(problem.toString()).isEqualTo(line);
        }
    }

    private void checkRefused(ImportResult result) {
        assertThat(result.state()).as(result.toString()).isEqualTo(ImportResult.State.REFUSED);
        assertThat(result.interactions()).isZero();
        DatasetStats stats = store.stats("films");
        assertThat(stats.users() + stats.items() + stats.interactions() + stats.itemRecords())
                .isZero();
        assertThat(stats.types()).isEmpty();
        assertThat(store.verify("films")).isEmpty();
        assertThat(home.resolve("store").resolve("loading")).isEmptyDirectory();
    }

    @Test
    void invalidUtf8_isReportedWithPlace() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(utf8(GOOD + "a,x"));
        bytes.write(0xE9);
        bytes.write(utf8(",1,1\n"));
        ImportResult result = store.importPath(
                "films", Files.write(home.resolve("rows.csv"), bytes.toByteArray()), ImportOptions.defaults());
        checkRefused(result);
        assertThat(result.problems().getFirst().toString())
                .isEqualTo("rows.csv:3:2: item_id is not valid UTF-8 at position 1");
    }

    @Test
    void manyProblems_areAllCountedAndTheFirstShown() throws IOException {
        Path file = Files.writeString(home.resolve("rows.csv"), GOOD + "a,x,bad,1\n".repeat(5_000));
        ImportResult result = store.importPath("films", file, ImportOptions.defaults());
        checkRefused(result);
        assertThat(result.problemCount()).isEqualTo(5_000);
        assertThat(result.problems())
                .hasSize(100)
                .last()
                .extracting(ImportProblem::line)
                .isEqualTo(102L);
    }

    @Test
    void onlyBadLines_areRefusedEvenWhenSkipping() throws IOException {
        Path file = Files.writeString(home.resolve("rows.csv"), HEADER + "a,x,bad,1\n");
        checkRefused(store.importPath("films", file, ImportOptions.defaults().withSkipBadLines(true)));
    }

    @Test
    void badItemFile_refusesTheWholeFolder() throws IOException {
        Path folder = Files.createDirectory(home.resolve("ml"));
        Files.writeString(folder.resolve("ratings.csv"), GOOD);
        Files.writeString(folder.resolve("movies.csv"), "movieId,title,genres\n1,A,B\n,C,D\n2,E,F,G\n");
        ImportResult result = store.importPath("films", folder, ImportOptions.defaults());
        checkRefused(result);
        assertThat(result.problems())
                .extracting(ImportProblem::toString)
                .containsExactly(
                        "movies.csv:3:1: id is empty, must be 1 to 512 bytes",
                        "movies.csv:4: has 4 fields, expected 3: movieId, title, genres");
    }

    @Test
    void wrongGenreCount_isReported() throws IOException {
        Path folder = Files.createDirectory(home.resolve("ml"));
        Files.writeString(folder.resolve("u.data"), "1\t2\t3\t4\n");
        Files.writeString(folder.resolve("u.genre"), "Action|0\nDrama|1\n");
        Files.writeString(folder.resolve("u.item"), "2|T|||u|1|0\n3|T|||u|1|0|0\n");
        ImportResult result = store.importPath("films", folder, ImportOptions.defaults());
        checkRefused(result);
        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.reason()).contains("8 fields, expected 7");
        });
    }

    @Test
    void streamBeyondTheLimit_isRefused() {
        ImportLimits limits = new ImportLimits(10, 200, 1 << 20, 4_096);
        ImportResult result = store.importFile(
                "films",
                "rows.csv",
                new java.io.ByteArrayInputStream(utf8(GOOD)),
                ImportOptions.defaults().withLimits(limits));
        checkRefused(result);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    /** 40 MB of one good line: about 900 to 1. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            byte[] lines = utf8(List.of("a,x,1,1\n").getFirst().repeat(10_000));
            for (int i = 0; i < 500; i++) {
                out.write(lines);
            }
        }
        return bytes.toByteArray();
    }
}
