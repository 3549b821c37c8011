package dev.latent.interactions;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The bytes of an item record without its id, which is in the key: a format byte 1; a byte 1 when available; the title;
 * uint16 number of categories and each; uint16 number of attributes and each one's name and text. A text is a uint16
 * length and modified UTF-8. Big-endian.
 */
final class ItemRecordFormat {

    private static final int FORMAT = 1;

    private ItemRecordFormat() {}

    static byte[] encode(ItemRecord item) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeBoolean(item.available());
            out.writeUTF(item.title());
            out.writeShort(item.categories().size());
            for (String category : item.categories()) {
                out.writeUTF(category);
            }
            out.writeShort(item.attributes().size());
            for (Map.Entry<String, String> attribute : item.attributes().entrySet()) {
                out.writeUTF(attribute.getKey());
                out.writeUTF(attribute.getValue());
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return bytes.toByteArray();
    }

    static ItemRecord decode(String dataset, String id, byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readByte();
            if (format != FORMAT) {
                throw new CorruptInteractionsException("Dataset '" + dataset + "', item '" + Names.shown(id)
                        + "': the record has format " + format + ", expected " + FORMAT);
            }
            boolean available = in.readBoolean();
            String title = in.readUTF();
            List<String> categories = new ArrayList<>();
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                categories.add(in.readUTF());
            }
            Map<String, String> attributes = new TreeMap<>();
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                attributes.put(in.readUTF(), in.readUTF());
            }
            return new ItemRecord(id, title, categories, attributes, available);
        } catch (IOException | InvalidValueException exception) {
            throw new CorruptInteractionsException(
                    "Dataset '" + dataset + "', item '" + Names.shown(id) + "': the record of " + bytes.length
                            + " bytes cannot be read: " + exception.getMessage(),
                    exception);
        }
    }
}
