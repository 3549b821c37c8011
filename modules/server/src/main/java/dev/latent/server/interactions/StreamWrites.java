package dev.latent.server.interactions;

import dev.latent.interactions.Interaction;
import dev.latent.interactions.InteractionStore;
import dev.latent.server.datasets.DatasetChanges;
import dev.latent.server.telemetry.StoreMeters;
import dev.latent.v1.WriteInteractionsRequest;
import dev.latent.v1.WriteInteractionsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Writes what streams bring. Each stream waits for the disk on a virtual thread of its own, so that any number of them
 * share a group commit. Thread-safe.
 */
final class StreamWrites implements AutoCloseable {

    private final InteractionStore store;
    private final DatasetChanges changes;
    private final StoreMeters meters;
    private final Clock clock;
    private final ExecutorService writers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("write-", 0).factory());

    private final Set<WriteStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    @Inject
    StreamWrites(InteractionStore store, DatasetChanges changes, StoreMeters meters, Clock clock) {
        this.store = store;
        this.changes = changes;
        this.meters = meters;
        this.clock = clock;
    }

    StreamObserver<WriteInteractionsRequest> open(ServerCallStreamObserver<WriteInteractionsResponse> responses) {
        WriteStream stream = new WriteStream(this, responses);
        open.add(stream);
        if (ended) {
            stream.end();
        }
        return stream;
    }

    /** Ends all streams, and those that come later, once what they have brought is durable. */
    void endStreams() {
        ended = true;
        open.forEach(WriteStream::end);
    }

    /** Forgets a stream that has ended. */
    void forget(WriteStream stream) {
        open.remove(stream);
    }

    /** Checks a request and makes what is to be stored. */
    Batch batch(WriteInteractionsRequest request) {
        return Batch.of(request, clock.instant().getEpochSecond());
    }

    /** Runs work that waits for the disk. */
    void execute(Runnable work) {
        writers.execute(work);
    }

    /** Makes interactions durable, then tells who keeps something of these users. */
    void append(String dataset, List<Interaction> interactions) {
        long start = System.nanoTime();
        store.append(dataset, interactions);
        meters.appended(interactions.size(), System.nanoTime() - start);
        Set<String> users = new HashSet<>();
        for (Interaction interaction : interactions) {
            if (users.add(interaction.userId())) {
                changes.userChanged(dataset, interaction.userId());
            }
        }
    }

    /** Waits for the writes under way. */
    @Override
    public void close() {
        writers.close();
    }
}
