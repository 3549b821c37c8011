package dev.latent.server.training;

import dev.latent.training.tunings.TuningNews;
import dev.latent.training.tunings.TuningService;
import dev.latent.v1.WatchTuningResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client following a search at its own pace: all news stays with the search, so nothing queues here. Thread-safe.
 */
final class TuningFollower {

    private static final Logger LOG = LoggerFactory.getLogger(TuningFollower.class);

    private final TuningService tunings;
    private final String id;
    private final ServerCallStreamObserver<WatchTuningResponse> responses;
    private int sent;
    private boolean closed;
    private @Nullable AutoCloseable following;

    TuningFollower(
            TuningService tunings, String id, int after, ServerCallStreamObserver<WatchTuningResponse> responses) {
        this.tunings = tunings;
        this.id = id;
        this.sent = after;
        this.responses = responses;
    }

    /** Begins to follow; must be called before the call's method returns. */
    void start() {
        responses.setOnReadyHandler(this::send);
        responses.setOnCancelHandler(this::close);
        AutoCloseable opened = tunings.follow(id, this::send);
        synchronized (this) {
            following = opened;
            if (closed) { // by a call that was over before there was anything to close
                close();
            }
        }
        send();
    }

    private synchronized void send() {
        boolean ended = false;
        List<TuningNews> news = closed ? List.of() : tunings.news(id, sent);
        for (TuningNews item : news) {
            if (!responses.isReady()) {
                return; // the ready handler comes back
            }
            responses.onNext(TuningMessages.news(++sent, item));
            ended = item.tuning().isPresent() && item.tuning().get().state().isFinal();
        }
        if (!closed && (ended || (news.isEmpty() && tunings.get(id).state().isFinal()))) {
            close();
            responses.onCompleted();
        }
    }

    private synchronized void close() {
        closed = true;
        if (following != null) {
            try {
                following.close();
            } catch (Exception e) { // of AutoCloseable
                LOG.warn("A follower of {} could not be closed", id, e);
            }
        }
    }
}
