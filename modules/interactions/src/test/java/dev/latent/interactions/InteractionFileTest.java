package dev.latent.interactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.interactions.InteractionFile.Layout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InteractionFileTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user,item,value,time\na,x,2,7\nb,y,3,8\n",
                "a,x,2,7\nb,y,3,8",
                "a\tx\t2\t7\r\nb\ty\t3\t8\r\n",
                "a::x::2::7\nb::y::3::8\n",
                "time,item_id,rating,user_id\n7,x,2,a\n8,y,3,b\n",
                "a x 2 7\n\nb y 3 8\n"
            })
    void table_isReadInEveryForm(String text) throws IOException {
        assertThat(read(write(text), Layout.DETECT)).containsExactly("a x 2.0 7", "b y 3.0 8");
    }

    @Test
    void valueAndTimeLeftOut_are1And0() throws IOException {
        assertThat(read(write("a,x\nb,y\n"), Layout.DETECT)).containsExactly("a x 1.0 0", "b y 1.0 0");
    }

    @Test
    void packedFile_isUnpackedWhateverItsName() throws IOException {
        Path file = folder.resolve("rows");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("a\tx\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(read(file, Layout.DETECT)).containsExactly("a x 1.0 0");
    }

    @Test
    void linesOfDifferentLengths_areLists() throws IOException {
        assertThat(read(write("0 5 6 7 8\n1 5\n2 \n"), Layout.DETECT))
                .containsExactly("0 5 1.0 0", "0 6 1.0 0", "0 7 1.0 0", "0 8 1.0 0", "1 5 1.0 0");
    }

    @Test
    void shortLists_areReadAsListsOnDemand() throws IOException {
        assertThat(read(write("0 5 6\n1 7\n"), Layout.LISTS)).containsExactly("0 5 1.0 0", "0 6 1.0 0", "1 7 1.0 0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a,x,1~b,y,NaN           | rows:2:3: value 'NaN' is not a finite decimal number
                    a,x,1~b,y               | rows:2: has 2 fields, expected 3
                    a,x,1~,y,1              | rows:2:1: user_id is empty
                    a,x,1,5~b,y,1,now       | rows:2:4: time 'now' is not a whole number of seconds
                    a x 1~b y one           | rows:2: value 'one'
                    a x 1~b                 | rows:2: line has 1 field
                    user,item~              | holds no line of data
                    title,item~T,x          | holds items, expected interactions
                    abc                     | holds no known separator
                    """)
    void badFile_isRefusedWithFileLineAndReason(String text, String message) throws IOException {
        Path file = write(text.replace('~', '\n'));
        assertThatThrownBy(() -> read(file, Layout.DETECT))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void absentFile_isNamed() {
        Path file = folder.resolve("absent");
        assertThatThrownBy(() -> read(file, Layout.DETECT))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("absent");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("rows"), text);
    }

    private static List<String> read(Path file, Layout layout) throws IOException {
        List<String> rows = new ArrayList<>();
        long count = InteractionFile.read(
                file, layout, (user, item, value, time) -> rows.add(user + " " + item + " " + value + " " + time));
        assertThat(count).isEqualTo(rows.size());
        return rows;
    }
}
