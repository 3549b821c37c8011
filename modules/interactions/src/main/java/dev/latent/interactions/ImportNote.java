package dev.latent.interactions;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The note a dataset keeps of an import, under the fingerprint of its content. Its bytes: a format byte 2; int64
 * interactions, item records, skipped lines, user records, which format 1 did not have; uint16 number of files and the name of each (uint16 length, UTF-8).
 * Big-endian.
 */
record ImportNote(long interactions, long itemRecords, long userRecords, long skippedLines, List<String> files) {

    private static final int FORMAT = 2;
    private static final int FORMAT_WITHOUT_USER_RECORDS = 1;

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(interactions);
            out.writeLong(itemRecords);
            out.writeLong(skippedLines);
            out.writeLong(userRecords);
            out.writeShort(files.size());
            for (String file : files) {
                out.writeUTF(file);
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return bytes.toByteArray();
    }

    static ImportNote decode(String dataset, byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readByte();
            if (format < FORMAT_WITHOUT_USER_RECORDS || format > FORMAT) {
                throw new IOException("format byte " + format + ", expected at most " + FORMAT);
            }
            long interactions = in.readLong();
            long itemRecords = in.readLong();
            long skipped = in.readLong();
            long userRecords = format == FORMAT ? in.readLong() : 0;
            List<String> files = new ArrayList<>();
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                files.add(in.readUTF());
            }
            return new ImportNote(interactions, itemRecords, userRecords, skipped, files);
        } catch (IOException exception) {
            throw new CorruptInteractionsException(
                    "Dataset '" + dataset + "': the note of an import cannot be read: " + exception.getMessage(),
                    exception);
        }
    }
}
