package dev.latent.interactions;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Group commit: of the threads that want to append, one at a time leads. It writes what all of them wait for in one synced
 * batch, tells them, and hands the lead to the next that waits. Numbers are given and counters kept by the leader alone,
 * so a batch never refers to an id that another, unfinished batch defines.
 *
 * <p>After a failed write nothing more is written: what the log holds is known only when the store is opened again.
 */
final class CommitQueue {

    private static final int GROUP_INTERACTIONS = 1 << 16;

    private enum Turn {
        LEAD,
        DONE
    }

    private static final class Append {
        final DatasetFamily family;
        final List<Interaction> interactions;
        final CompletableFuture<Turn> turn = new CompletableFuture<>();

        @Nullable
        RuntimeException failure;

        Append(DatasetFamily family, List<Interaction> interactions) {
            this.family = family;
            this.interactions = interactions;
        }
    }

    private final Database database;
    private final ReentrantLock commit = new ReentrantLock(true);
    private final ArrayDeque<Append> waiting = new ArrayDeque<>(); // guarded by itself, as is led
    private boolean led;
    private volatile @Nullable InteractionsException broken;

    CommitQueue(Database database) {
        this.database = database;
    }

    /** Appends in the order given, all or nothing; on the disk when it returns. */
    void append(DatasetFamily family, List<Interaction> interactions) {
        Append mine = new Append(family, interactions);
        boolean lead;
        synchronized (waiting) {
            waiting.add(mine);
            lead = !led;
            led = true;
        }
        if (lead || mine.turn.join() == Turn.LEAD) {
            lead();
        }
        if (mine.failure != null) {
            throw mine.failure;
        }
    }

    /** Commits one group, in which the leader's own append is the first. */
    private void lead() {
        List<Append> group = new ArrayList<>();
        commit.lock();
        try {
            fill(group);
            commitGroup(group);
        } finally {
            commit.unlock();
            handOver();
            group.forEach(append -> append.turn.complete(Turn.DONE));
        }
    }

    private void fill(List<Append> group) {
        long interactions = 0;
        synchronized (waiting) {
            while (!waiting.isEmpty() && (group.isEmpty() || interactions < GROUP_INTERACTIONS)) {
                Append next = waiting.remove();
                // Until the commit says otherwise: an error on the way must not look like success.
                next.failure = new InteractionStoreException("The commit of the group was not finished");
                interactions += next.interactions.size();
                group.add(next);
            }
        }
    }

    private void handOver() {
        synchronized (waiting) {
            Append next = waiting.peek();
            led = next != null;
            if (next != null) {
                next.turn.complete(Turn.LEAD);
            }
        }
    }

    /** A group that cannot be prepared is tried one by one, so that each append fails for its own reason only. */
    private void commitGroup(List<Append> group) {
        try {
            writeGroup(group);
            group.forEach(append -> append.failure = null);
        } catch (InteractionsException exception) {
            group.forEach(append -> append.family.clearCaches());
            if (group.size() == 1 || broken != null) {
                group.forEach(append -> append.failure = exception);
            } else {
                group.forEach(append -> commitGroup(List.of(append)));
            }
        }
    }

    private void writeGroup(List<Append> group) {
        try (WriteBatch batch = new WriteBatch()) {
            Map<DatasetFamily, FamilyWriter> writers = new LinkedHashMap<>();
            for (Append append : group) {
                FamilyWriter writer = writers.computeIfAbsent(append.family, family -> new FamilyWriter(family, batch));
                for (Interaction interaction : append.interactions) {
                    writer.add(interaction);
                }
            }
            for (FamilyWriter writer : writers.values()) {
                writer.finish();
            }
            write(batch);
            writers.values().forEach(FamilyWriter::publish);
        } catch (RocksDBException exception) {
            throw Database.failure("Cannot prepare a write", exception);
        }
    }

    /** Writes a batch; under the commit lock. */
    void write(WriteBatch batch) {
        checkWritable();
        try {
            database.write(batch);
        } catch (InteractionsException exception) {
            broken = exception;
            throw exception;
        }
    }

    /** Moves table files into a dataset; under the commit lock. */
    void ingest(DatasetFamily family, List<Path> files) {
        checkWritable();
        database.ingest(family.handle(), files);
    }

    private void checkWritable() {
        InteractionsException reason = broken;
        if (reason != null) {
            throw new InteractionStoreException(
                    "Nothing is written since a write failed (" + reason.getMessage()
                            + "); reading goes on; restart when the disk is well again",
                    reason);
        }
    }

    /** Runs something that reads and changes numbers or counters while no append does. */
    <T> T exclusively(Supplier<T> work) {
        commit.lock();
        try {
            return work.get();
        } finally {
            commit.unlock();
        }
    }
}
