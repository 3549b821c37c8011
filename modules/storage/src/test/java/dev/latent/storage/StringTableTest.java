package dev.latent.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.spi.ElementType;
import dev.latent.spi.Section;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StringTableTest {

    private static final List<String> ODD =
            List.of("", "a", "ä", "日本語", "😀", "a\u0000b", "a\nb", "e\u0301", "é", "?", "../x", " ", "=cmd");

    @TempDir
    private Path directory;

    @Test
    void stored_readsBack() throws IOException {
        SectionDirectory sections = new SectionDirectory(directory, "d@1", FileOperations.system());
        for (Section section : StringTable.encode("ids", ODD, Arena.ofAuto())) {
            sections.write(section);
        }

        StringTable table = StringTable.open(directory, "d@1", "ids", Arena.ofAuto());

        assertThat(table.size()).isEqualTo(ODD.size());
        for (int number = 0; number < ODD.size(); number++) {
            assertThat(table.get(number)).isEqualTo(ODD.get(number));
        }
        assertThatThrownBy(() -> table.get(ODD.size())).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> table.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void sections_encodeTheSameTable() {
        List<Section> sections = StringTable.of(ODD).sections("copy");
        StringTable copy = new StringTable(sections.get(0), sections.get(1));
        assertThat(copy.get(3)).isEqualTo("日本語");
        assertThat(sections).extracting(Section::name).containsExactly("copy_offsets", "copy_bytes");
    }

    @Test
    void unpairedSurrogate_isRefused() {
        assertThatThrownBy(() -> StringTable.of(List.of("a\uD800")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unpaired surrogate");
    }

    @Test
    void offsetsThatDoNotFit_areRefused() {
        Section bytes = new Section("x_bytes", ElementType.INT8, 4, 1, MemorySegment.ofArray(new byte[4]));
        for (long[] offsets : new long[][] {{1, 4}, {0, 3}, {0, 5}, {0, 3, 2, 4}, {0, -1, 4}, {0, Long.MAX_VALUE, 4}}) {
            Section section =
                    new Section("x_offsets", ElementType.INT64, offsets.length, 1, MemorySegment.ofArray(offsets));
            assertThatThrownBy(() -> new StringTable(section, bytes))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("x_offsets");
        }
        Section floats = new Section("x_offsets", ElementType.FLOAT64, 1, 1, MemorySegment.ofArray(new double[1]));
        assertThatThrownBy(() -> new StringTable(floats, bytes)).hasMessageContaining("expected (n+1) x 1 INT64");
        Section none = new Section("x_offsets", ElementType.INT64, 0, 1, MemorySegment.ofArray(new long[0]));
        assertThatThrownBy(() -> new StringTable(none, bytes)).hasMessageContaining("expected (n+1) x 1 INT64");
    }

    @Test
    void everyId_isFoundAndNoOther() {
        Random random = new Random(5);
        Set<String> ids = new LinkedHashSet<>(ODD);
        while (ids.size() < 20_000) {
            ids.add(Long.toString(random.nextLong(100_000), 36) + "x".repeat(random.nextInt(20)));
        }
        Map<String, Integer> oracle = new HashMap<>();
        List<String> list = new ArrayList<>(ids);
        for (int number = 0; number < list.size(); number++) {
            oracle.put(list.get(number), number);
        }
        IdIndex index = IdIndex.of(StringTable.of(list));

        for (String id : list) {
            assertThat(index.find(id)).isEqualTo(oracle.get(id));
        }
        for (int trial = 0; trial < 20_000; trial++) {
            String id = Long.toString(random.nextLong(), 36);
            assertThat(index.find(id)).isEqualTo(oracle.getOrDefault(id, -1));
        }
    }

    @Test
    void smallSizes_areIndexed() {
        for (int size = 0; size < 20; size++) {
            List<String> ids = new ArrayList<>();
            for (int number = 0; number < size; number++) {
                ids.add("id" + number);
            }
            IdIndex index = IdIndex.of(StringTable.of(ids));
            for (int number = 0; number < size; number++) {
                assertThat(index.find("id" + number)).isEqualTo(number);
            }
            assertThat(index.find("id" + size)).isEqualTo(-1);
        }
    }

    @Test
    void unpairedSurrogate_findsNothing() {
        IdIndex index = IdIndex.of(StringTable.of(List.of("a?", "?", "??", "😀?")));
        assertThat(index.find("a\uD800")).isEqualTo(-1);
        assertThat(index.find("\uDC00")).isEqualTo(-1);
        assertThat(index.find("?\uD800")).isEqualTo(-1);
        assertThat(index.find("😀?")).isEqualTo(3);
    }

    @Test
    void idTwice_isRefusedByName() {
        assertThatThrownBy(() -> IdIndex.of(StringTable.of(List.of("a", "b", "a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Id 'a' occurs twice, as number 0 and 2");
    }
}
