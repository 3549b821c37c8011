package dev.latent.server.serving;

/**
 * Whether the version that an alias points to answers requests.
 *
 * @param state whether it does
 * @param target number of that version; 0 when the alias does not exist
 * @param serving number of the version that answers; 0 when none does
 * @param reason why the target does not answer; empty when it does
 */
public record AliasStatus(State state, int target, int serving, String reason) {

    /** Whether the target answers. */
    public enum State {
        /** It is being opened and warmed. */
        LOADING,
        /** It answers. */
        SERVING,
        /** It could not be opened. */
        FAILED
    }

    /** Whether some version answers. */
    public boolean answers() {
        return serving > 0;
    }
}
