package dev.latent.interactions;

import java.util.List;

/**
 * A part of one user's interactions as they were written, in the order of arrival, repeats not combined.
 *
 * @param interactions at most as many as were asked for
 * @param nextPageToken where the next page starts, empty after the last
 */
public record HistoryPage(List<Interaction> interactions, String nextPageToken) {

    /** Copies the list. */
    public HistoryPage {
        interactions = List.copyOf(interactions);
    }
}
