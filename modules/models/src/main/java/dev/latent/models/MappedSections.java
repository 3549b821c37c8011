package dev.latent.models;

import dev.latent.spi.Section;
import dev.latent.spi.SectionReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * The sections of an open version.
 *
 * @param version whose they are
 * @param sections by name
 */
record MappedSections(String version, Map<String, Section> sections) implements SectionReader {

    @Override
    public Set<String> names() {
        return sections.keySet();
    }

    @Override
    public Section read(String name) throws IOException {
        Section section = sections.get(name);
        if (section == null) {
            throw new FileNotFoundException(
                    "Version '" + version + "' has no section '" + name + "', it has " + sections.keySet());
        }
        return section;
    }
}
