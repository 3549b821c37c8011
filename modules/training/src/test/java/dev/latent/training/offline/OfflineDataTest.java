package dev.latent.training.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineDataTest {

    @TempDir
    Path folder;

    @Test
    void files_shareOneNumberingInTheOrderOfIds() throws IOException {
        Path train = write("train", "10,b\n9,b\n9,c\n");
        Path test = write("test", "9,a\n11,b\n");
        try (Arena arena = Arena.ofConfined()) {
            OfflineData data = OfflineData.read(List.of(train, test), arena);

            assertThat(data.users().asList()).containsExactly("9", "10", "11");
            assertThat(data.items().asList()).containsExactly("a", "b", "c");
            assertThat(entries(data.parts().getFirst())).containsExactly("0 1 1.0 0", "0 2 1.0 0", "1 1 1.0 0");
            assertThat(entries(data.parts().getLast())).containsExactly("0 0 1.0 0", "2 1 1.0 0");
            assertThat(data.users().find("11")).hasValue(2);
            assertThat(data.users().find("12")).isEmpty();
        }
    }

    @Test
    void orderOfLines_doesNotMatter() throws IOException {
        Path ascending = write("ascending", "a,x,1,5\nb,y,2,6\nb,z,3,7\n");
        Path descending = write("descending", "b,z,3,7\nb,y,2,6\na,x,1,5\n");
        try (Arena arena = Arena.ofConfined()) {
            Snapshot one = OfflineData.read(List.of(ascending), arena).parts().getFirst();
            Snapshot other =
                    OfflineData.read(List.of(descending), arena).parts().getFirst();

            assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
        }
    }

    @Test
    void repeats_areCombinedByTheLast() throws IOException {
        Path file = write("rows", "a,x,1,5\na,x,2,9\na,x,3,7\nb,x,1,5\nb,x,4,5\n");
        try (Arena arena = Arena.ofConfined()) {
            Snapshot rows = OfflineData.read(List.of(file), arena).parts().getFirst();

            assertThat(entries(rows)).containsExactly("0 0 2.0 9", "1 0 4.0 5");
            assertThat(rows.byItem().length(0)).isEqualTo(2);
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<String> entries(Snapshot snapshot) {
        List<String> entries = new ArrayList<>();
        SparseRows rows = snapshot.byUser();
        for (int user = 0; user < rows.rows(); user++) {
            for (long at = rows.start(user); at < rows.end(user); at++) {
                entries.add(user + " " + rows.index(at) + " " + rows.value(at) + " " + rows.time(at));
            }
        }
        return entries;
    }
}
