package dev.latent.algorithms.itemknn;

import dev.latent.math.WorkerPool;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;

/**
 * The weights behind the similarities. With x_iu what the interaction of user u with item i counts, n_u the number of
 * items of u, |I| the number of items, L_i = Σ_u x_iu and L̄ its mean:
 *
 * <pre>
 *   cosine   w_iu = x_iu                                                     s_ij = ⟨w_i, w_j⟩ / (‖w_i‖·‖w_j‖ + shrinkage)
 *   tfidf    w_iu = √x_iu · idf_u            idf_u = max(0, ln |I| − ln(1 + n_u))                       s_ij as cosine
 *   bm25     w_iu = x_iu·(K1 + 1) / (K1·(1 − B + B·L_i/L̄) + x_iu) · idf_u                            s_ij = ⟨w_i, w_j⟩
 * </pre>
 *
 * <p>TF-IDF and BM25 (Robertson and Zaragoza 2009) take a user for a term and an item for a document. Negative x count as 0
 * with tfidf and bm25. Immutable but for its construction; thread-safe.
 */
final class Weighting {

    private static final int TASK_ROWS = 1024;

    private final ItemKnnOptions options;
    private final SparseRows byItem;
    private final SparseRows byUser;
    private final double[] userFactor;
    private final double[] itemLength;
    private final double meanLength;
    private final double[] norm;

    Weighting(Snapshot snapshot, ItemKnnOptions options, WorkerPool pool) {
        this.options = options;
        byItem = snapshot.byItem();
        byUser = snapshot.byUser();
        userFactor = new double[byUser.rows()];
        itemLength = new double[byItem.rows()];
        norm = new double[byItem.rows()];
        pool.run(Math.ceilDiv(byUser.rows(), TASK_ROWS), (task, worker) -> {
            for (int user = task * TASK_ROWS; user < Math.min(byUser.rows(), (task + 1) * TASK_ROWS); user++) {
                userFactor[user] = factor(user);
            }
        });
        for (int item = 0; item < byItem.rows(); item++) {
            itemLength[item] = length(item);
        }
        meanLength = mean(itemLength);
        for (int item = 0; item < byItem.rows(); item++) {
            norm[item] = norm(item);
        }
    }

    private double factor(int user) {
        if (leavesOut(user)) {
            return 0;
        }
        if (options.similarity() == ItemKnnOptions.Similarity.COSINE) {
            return 1;
        }
        return Math.max(0, StrictMath.log(byUser.columns()) - StrictMath.log1p(byUser.length(user)));
    }

    private boolean leavesOut(int user) {
        return options.longestHistory() > 0 && byUser.length(user) > options.longestHistory();
    }

    /** Returns how many users are left out for the length of their history. */
    long leftOut() {
        long count = 0;
        for (int user = 0; user < byUser.rows(); user++) {
            count += leavesOut(user) ? 1 : 0;
        }
        return count;
    }

    private double length(int item) {
        double sum = 0;
        for (long position = byItem.start(item); position < byItem.end(item); position++) {
            sum += Math.max(0, options.rule().entry(byItem.value(position)));
        }
        return sum;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return values.length == 0 ? 0 : sum / values.length;
    }

    private double norm(int item) {
        double sum = 0;
        for (long position = byItem.start(item); position < byItem.end(item); position++) {
            double weight = weight(item, byItem.index(position), byItem.value(position));
            sum += weight * weight;
        }
        return Math.sqrt(sum);
    }

    /** Returns w_iu of an interaction's value; 0 when it counts nothing. */
    double weight(int item, int user, float value) {
        double entry = options.rule().entry(value);
        if (entry == 0 || userFactor[user] == 0) {
            return 0;
        }
        return switch (options.similarity()) {
            case COSINE -> entry;
            case TFIDF -> Math.sqrt(Math.max(0, entry)) * userFactor[user];
            case BM25 -> saturated(Math.max(0, entry), item) * userFactor[user];
        };
    }

    private double saturated(double entry, int item) {
        double b = options.lengthNormalization();
        double k1 = options.saturation() * (1 - b + b * itemLength[item] / meanLength);
        return entry * (options.saturation() + 1) / (k1 + entry);
    }

    /** Returns s_ij from ⟨w_i, w_j⟩. */
    double similarity(int item, int other, double product) {
        if (options.similarity() == ItemKnnOptions.Similarity.BM25) {
            return product;
        }
        double lengths = norm[item] * norm[other] + options.shrinkage();
        return lengths == 0 ? 0 : product / lengths;
    }
}
