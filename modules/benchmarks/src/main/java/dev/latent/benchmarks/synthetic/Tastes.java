package dev.latent.benchmarks.synthetic;

import dev.latent.evaluation.Measurement;
import dev.latent.evaluation.PopularityBaseline;
import dev.latent.evaluation.RankingEvaluator;
import dev.latent.evaluation.RelevanceRule;
import dev.latent.math.SeededRandom;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.Snapshot;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The truth behind positives: 100 topics. Each item spreads its popularity over them by a sparse Dirichlet (0.015 a topic);
 * each user mixes them by a Dirichlet of total weight 1 around their overall shares. A positive is, with probability 0.9, a
 * topic of the user and then an item of that topic, else an item by popularity.
 */
final class Tastes {

    static final int TOPICS = 100;

    private static final double SPREAD = 0.015;
    private static final double CONCENTRATION = 1;
    private static final double BACKGROUND = 0.1;
    private static final double NEVER_ZERO = 1e-12;

    /** Numbers of the random streams; that of user u is {@code FIRST_USER + u}. */
    private static final int SPREADING = 11;

    private static final long FIRST_USER = 1000;

    private final double[] popularity;
    private final double[] itemWeights;
    private final double[] topicShares;
    private final Cumulative byPopularity;
    private final Cumulative[] byTopic;
    private final long seed;

    private Tastes(double[] popularity, double[] itemWeights, long seed) {
        this.popularity = popularity;
        this.itemWeights = itemWeights;
        this.seed = seed;
        byPopularity = Cumulative.of(popularity);
        topicShares = new double[TOPICS];
        byTopic = new Cumulative[TOPICS];
        for (int topic = 0; topic < TOPICS; topic++) {
            double[] weights = new double[popularity.length];
            for (int item = 0; item < weights.length; item++) {
                weights[item] = itemWeights[item * TOPICS + topic];
                topicShares[topic] += weights[item];
            }
            byTopic[topic] = Cumulative.of(weights);
        }
    }

    static Tastes draw(double[] popularity, long seed) {
        SeededRandom random = SeededRandom.of(seed, SPREADING);
        double[] weights = new double[popularity.length * TOPICS];
        for (int item = 0; item < popularity.length; item++) {
            double sum = 0;
            for (int index = item * TOPICS; index < (item + 1) * TOPICS; index++) {
                weights[index] = GammaDraw.next(SPREAD, random) + NEVER_ZERO;
                sum += weights[index];
            }
            for (int index = item * TOPICS; index < (item + 1) * TOPICS; index++) {
                weights[index] *= popularity[item] / sum;
            }
        }
        return new Tastes(popularity, weights, seed);
    }

    /** How a user mixes the topics: one share a topic. The same each time it is asked. */
    double[] topicsOf(int user) {
        SeededRandom random = SeededRandom.of(seed, FIRST_USER + user);
        double[] shares = new double[TOPICS];
        double sum = 0;
        for (int topic = 0; topic < TOPICS; topic++) {
            shares[topic] = GammaDraw.next(CONCENTRATION * topicShares[topic], random) + NEVER_ZERO;
            sum += shares[topic];
        }
        for (int topic = 0; topic < TOPICS; topic++) {
            shares[topic] /= sum;
        }
        return shares;
    }

    /** An item for a user who mixes topics so. */
    int drawItem(Cumulative topics, SeededRandom random) {
        Cumulative law = random.nextDouble() < BACKGROUND ? byPopularity : byTopic[topics.find(random.nextDouble())];
        return law.find(random.nextDouble());
    }

    /** What the truth, which knows each user's mix, and popularity reach on the test; the fold-in is left out of the lists. */
    Map<String, Double> facts(int[] users, Snapshot train, Snapshot foldIn, Snapshot test) {
        RankingEvaluator evaluator = new RankingEvaluator(
                        List.of(20), RelevanceRule.ALL, Runtime.getRuntime().availableProcessors())
                .ofHeldOutUsers();
        Map<String, Double> facts = new LinkedHashMap<>();
        facts.put("held_out_users", (double) users.length);
        try (Arena arena = Arena.ofShared()) {
            facts.put("recall@20_planted", recall(evaluator.evaluate(truth(users, arena), foldIn, test)));
        }
        PopularityBaseline popular = new PopularityBaseline(train, RelevanceRule.ALL);
        facts.put("recall@20_popularity", recall(evaluator.evaluate(popular, foldIn, test)));
        return facts;
    }

    private static double recall(Measurement measured) {
        return measured.metrics().getOrDefault("recall@20", 0.0);
    }

    /** The probability of each item for each user, as a model of 100 factors. */
    private EmbeddingModel truth(int[] users, Arena arena) {
        FloatMatrix userTopics = FloatMatrix.allocate(arena, users.length, TOPICS);
        for (int user = 0; user < users.length; user++) {
            double[] shares = topicsOf(users[user]);
            for (int topic = 0; topic < TOPICS; topic++) {
                userTopics.set(user, topic, (float) ((1 - BACKGROUND) * shares[topic]));
            }
        }
        FloatMatrix itemsOfTopics = FloatMatrix.allocate(arena, popularity.length, TOPICS);
        FloatMatrix background = FloatMatrix.allocate(arena, popularity.length, 1);
        for (int item = 0; item < popularity.length; item++) {
            background.set(item, 0, (float) (BACKGROUND * popularity[item]));
            for (int topic = 0; topic < TOPICS; topic++) {
                itemsOfTopics.set(item, topic, (float) (itemWeights[item * TOPICS + topic] / topicShares[topic]));
            }
        }
        return EmbeddingModel.builder(userTopics, itemsOfTopics)
                .itemBiases(background)
                .build();
    }
}
