package dev.latent.interactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFileTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "item_id,title,categories,year,available\na,A,x|y,1999,true\n",
                "year\tmovieId\tgenres\ttitle\n1999\ta\tx|y\tA\n",
                "item;name;year;genre\na;A;1999;x|y\n"
            })
    void items_areReadInEveryForm(String text) throws IOException {
        ItemRecord item = new ItemRecord("a", "A", List.of("x", "y"), Map.of("year", "1999"), true);
        assertThat(RecordFile.items(write("any", text))).containsExactly(Map.entry("a", item));
    }

    @Test
    void itemsWithColumnsOfInteractions_areItems() throws IOException {
        assertThat(RecordFile.items(write("items.csv", "item_id,rating\na,PG\n")))
                .containsExactly(Map.entry("a", new ItemRecord("a", "", List.of(), Map.of("rating", "PG"), true)));
    }

    @Test
    void packedFile_isUnpacked() throws IOException {
        Path file = folder.resolve("items.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("item,genre\na,x\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(RecordFile.items(file)).containsOnlyKeys("a");
    }

    @Test
    void filesOfMovieLens_areReadByTheirNames() throws IOException {
        write("u.genre", "unknown|0\nDrama|1\nWar|2\n");
        Path items = write("u.item", "7|Film|01-Jan-1995|||0|0|1\n");
        assertThat(RecordFile.items(items).get("7"))
                .extracting(ItemRecord::categories)
                .isEqualTo(List.of("War"));
        assertThat(RecordFile.items(write("movies.dat", "7::Film::Drama|War\n")).get("7"))
                .extracting(ItemRecord::categories)
                .isEqualTo(List.of("Drama", "War"));
        assertThat(RecordFile.users(write("users.dat", "7::F::25::4::12345\n")).get("7"))
                .extracting(UserRecord::attributes)
                .isEqualTo(Map.of("gender", "F", "age", "25", "occupation", "4", "zip_code", "12345"));
    }

    @Test
    void users_areReadFromAFileOfAnyName() throws IOException {
        UserRecord user = new UserRecord("7", List.of("a", "b"), Map.of("age", "25"));
        assertThat(RecordFile.users(write("people", "user_id,categories,age\n7,a|b,25\n")))
                .containsExactly(Map.entry("7", user));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    genre,year~x,1~              ; file:1: 'genre, year' is not the header of a table of items; name their column item_id
                    user,item,rating~1,a,3~      ; file:1: 'user, item, rating' is not the header of a table of items
                    item,genre~a,x,y~            ; file:2: has 3 fields, expected 2: item, genre
                    item,available~a,perhaps~    ; file:2:2: available is 'perhaps'
                    item,genre~,x~,y~            ; (and 1 more problems)
                    item,genre~                  ; file: holds no line of data
                    """)
    void badItems_areRefusedWithFileLineAndReason(String text, String message) throws IOException {
        Path file = write("file", text.replace('~', '\n'));
        assertThatThrownBy(() -> RecordFile.items(file))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void badUsers_areRefusedWithFileLineAndReason() throws IOException {
        assertThatThrownBy(() -> RecordFile.users(write("file", "item,genre\na,x\n")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(
                        "file:1: 'item, genre' is not the header of a table of users; name their column" + " user_id");
    }

    @Test
    void absentFile_isNamed() {
        assertThatThrownBy(() -> RecordFile.items(folder.resolve("absent")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("absent");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
