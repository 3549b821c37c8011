package dev.latent.server.serving;

import dev.latent.interactions.InteractionStore;
import dev.latent.interactions.ItemRecord;
import dev.latent.retrieval.ItemFilter;
import dev.latent.retrieval.TopItems;
import dev.latent.server.errors.ApiException;
import dev.latent.storage.IdIndex;
import dev.latent.v1.ItemScore;
import dev.latent.v1.RecommendRequest;
import dev.latent.v1.RecommendResponse;
import dev.latent.v1.Recommendation;
import dev.latent.v1.ScoreRequest;
import dev.latent.v1.ScoreResponse;
import dev.latent.v1.SimilarItemsRequest;
import dev.latent.v1.SimilarItemsResponse;
import io.grpc.Status.Code;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Answers checked requests from a view that the caller holds. Thread-safe. */
final class Recommender {

    private final InteractionStore store;
    private final ServingModels serving;

    @Inject
    Recommender(InteractionStore store, ServingModels serving) {
        this.store = store;
        this.serving = serving;
    }

    RecommendResponse recommend(ServingView view, RecommendRequest request) {
        Subject subject = request.hasUserId()
                ? view.ofUser(request.getUserId())
                : view.ofHistory(Requests.historyOf(request.getHistory()));
        report(request.getModel(), request.getUserId(), subject);
        ItemFilter filter = filter(view, request.getFilter());
        if (!request.hasExcludeSeen() || request.getExcludeSeen()) {
            filter = filter.excluding(subject.seen());
        }
        TopItems found = view.search(subject, filter, Requests.k(request.getK()));
        return RecommendResponse.newBuilder()
                .addAllRecommendations(recommendations(view, found, request.getIncludeTitles()))
                .setVersion(view.id())
                .setFallback(subject.kind().fallback())
                .setFoldedIn(subject.kind() == Subject.Kind.FOLDED_IN)
                .setFromFeatures(subject.kind() == Subject.Kind.FROM_FEATURES)
                .build();
    }

    private void report(String model, String userId, Subject subject) {
        String fallback = subject.kind().fallback();
        if (!fallback.isEmpty()) {
            serving.events().fallback(model, fallback);
            if (serving.refusesUnknownUsers(model)) {
                throw ApiException.notFound(
                        "user", userId, "it has no usable interactions, and model '" + model + "' has no fallback");
            }
        } else if (subject.kind() == Subject.Kind.FOLDED_IN) {
            serving.events().foldedIn(model);
        }
    }

    SimilarItemsResponse similarItems(ServingView view, SimilarItemsRequest request) {
        int item = view.itemNumbers().find(request.getItemId());
        if (item < 0) {
            throw ApiException.notFound("item", request.getItemId(), "version " + view.id() + " was not trained on it");
        }
        TopItems found = view.similar(item, filter(view, request.getFilter()), Requests.k(request.getK()))
                .orElseThrow(() -> ApiException.of(
                        Code.FAILED_PRECONDITION,
                        "NO_ITEM_VECTORS",
                        "Version " + view.id() + " has no item vectors to compare; ask a model that was trained by an"
                                + " embedding algorithm such as wals or sgd",
                        Map.of("version", view.id())));
        return SimilarItemsResponse.newBuilder()
                .addAllItems(recommendations(view, found, request.getIncludeTitles()))
                .setVersion(view.id())
                .build();
    }

    ScoreResponse score(ServingView view, ScoreRequest request) {
        Subject subject = request.hasUserId()
                ? view.ofUser(request.getUserId())
                : view.ofHistory(Requests.historyOf(request.getHistory()));
        report(request.getModel(), request.getUserId(), subject);
        int[] numbers = numbers(view.itemNumbers(), request.getItemIdsList());
        int[] known = Arrays.stream(numbers).filter(number -> number >= 0).toArray();
        float[] scores = view.scores(subject, known);
        ScoreResponse.Builder response = ScoreResponse.newBuilder()
                .setVersion(view.id())
                .setFallback(subject.kind().fallback())
                .setFoldedIn(subject.kind() == Subject.Kind.FOLDED_IN)
                .setFromFeatures(subject.kind() == Subject.Kind.FROM_FEATURES);
        int next = 0;
        for (int position = 0; position < numbers.length; position++) {
            ItemScore.Builder score = response.addScoresBuilder().setItemId(request.getItemIds(position));
            if (numbers[position] >= 0) {
                score.setKnown(true).setScore(scores[next++]);
            }
        }
        return response.build();
    }

    private static ItemFilter filter(ServingView view, dev.latent.v1.ItemFilter asked) {
        ItemFilter filter = view.available(ItemFilter.ALL);
        if (asked.getAllowedItemIdsCount() > 0) {
            filter = filter.allowingOnly(numbers(view.itemNumbers(), asked.getAllowedItemIdsList()));
        }
        if (asked.getDeniedItemIdsCount() > 0) {
            filter = filter.excluding(numbers(view.itemNumbers(), asked.getDeniedItemIdsList()));
        }
        if (asked.getCategoriesCount() > 0) {
            filter = filter.withinAnyOf(view.categories(asked.getCategoriesList()));
        }
        return filter;
    }

    private static int[] numbers(IdIndex index, List<String> ids) {
        int[] numbers = new int[ids.size()];
        for (int position = 0; position < numbers.length; position++) {
            numbers[position] = index.find(ids.get(position));
        }
        return numbers;
    }

    private List<Recommendation> recommendations(ServingView view, TopItems found, boolean titles) {
        List<String> ids = new ArrayList<>(found.size());
        for (int item : found.items()) {
            ids.add(view.itemIds().get(item));
        }
        Map<String, ItemRecord> records =
                titles && store.findDataset(view.dataset()).isPresent() ? store.items(view.dataset(), ids) : Map.of();
        List<Recommendation> recommendations = new ArrayList<>(found.size());
        for (int position = 0; position < ids.size(); position++) {
            String id = ids.get(position);
            Recommendation.Builder recommendation =
                    Recommendation.newBuilder().setItemId(id).setScore(found.scores()[position]);
            ItemRecord item = records.get(id);
            if (item != null) {
                recommendation.setTitle(item.title());
            }
            recommendations.add(recommendation.build());
        }
        return recommendations;
    }
}
