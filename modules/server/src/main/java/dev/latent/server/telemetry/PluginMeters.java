package dev.latent.server.telemetry;

import dev.latent.plugins.PluginRegistry;
import dev.latent.plugins.PluginStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.util.Locale;

/** Shows how many plugins are in which state. Thread-safe. */
public final class PluginMeters {

    @Inject
    PluginMeters(MeterRegistry registry, PluginRegistry plugins) {
        for (PluginStatus.State state : PluginStatus.State.values()) {
            Gauge.builder("latent.plugins", () -> count(plugins, state))
                    .description("Plugins found, by what became of them.")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    private static long count(PluginRegistry plugins, PluginStatus.State state) {
        return plugins.list().stream().filter(plugin -> plugin.state() == state).count();
    }
}
