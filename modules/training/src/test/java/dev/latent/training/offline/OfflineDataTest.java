package dev.latent.training.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.interactions.InteractionFile.Layout;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    @Test
    void features_areCountedAmongWhatIsTrainedOn() throws IOException {
        Path train = write("train", "1,b\n2,c\n");
        Path test = write("test", "1,a\n3,b\n");
        Path items = write("items", "item;genres;studio;year\na;x;s;1\nb;y;s;1\nc;;s;2\nd;y;t;2\ne;z;t;2\n");
        Path users = write("users", "user\tage\n1\told\n2\told\n3\told\n4\tyoung\n");
        try (Arena arena = Arena.ofConfined()) {
            OfflineData data = read(List.of(train, test), items, users, arena);
            Snapshot learned = data.parts().getFirst();

            // Category y is of b; studio s is shared by b and c; year 1 and 2 are of one of them each; x and z of none.
            assertThat(data.items().asList()).containsExactly("a", "b", "c", "d");
            assertThat(rows(learned.itemFeatures().orElseThrow())).containsExactly("[0]", "[0, 1]", "[0]", "[1]");
            assertThat(data.users().asList()).containsExactly("1", "2", "3");
            assertThat(rows(learned.userFeatures().orElseThrow())).containsExactly("[0]", "[0]", "[0]");
            assertThat(data.parts().get(1).itemFeatures()).isEmpty();
            assertThat(learned.interactionCount()).isEqualTo(2);
        }
    }

    @Test
    void otherFeatures_areAnotherSnapshot() throws IOException {
        Path train = write("train", "1,b\n2,c\n");
        Path users = write("users", "user\tage\n1\told\n2\told\n");
        try (Arena arena = Arena.ofConfined()) {
            List<String> fingerprints = new ArrayList<>();
            for (String genres : List.of("item,genres\nb,x\nc,x\n", "item,genres\nb,x\nc,x|y\n")) {
                Path items = write("items", genres);
                fingerprints.add(read(List.of(train), items, users, arena)
                        .parts()
                        .getFirst()
                        .fingerprint());
                fingerprints.add(read(List.of(train), items, users, arena)
                        .parts()
                        .getFirst()
                        .fingerprint());
            }
            assertThat(fingerprints.get(1)).isEqualTo(fingerprints.get(0));
            assertThat(fingerprints.get(2)).isNotEqualTo(fingerprints.get(0));
        }
    }

    private static OfflineData read(List<Path> files, Path items, Path users, Arena arena) throws IOException {
        FeatureFiles features = new FeatureFiles(Optional.of(items), Optional.of(users));
        return OfflineData.read(files, new OfflineData.Reading(Layout.DETECT, List.of(), features), arena);
    }

    private static List<String> rows(SparseRows features) {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < features.rows(); row++) {
            List<Integer> columns = new ArrayList<>();
            for (long at = features.start(row); at < features.end(row); at++) {
                columns.add(features.index(at));
            }
            rows.add(columns.toString());
        }
        return rows;
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
