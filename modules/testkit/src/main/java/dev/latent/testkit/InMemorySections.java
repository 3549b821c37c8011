package dev.latent.testkit;

import dev.latent.spi.Section;
import dev.latent.spi.SectionReader;
import dev.latent.spi.SectionWriter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The pieces of a version in memory: what is written can be read. Not thread-safe. */
public final class InMemorySections implements SectionWriter, SectionReader {

    private static final long ALIGNMENT = 64;

    private final Map<String, Section> sections = new TreeMap<>();
    private final Arena arena = Arena.ofAuto();

    /** Creates an empty version. */
    public InMemorySections() {}

    @Override
    public void write(Section section) {
        MemorySegment copy = arena.allocate(section.data().byteSize(), ALIGNMENT);
        copy.copyFrom(section.data());
        Section stored =
                new Section(section.name(), section.type(), section.rows(), section.columns(), copy.asReadOnly());
        if (sections.putIfAbsent(section.name(), stored) != null) {
            throw new IllegalArgumentException("Section '" + section.name() + "' was written before");
        }
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(sections.keySet());
    }

    @Override
    public Section read(String name) throws IOException {
        Section section = sections.get(name);
        if (section == null) {
            throw new FileNotFoundException("No section '" + name + "', there are " + sections.keySet());
        }
        return section;
    }
}
