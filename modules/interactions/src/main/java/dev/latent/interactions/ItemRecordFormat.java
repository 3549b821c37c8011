package dev.latent.interactions;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The bytes of an item record without its id, which is in the key: a format byte 1; a byte 1 when available; the title, a
 * uint16 length and modified UTF-8; its {@link Facts}. Big-endian.
 */
final class ItemRecordFormat implements RecordKind.Format<ItemRecord> {

    @Override
    public void write(ItemRecord item, DataOutputStream out) throws IOException {
        out.writeBoolean(item.available());
        out.writeUTF(item.title());
        item.facts().writeTo(out);
    }

    @Override
    public ItemRecord read(String id, DataInputStream in) throws IOException {
        boolean available = in.readBoolean();
        String title = in.readUTF();
        Facts facts = Facts.readFrom(in);
        return new ItemRecord(id, title, facts.categories(), facts.attributes(), available);
    }
}
