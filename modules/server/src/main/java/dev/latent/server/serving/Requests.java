package dev.latent.server.serving;

import dev.latent.interactions.Interaction;
import dev.latent.interactions.RepeatPolicy;
import dev.latent.interactions.UserHistory;
import dev.latent.server.errors.FieldChecks;
import dev.latent.v1.History;
import dev.latent.v1.ItemFilter;
import dev.latent.v1.RecommendRequest;
import dev.latent.v1.ScoreRequest;
import dev.latent.v1.SimilarItemsRequest;
import java.util.ArrayList;
import java.util.List;

/** Checks requests of the recommender service and reads from them what the search needs. */
final class Requests {

    static final int DEFAULT_K = 10;
    static final int MAX_K = 1_000;
    static final int MAX_BATCH = 1_000;
    private static final int MAX_LISTED_ITEMS = 100_000;
    private static final int MAX_CATEGORIES = 1_000;
    private static final int MAX_SCORED_ITEMS = 10_000;
    private static final int MAX_HISTORY = 10_000;

    private Requests() {}

    static void check(RecommendRequest request) {
        FieldChecks checks = new FieldChecks().name("model", request.getModel());
        alias(checks, request.getAlias());
        checks.require(
                request.getSubjectCase() != RecommendRequest.SubjectCase.SUBJECT_NOT_SET,
                "subject",
                "is missing, expected user_id or history");
        if (request.hasUserId()) {
            checks.id("user_id", request.getUserId());
        }
        if (request.hasHistory()) {
            history(checks, request.getHistory());
        }
        checks.notNegative("k", request.getK());
        filter(checks, request.getFilter());
        checks.check();
    }

    static void check(ScoreRequest request) {
        FieldChecks checks = new FieldChecks().name("model", request.getModel());
        alias(checks, request.getAlias());
        checks.require(
                request.getSubjectCase() != ScoreRequest.SubjectCase.SUBJECT_NOT_SET,
                "subject",
                "is missing, expected user_id or history");
        if (request.hasUserId()) {
            checks.id("user_id", request.getUserId());
        }
        if (request.hasHistory()) {
            history(checks, request.getHistory());
        }
        checks.require(request.getItemIdsCount() > 0, "item_ids", "is empty, expected 1 to " + MAX_SCORED_ITEMS);
        checks.atMost("item_ids", request.getItemIdsCount(), MAX_SCORED_ITEMS);
        checks.check();
    }

    static void check(SimilarItemsRequest request) {
        FieldChecks checks = new FieldChecks().name("model", request.getModel());
        alias(checks, request.getAlias());
        checks.id("item_id", request.getItemId()).notNegative("k", request.getK());
        filter(checks, request.getFilter());
        checks.check();
    }

    private static void alias(FieldChecks checks, String alias) {
        if (!alias.isEmpty()) {
            checks.name("alias", alias);
        }
    }

    private static void history(FieldChecks checks, History history) {
        checks.atMost("history.interactions", history.getInteractionsCount(), MAX_HISTORY);
        int shown = Math.min(MAX_HISTORY, history.getInteractionsCount());
        for (int index = 0; index < shown; index++) {
            dev.latent.v1.Interaction interaction = history.getInteractions(index);
            String field = "history.interactions[" + index + "]";
            checks.id(field + ".item_id", interaction.getItemId());
            checks.require(
                    Float.isFinite(interaction.getValue()),
                    field + ".value",
                    "is " + interaction.getValue() + ", expected a finite number");
        }
    }

    private static void filter(FieldChecks checks, ItemFilter filter) {
        checks.atMost("filter.allowed_item_ids", filter.getAllowedItemIdsCount(), MAX_LISTED_ITEMS)
                .atMost("filter.denied_item_ids", filter.getDeniedItemIdsCount(), MAX_LISTED_ITEMS)
                .atMost("filter.categories", filter.getCategoriesCount(), MAX_CATEGORIES);
    }

    /** How many items, with the default and the cap. */
    static int k(int asked) {
        return asked == 0 ? DEFAULT_K : Math.min(asked, MAX_K);
    }

    /** The alias, with the default. */
    static String aliasOf(String asked) {
        return asked.isEmpty() ? ServingModels.LIVE : asked;
    }

    /** The history that came with a request. */
    static UserHistory historyOf(History history) {
        List<Interaction> interactions = new ArrayList<>(history.getInteractionsCount());
        for (dev.latent.v1.Interaction interaction : history.getInteractionsList()) {
            interactions.add(new Interaction(
                    "visitor",
                    interaction.getItemId(),
                    interaction.hasValue() ? interaction.getValue() : 1,
                    interaction.hasTime() ? interaction.getTime().getSeconds() : 0,
                    interaction.getType().isEmpty() ? "rating" : interaction.getType()));
        }
        return UserHistory.of(interactions, RepeatPolicy.LAST);
    }
}
