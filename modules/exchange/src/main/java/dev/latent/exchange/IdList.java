package dev.latent.exchange;

import dev.latent.storage.StringTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A list of ids: UTF-8, one a line, in the order of the rows they belong to; gzip or not. */
final class IdList {

    private IdList() {}

    static StringTable read(Path path, String subject, Scratch scratch) throws IOException {
        TextFile file = TextFile.open(path, subject, scratch);
        IdTableBuilder ids =
                new IdTableBuilder(scratch, file.countLines(), file.bytes().byteSize(), subject);
        file.forEach((number, start, end) -> {
            if (start == end) {
                throw new ExchangeException(
                        subject + " line " + number, "is empty, expected an id on each line, one for each row");
            }
            ids.add(file.bytes(), start, end - start);
        });
        return ids.build();
    }

    static void write(Path path, StringTable ids) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(path, StandardOpenOption.CREATE_NEW)) {
            for (long row = 0; row < ids.size(); row++) {
                out.write(ids.get(row));
                out.write('\n');
            }
        }
    }
}
