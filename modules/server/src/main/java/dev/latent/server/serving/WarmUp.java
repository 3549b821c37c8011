package dev.latent.server.serving;

import dev.latent.models.Version;
import dev.latent.retrieval.ItemFilter;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.History;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks a version for recommendations before anybody else does, so that its pages are in memory and the code that scans it
 * is compiled: a first scan takes tens of times longer than a warm one.
 */
final class WarmUp {

    private static final int MAX_REQUESTS = 3_000;
    private static final int K = 20;

    private final ServingView view;
    private final Version version;
    private final Duration longest;

    WarmUp(ServingView view, Version version, Duration longest) {
        this.view = view;
        this.version = version;
        this.longest = longest;
    }

    void run() {
        long users = version.users().size();
        if (users == 0 || version.items().size() == 0) {
            return;
        }
        long end = System.nanoTime() + longest.toNanos();
        for (int request = 0; request < MAX_REQUESTS && System.nanoTime() < end; request++) {
            Subject subject = subject(request * 31L % users);
            view.search(
                    subject,
                    ItemFilter.ALL.excluding(request % (int) version.items().size()),
                    K);
        }
    }

    private Subject subject(long user) {
        Optional<EmbeddingModel> model = version.embedding();
        History none = new History(new int[0], new float[0]);
        if (model.isEmpty()) {
            return new Subject(Subject.Kind.HISTORY, new float[0], 0, none, new int[0]);
        }
        float[] vector = new float[model.get().rank()];
        model.get().users().readRow(user, vector, 0);
        return new Subject(Subject.Kind.TRAINED, vector, 0, none, new int[0]);
    }
}
