package dev.latent.server.health;

import dev.latent.server.serving.ServingModels;
import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The health service ({@code grpc.health.v1}): {@code ""} for the whole, each service by its full name, and each model
 * that should be live by its plain name. The whole serves when every live alias answers. Thread-safe.
 */
public final class HealthStates {

    private final HealthStatusManager manager = new HealthStatusManager();
    private final ServingModels serving;
    private final Readiness readiness;
    private final Object lock = new Object();
    private final Set<String> shown = new HashSet<>();
    private List<String> services = List.of();
    private boolean stopped;

    @Inject
    HealthStates(ServingModels serving, Readiness readiness) {
        this.serving = serving;
        this.readiness = readiness;
        update();
    }

    /** The service to be mounted. */
    public BindableService service() {
        return manager.getHealthService();
    }

    /**
     * Follows the models from now on; to be called once they are loaded.
     *
     * @param names services that are mounted
     */
    public void begin(Collection<String> names) {
        synchronized (lock) {
            services = List.copyOf(names);
        }
        readiness.serving();
        serving.addListener(_ -> update());
    }

    /** Tells everybody to go elsewhere, for good. */
    public void stop() {
        readiness.stopping();
        synchronized (lock) {
            stopped = true;
            manager.enterTerminalState();
        }
    }

    /** Shows what is true now. Listeners may be told in any order, so what they are told is not used. */
    private void update() {
        synchronized (lock) {
            if (stopped) {
                return;
            }
            Map<String, Boolean> models = serving.liveModels();
            shown.stream().filter(model -> !models.containsKey(model)).forEach(manager::clearStatus);
            shown.clear();
            models.forEach((model, answers) -> manager.setStatus(model, status(answers)));
            shown.addAll(models.keySet());
            manager.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status(readiness.isReady()));
            services.forEach(service -> manager.setStatus(service, ServingStatus.SERVING));
        }
    }

    private static ServingStatus status(boolean serves) {
        return serves ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    }
}
