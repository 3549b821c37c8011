package dev.latent.interactions;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads the interactions of one user. */
final class HistoryReader {

    private static final int DEFAULT_PAGE = 100;
    private static final int MAX_PAGE = 10_000;
    private static final int TOKEN_BYTES = 16;

    private final DatasetFamily family;

    HistoryReader(DatasetFamily family) {
        this.family = family;
    }

    /** Combines all of a user's records by the dataset's policy. */
    UserHistory history(String userId) {
        int user = family.findUser(userId);
        byte[] records = user < 0 ? null : family.chunk(user, 0);
        if (records == null) {
            return UserHistory.EMPTY;
        }
        EntryTable table = new EntryTable(records.length / RecordFormat.BYTES);
        for (int chunk = 0; records != null; chunk++) {
            addAll(records, table, family.dataset().policy(), SnapshotOptions.ALWAYS);
            records = isLast(records) ? null : family.chunk(user, chunk + 1);
        }
        return UserHistory.of(table, family::itemId, family::typeName);
    }

    /** Adds the records that are not later than the given time. */
    static void addAll(byte[] records, EntryTable table, RepeatPolicy policy, long until) {
        for (int at = 0; at < records.length; at += RecordFormat.BYTES) {
            long time = RecordFormat.time(records, at);
            if (time <= until) {
                long key = RecordFormat.key(RecordFormat.item(records, at), RecordFormat.type(records, at));
                table.add(key, RecordFormat.value(records, at), time, policy);
            }
        }
    }

    private static boolean isLast(byte[] records) {
        return records.length < KeyFormat.CHUNK_RECORDS * RecordFormat.BYTES;
    }

    /** Where a page starts. */
    private record Position(int user, int chunk, int index) {}

    HistoryPage page(String userId, int pageSize, String pageToken) {
        if (pageSize < 0) {
            throw new InvalidValueException("page_size", "is " + pageSize + ", must be 0 (for 100) to " + MAX_PAGE);
        }
        int user = family.findUser(userId);
        Position start = pageToken.isEmpty() ? new Position(user, 0, 0) : parse(userId, pageToken);
        if (user < 0 || user != start.user) {
            return new HistoryPage(List.of(), "");
        }
        return page(userId, start, pageSize == 0 ? DEFAULT_PAGE : Math.min(pageSize, MAX_PAGE));
    }

    private HistoryPage page(String userId, Position start, int pageSize) {
        List<Interaction> page = new ArrayList<>();
        int chunk = start.chunk;
        int index = start.index;
        byte @Nullable [] records = family.chunk(start.user, chunk);
        while (records != null) {
            int count = records.length / RecordFormat.BYTES;
            while (index < count && page.size() < pageSize) {
                page.add(interaction(userId, records, index++ * RecordFormat.BYTES));
            }
            if (index < count) {
                return new HistoryPage(page, token(userId, new Position(start.user, chunk, index)));
            }
            index = 0;
            records = isLast(records) ? null : family.chunk(start.user, ++chunk);
        }
        return new HistoryPage(page, "");
    }

    private Interaction interaction(String userId, byte[] records, int at) {
        try {
            return new Interaction(
                    userId,
                    family.itemId(RecordFormat.item(records, at)),
                    RecordFormat.value(records, at),
                    RecordFormat.time(records, at),
                    family.typeName(RecordFormat.type(records, at)));
        } catch (InvalidValueException exception) {
            throw family.corrupt("a record of user '" + Names.shown(userId) + "': " + exception.getMessage());
        }
    }

    /** A token is the position and a checksum that binds it to dataset and user. */
    private String token(String userId, Position position) {
        ByteBuffer bytes = ByteBuffer.allocate(TOKEN_BYTES)
                .putInt(position.user)
                .putInt(position.chunk)
                .putInt(position.index);
        bytes.putInt(checksum(userId, bytes.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private Position parse(String userId, String token) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            if (bytes.length == TOKEN_BYTES) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                Position position = new Position(buffer.getInt(), buffer.getInt(), buffer.getInt());
                if (buffer.getInt() == checksum(userId, bytes) && position.chunk >= 0 && position.index >= 0) {
                    return position;
                }
            }
        } catch (IllegalArgumentException notBase64) {
            throw invalidToken(notBase64);
        }
        throw invalidToken(null);
    }

    private static InvalidValueException invalidToken(@Nullable Throwable cause) {
        InvalidValueException exception = new InvalidValueException(
                "page_token", "is not one that was given for this dataset and user; start again without one");
        if (cause != null) {
            exception.initCause(cause);
        }
        return exception;
    }

    private int checksum(String userId, byte[] token) {
        CRC32C crc = new CRC32C();
        crc.update(KeyFormat.ofText(KeyFormat.USER_ID, family.name()));
        crc.update(KeyFormat.ofText(KeyFormat.USER_NUMBER, userId));
        crc.update(token, 0, TOKEN_BYTES - Integer.BYTES);
        return (int) crc.getValue();
    }
}
