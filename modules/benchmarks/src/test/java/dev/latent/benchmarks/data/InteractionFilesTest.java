package dev.latent.benchmarks.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InteractionFilesTest {

    @TempDir
    private Path folder = Path.of("");

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user,item,value,time\n3,20,4.5,100\n1,10,2,0\n",
                "3\t20\t4.5\t100\n1\t10\t2\t0\n",
                "3::20::4.5::100\n1::10::2::0\n",
                "3 20 4.5 100\n\n1 10 2\n"
            })
    void lines_ofAnySeparator_areRead(String text) throws IOException {
        Interactions rows = new InteractionFiles().read(write("a.csv", text));

        assertThat(rows.size()).isEqualTo(2);
        assertThat(new long[] {rows.user(0), rows.item(0), rows.time(0)}).containsExactly(3, 20, 100);
        assertThat(rows.value(0)).isEqualTo(4.5f);
        assertThat(rows.value(1)).isEqualTo(2f);
        assertThat(rows.time(1)).isZero();
    }

    @Test
    void pairsWithoutValue_inAGzippedFile_countOne() throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("train.csv.gz")))) {
            out.write("0,5\n1,6\n".getBytes(StandardCharsets.UTF_8));
        }

        Interactions rows = new InteractionFiles().read(folder.resolve("train.csv"));

        assertThat(rows.size()).isEqualTo(2);
        assertThat(rows.value(1)).isEqualTo(1f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,x,3", "1", "1,2,high", "-1,2,3", "1,2,NaN", "1,99999999999,3"})
    void aBadLine_isRefusedWithFileAndLine(String line) throws IOException {
        Path file = write("bad.csv", "1,2,3\n" + line + "\n");

        assertThatThrownBy(() -> new InteractionFiles().read(file)).hasMessageContaining("bad.csv line 2: '" + line);
    }

    @Test
    void anAbsentFile_isNamed() {
        assertThatThrownBy(() -> new InteractionFiles().read(folder.resolve("none.csv")))
                .hasMessageContaining("none.csv")
                .hasMessageContaining("no such file");
    }

    @Test
    void folderOfThreeFiles_keepsHeldOutUsersApart() throws IOException {
        write("train.csv", "user,item,value\n0,0,1\n0,7,1\n1,7,1\n");
        write("foldin.csv", "user,item,value\n2,0,1\n3,7,1\n");
        write("test.csv", "user,item,value\n2,7,1\n3,0,1\n");

        TrainingData data = DataFolder.read(folder, 1, Arena.ofAuto());

        assertThat(data.train().userCount()).isEqualTo(2);
        assertThat(data.train().itemCount()).isEqualTo(2);
        assertThat(data.test().userCount()).isEqualTo(2);
        assertThat(data.foldIn().orElseThrow().byUser().index(0)).isZero();
        assertThat(data.test().byUser().index(0)).isEqualTo(1);
    }

    @Test
    void oneFile_isParted() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < 200; row++) {
            text.append(row / 20).append(',').append(100 + row % 20).append(",3\n");
        }
        TrainingData data = DataFolder.read(write("one.csv", text.toString()), 1, Arena.ofAuto());

        assertThat(data.protocol()).isEqualTo("random:0.1 seed 1");
        assertThat(data.train().interactionCount()).isEqualTo(180);
        assertThat(data.test().interactionCount()).isEqualTo(20);
    }

    @Test
    void pack_sortsBothSides_andRefusesAPairTwice() {
        Interactions rows = new Interactions();
        rows.add(1, 2, 5, 30);
        rows.add(0, 1, 4, 10);
        rows.add(1, 0, 3, 20);

        Snapshot snapshot = rows.pack(2, 3, Arena.ofAuto());
        SparseRows byUser = snapshot.byUser();

        assertThat(byUser.length(1)).isEqualTo(2);
        assertThat(new int[] {byUser.index(1), byUser.index(2)}).containsExactly(0, 2);
        assertThat(byUser.value(1)).isEqualTo(3f);
        assertThat(byUser.time(2)).isEqualTo(30);
        assertThat(snapshot.byItem().index(snapshot.byItem().start(2))).isEqualTo(1);
        assertThat(snapshot.byItem().time(snapshot.byItem().start(1))).isEqualTo(10);

        rows.add(0, 1, 2);
        assertThatThrownBy(() -> rows.pack(2, 3, Arena.ofAuto())).hasMessageContaining("User 0 has item 1 twice");
    }
}
