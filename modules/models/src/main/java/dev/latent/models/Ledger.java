package dev.latent.models;

import java.util.List;

/**
 * A model's ledger as it was read.
 *
 * @param entries intact ones, oldest first
 * @param damage one sentence for each line that is damaged or missing; empty when all is well
 */
public record Ledger(List<LedgerEntry> entries, List<String> damage) {

    /** Copies the lists. */
    public Ledger {
        entries = List.copyOf(entries);
        damage = List.copyOf(damage);
    }
}
