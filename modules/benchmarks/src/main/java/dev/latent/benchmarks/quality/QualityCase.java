package dev.latent.benchmarks.quality;

import dev.latent.spi.Algorithm;
import dev.latent.spi.Hyperparameter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What one row of the quality table measures.
 *
 * @param dataset folder of the data
 * @param protocol how train and test are parted and what is measured
 * @param label by which targets name the row
 * @param algorithm its name
 * @param given hyperparameters that make the row what it is; what was found by tuning comes on top
 * @param isRandom whether the result depends on the seed of the training
 */
record QualityCase(
        String dataset,
        Protocol protocol,
        String label,
        String algorithm,
        Map<String, String> given,
        boolean isRandom) {

    static final String WALS = "wals";
    static final String WALS_EXPLICIT = "wals explicit";
    static final String SGD = "sgd";
    static final String BPR = "sgd bpr";
    static final String WARP = "sgd warp";
    static final String FEATURES = "sgd features";
    static final String EASE = "ease";
    static final String ITEM_KNN = "item-knn";
    static final String POPULARITY = "popularity";

    static final String SMALL = "ml-latest-small";
    static final String FOLDS = "ml-100k";

    /** The sets of the ranking rows, small ones first. */
    static final List<String> RANKED =
            List.of(SMALL, FOLDS, "msweb", "movietweetings-100k", "online-retail", "lastfm-hetrec2011");

    /** As published, every interaction counts, and for EASE as 1. */
    private static final Map<String, String> EVERY_INTERACTION = Map.of("minimum_value", "0");

    /**
     * Rows alike in strength: the vectors of genres follow the many rare films too. Pairs of genres tell what neither does. Chosen
     * on three other tenths of the items, hidden within the training part.
     */
    private static final Map<String, String> GENRES = Map.of(
            "loss", "bpr",
            "features", "own",
            "feature_pairs", "0.7",
            "factors", "48",
            "epochs", "15",
            "learning_rate", "0.06",
            "regularization", "0.3",
            "bias_regularization", "0.03",
            "regularization_exponent", "0",
            "negatives", "4");

    private static final Map<String, String> COUNTED = Map.of("minimum_value", "0", "weight", "count");

    QualityCase {
        given = Map.copyOf(given);
    }

    /** By this name its tuned hyperparameters are kept. */
    String key() {
        return dataset + "/" + label;
    }

    /** What makes the row what it is and the algorithm does not accept. */
    Map<String, String> missing(Algorithm offered) {
        Map<String, String> missing = new TreeMap<>(given);
        for (Hyperparameter declared : offered.hyperparameters()) {
            String value = given.get(declared.name());
            if (value != null && declared.violation(value).isEmpty()) {
                missing.remove(declared.name());
            }
        }
        return missing;
    }

    /** All rows, in the order of the table. */
    static List<QualityCase> all() {
        Stream<QualityCase> ratings = Stream.of(
                rating(FOLDS, Protocol.OFFICIAL_FOLDS, SGD, SGD, Map.of()),
                rating(FOLDS, Protocol.OFFICIAL_FOLDS, WALS_EXPLICIT, WALS, Map.of("feedback", "explicit")),
                rating(SMALL, Protocol.SEEDED_FOLDS, SGD, SGD, Map.of()),
                rating(SMALL, Protocol.SEEDED_FOLDS, WALS_EXPLICIT, WALS, Map.of("feedback", "explicit")));
        QualityCase cold = new QualityCase(SMALL, Protocol.COLD_ITEMS, FEATURES, SGD, GENRES, true);
        return Stream.of(ratings, RANKED.stream().flatMap(QualityCase::rankings), Stream.of(cold))
                .flatMap(rows -> rows)
                .toList();
    }

    private static QualityCase rating(
            String dataset, Protocol protocol, String label, String algorithm, Map<String, String> given) {
        return new QualityCase(dataset, protocol, label, algorithm, given, true);
    }

    private static Stream<QualityCase> rankings(String dataset) {
        return Stream.of(
                ranking(dataset, POPULARITY, POPULARITY, Map.of(), false),
                ranking(dataset, EASE, EASE, COUNTED, false),
                ranking(dataset, ITEM_KNN, ITEM_KNN, EVERY_INTERACTION, false),
                ranking(dataset, WALS, WALS, Map.of(), true),
                ranking(dataset, BPR, SGD, Map.of("loss", "bpr"), true),
                ranking(dataset, WARP, SGD, Map.of("loss", "warp"), true));
    }

    private static QualityCase ranking(
            String dataset, String label, String algorithm, Map<String, String> given, boolean isRandom) {
        return new QualityCase(dataset, Protocol.LEAVE_LAST_OUT, label, algorithm, given, isRandom);
    }
}
