package dev.latent.server.health;

import dev.latent.server.serving.ServingModels;
import jakarta.inject.Inject;
import java.util.List;

/** Whether the server should get requests, and why not. Thread-safe. */
public final class Readiness {

    /** Where a server is in its life. */
    private enum Phase {
        STARTING,
        SERVING,
        STOPPING
    }

    private final ServingModels serving;
    private volatile Phase phase = Phase.STARTING;

    @Inject
    Readiness(ServingModels serving) {
        this.serving = serving;
    }

    void serving() {
        phase = Phase.SERVING;
    }

    void stopping() {
        phase = Phase.STOPPING;
    }

    /** Whether everything is there that should be. */
    public boolean isReady() {
        return problems().isEmpty();
    }

    /** Why the server should get no requests, a line each; nothing when it is ready. */
    public List<String> problems() {
        return switch (phase) {
            case STARTING -> List.of("starting: versions are being opened and warmed");
            case STOPPING -> List.of("stopping: requests under way are finished, new ones go elsewhere");
            case SERVING ->
                serving.liveModels().entrySet().stream()
                        .filter(model -> !model.getValue())
                        .map(model -> why(model.getKey()))
                        .toList();
        };
    }

    private String why(String model) {
        String reason = serving.status(model, ServingModels.LIVE).reason();
        return "model " + model + ": no version answers" + (reason.isEmpty() ? "" : ": " + reason);
    }
}
