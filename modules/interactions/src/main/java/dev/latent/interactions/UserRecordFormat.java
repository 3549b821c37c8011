package dev.latent.interactions;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** The bytes of a user record without its id, which is in the key: a format byte 1; its {@link Facts}. Big-endian. */
final class UserRecordFormat implements RecordKind.Format<UserRecord> {

    @Override
    public void write(UserRecord user, DataOutputStream out) throws IOException {
        user.facts().writeTo(out);
    }

    @Override
    public UserRecord read(String id, DataInputStream in) throws IOException {
        Facts facts = Facts.readFrom(in);
        return new UserRecord(id, facts.categories(), facts.attributes());
    }
}
