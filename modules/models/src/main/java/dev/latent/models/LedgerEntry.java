package dev.latent.models;

import java.time.Instant;

/**
 * Who changed what, when and why.
 *
 * @param sequence of the model's ledger, from 1 without gaps
 * @param time when, by the host's clock; the order is that of the sequence, whatever the clock did
 * @param action what was done
 * @param alias which was moved; empty for {@link Action#DELETE_VERSION}
 * @param version where the alias points now, or which version was removed
 * @param previous where the alias pointed before; 0 for nowhere
 * @param generation of the alias after the move; 0 for {@link Action#DELETE_VERSION}
 * @param actor who did it
 * @param reason why, in the actor's words
 */
public record LedgerEntry(
        long sequence,
        Instant time,
        Action action,
        String alias,
        int version,
        int previous,
        long generation,
        String actor,
        String reason) {

    /** What was done. */
    public enum Action {
        /** The alias was set to a chosen version. */
        PROMOTE,
        /** The alias was set back to an earlier version. */
        ROLLBACK,
        /** The alias was removed; {@code version} is 0. */
        REMOVE_ALIAS,
        /** A version that no alias points at was removed from the disk. */
        DELETE_VERSION
    }

    /** Checks the ranges. */
    public LedgerEntry {
        if (sequence < 1 || version < 0 || previous < 0 || generation < 0) {
            throw new IllegalArgumentException("A ledger entry counts from 1, got sequence " + sequence + ", version "
                    + version + ", previous " + previous + ", generation " + generation);
        }
        boolean ofAlias = action != Action.DELETE_VERSION;
        if (ofAlias ? !Names.isName(alias) || generation == 0 : !alias.isEmpty()) {
            throw new IllegalArgumentException(
                    "A ledger entry of " + action + " has alias '" + alias + "', generation " + generation);
        }
    }
}
