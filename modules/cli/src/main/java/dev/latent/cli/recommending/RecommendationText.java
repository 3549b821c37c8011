package dev.latent.cli.recommending;

import dev.latent.cli.terminal.Json;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Words;
import dev.latent.v1.Recommendation;
import java.util.List;
import java.util.Map;

/** Recommendations in words. */
final class RecommendationText {

    private RecommendationText() {}

    static Table table(List<Recommendation> recommendations) {
        Table table = Table.of(">RANK", ">ITEM", ">SCORE", "TITLE");
        int rank = 0;
        for (Recommendation recommendation : recommendations) {
            table.row(
                    ++rank,
                    recommendation.getItemId(),
                    Words.number(recommendation.getScore()),
                    recommendation.getTitle());
        }
        return table;
    }

    static List<Map<String, Object>> json(List<Recommendation> recommendations) {
        return recommendations.stream()
                .map(recommendation -> Json.object(
                        "item_id", recommendation.getItemId(),
                        "score", recommendation.getScore(),
                        "title", recommendation.getTitle()))
                .toList();
    }

    /** How an answer came about, for a person. */
    static String origin(String version, String fallback, boolean foldedIn, boolean fromFeatures) {
        String why = switch (fallback) {
            case "" -> origin(foldedIn, fromFeatures);
            case "unknown_user" ->
                ": nothing is known of this user, so these are the most popular items (fallback unknown_user)";
            case "no_fold_in" ->
                ": this version cannot take in users who came later, so these are the most popular items"
                        + " (fallback no_fold_in)";
            default -> ": fallback " + fallback;
        };
        return "From " + version + why;
    }

    private static String origin(boolean foldedIn, boolean fromFeatures) {
        if (fromFeatures) {
            return ": by what is known of this user, who has no interactions that count";
        }
        return foldedIn ? ": solved from interactions that came after it was trained" : "";
    }
}
