package dev.latent.plugins;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown inside this package when a candidate does not become a loaded plugin. */
final class PluginRefusedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final PluginStatus.State state;
    private final String reason;

    private final boolean nameTaken;

    private PluginRefusedException(
            PluginStatus.State state, String reason, boolean nameTaken, @Nullable Throwable cause) {
        super(reason, cause);
        this.state = state;
        this.reason = reason;
        this.nameTaken = nameTaken;
    }

    static PluginRefusedException rejected(String reason) {
        return new PluginRefusedException(PluginStatus.State.REJECTED, reason, false, null);
    }

    static PluginRefusedException nameTaken(String reason) {
        return new PluginRefusedException(PluginStatus.State.REJECTED, reason, true, null);
    }

    static PluginRefusedException failed(String reason) {
        return new PluginRefusedException(PluginStatus.State.FAILED, reason, false, null);
    }

    static PluginRefusedException failed(Throwable cause) {
        return new PluginRefusedException(PluginStatus.State.FAILED, FailureReason.of(cause), false, cause);
    }

    PluginStatus.State state() {
        return state;
    }

    String reason() {
        return reason;
    }

    /** Whether the same candidate may load once another plugin is gone. */
    boolean isNameTaken() {
        return nameTaken;
    }
}
