package dev.latent.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A measure by its name, such as {@code ndcg@10} or {@code rmse}. With R the relevant test items of a user, L the ranked list
 * without the items of the user's history, L[r] its entry at rank r from 1, and K the cutoff:
 *
 * <table>
 * <caption>Definitions</caption>
 * <tr><td>{@code recall@K}</td><td>|R ∩ L[1..K]| / |R| (LightGCN and most papers)</td></tr>
 * <tr><td>{@code capped_recall@K}</td><td>|R ∩ L[1..K]| / min(K, |R|) (Liang, Krishnan, Hoffman, Jebara, "Variational
 *     autoencoders for collaborative filtering", WWW 2018, section 4.2)</td></tr>
 * <tr><td>{@code ndcg@K}</td><td>Σ_{r ≤ K, L[r] ∈ R} 1/log2(r+1) over its largest possible value (Järvelin, Kekäläinen, TOIS
 *     2002, with gains of 0 and 1)</td></tr>
 * <tr><td>{@code hr@K}</td><td>1 when R ∩ L[1..K] is not empty, else 0 (He et al., "Neural collaborative filtering", WWW
 *     2017)</td></tr>
 * <tr><td>{@code precision@K}</td><td>|R ∩ L[1..K]| / K</td></tr>
 * <tr><td>{@code mrr@K}, {@code mrr}</td><td>1 / rank of the first relevant item, 0 when it is not in L[1..K] (Voorhees,
 *     TREC-8, 1999)</td></tr>
 * <tr><td>{@code map@K}, {@code map}</td><td>Σ_{r ≤ K, L[r] ∈ R} |R ∩ L[1..r]|/r over min(K, |R|)</td></tr>
 * <tr><td>{@code novelty@K}</td><td>mean of −log2(p_i) over L[1..K], p_i the share of training users with item i, at least
 *     one user (Zhou et al., PNAS 2010: self-information)</td></tr>
 * <tr><td>{@code ils@K}</td><td>mean cosine of the pairs of different items of L[1..K], by item vectors, else by the users
 *     they share (Ziegler et al., WWW 2005: intra-list similarity)</td></tr>
 * <tr><td>{@code coverage@K}</td><td>different items in all users' L[1..K] / items</td></tr>
 * <tr><td>{@code popularity_share@K}</td><td>share of all entries of the users' L[1..K] that are among the ⌈10 %⌉ of items with
 *     the most training interactions (ties: the lower number first)</td></tr>
 * <tr><td>{@code gini@K}</td><td>Gini coefficient of how often each item is in the users' L[1..K]; 0 when all items are
 *     equally often, near 1 when one has all</td></tr>
 * <tr><td>{@code rmse}, {@code mae}</td><td>of predictions clipped to the range of the training values, over all test
 *     interactions</td></tr>
 * </table>
 *
 * @param kind what is measured
 * @param cutoff K; {@link #WHOLE_LIST} without one
 */
public record Metric(Kind kind, int cutoff) {

    /** The cutoff of a measure that looks at the whole list, or at none. */
    public static final int WHOLE_LIST = Integer.MAX_VALUE;

    /** What is measured. */
    public enum Kind {
        /** The share of relevant items that were found. */
        RECALL(Form.CUT, "hits / relevant items"),
        /** The same, relative to the most that a list of K can find. */
        CAPPED_RECALL(Form.CUT, "hits / min(K, relevant items)"),
        /** Discounted cumulative gain, normalised. */
        NDCG(Form.CUT, "sum of 1/log2(rank+1) over hits / the most possible"),
        /** Whether something was found. */
        HR(Form.CUT, "1 when there is a hit, else 0"),
        /** The share of the list that is relevant. */
        PRECISION(Form.CUT, "hits / K"),
        /** How early the first relevant item comes. */
        MRR(Form.ANY, "1 / rank of the first hit"),
        /** Precision averaged over the hits. */
        MAP(Form.ANY, "sum of precision at each hit / min(K, relevant items)"),
        /** How little known the items of the list are, in bits. */
        NOVELTY(Form.CUT, "mean of -log2(share of training users with the item)"),
        /** How alike the items of the list are. */
        ILS(Form.CUT, "mean cosine of the pairs of the list"),
        /** The share of the catalogue that is shown to anyone. */
        COVERAGE(Form.CUT, "different items in all lists / items"),
        /** How much of what is shown is popular. */
        POPULARITY_SHARE(
                Form.CUT, "share of all lists' entries that are among the tenth of items with the most interactions"),
        /** How unequally the items are shown. */
        GINI(Form.CUT, "Gini coefficient of how often each item is in a list"),
        /** Root of the mean squared error. */
        RMSE(Form.NONE, "root of the mean squared error over test interactions"),
        /** Mean absolute error. */
        MAE(Form.NONE, "mean absolute error over test interactions");

        private final Form form;
        private final String definition;

        Kind(Form form, String definition) {
            this.form = form;
            this.definition = definition;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether a name has a cutoff. */
    private enum Form {
        CUT,
        ANY,
        NONE
    }

    /** Checks the cutoff. */
    public Metric {
        boolean fits = kind.form == Form.ANY || (kind.form == Form.CUT) == (cutoff != WHOLE_LIST);
        if (cutoff < 1 || !fits) {
            throw new IllegalArgumentException("Metric '" + kind.word() + "' "
                    + (kind.form == Form.NONE ? "takes no cutoff" : "needs a cutoff of at least 1")
                    + ", for example " + example(kind));
        }
    }

    private static String example(Kind kind) {
        return kind.word() + (kind.form == Form.NONE ? "" : "@10");
    }

    /**
     * Reads a name.
     *
     * @param text such as {@code ndcg@10}
     * @return the metric that is written so
     * @throws IllegalArgumentException when there is none, listing all
     */
    public static Metric parse(String text) {
        int at = text.indexOf('@');
        String word = at < 0 ? text : text.substring(0, at);
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(word)) {
                return new Metric(kind, at < 0 ? WHOLE_LIST : parseCutoff(text, text.substring(at + 1)));
            }
        }
        throw new IllegalArgumentException("Metric '" + text + "' is not one of " + names());
    }

    private static int parseCutoff(String text, String digits) {
        if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException(
                    "Metric '" + text + "' needs a whole number behind the @, for example ndcg@10");
        }
        return Integer.parseInt(digits);
    }

    private static String names() {
        return Arrays.stream(Kind.values())
                .map(kind -> kind.word() + (kind.form == Form.NONE ? "" : kind.form == Form.ANY ? "[@K]" : "@K"))
                .collect(Collectors.joining(", "));
    }

    /**
     * Reads several names.
     *
     * @param texts at least one; equal ones count once
     * @return in the order given
     * @throws IllegalArgumentException when one is not a metric
     */
    public static List<Metric> parseAll(List<String> texts) {
        return texts.stream().map(String::strip).map(Metric::parse).distinct().toList();
    }

    /**
     * Returns how this is computed.
     *
     * @return a phrase
     */
    public String definition() {
        return kind.definition;
    }

    /** Whether predicted values are compared, not ranks. */
    boolean isOfRatings() {
        return kind == Kind.RMSE || kind == Kind.MAE;
    }

    /** Whether it is over all lists together, so that it has no value of one user. */
    boolean isOfCatalogue() {
        return kind == Kind.COVERAGE || kind == Kind.GINI;
    }

    /** Whether it is a quotient of sums over all lists, not a mean over users. */
    boolean isPooled() {
        return kind == Kind.POPULARITY_SHARE;
    }

    /** Whether it needs nothing of the whole list but where its first relevant item is. */
    boolean isOfFirstRank() {
        return kind == Kind.MRR && cutoff == WHOLE_LIST;
    }

    /** Whether it depends on which items are relevant. */
    boolean isOfRelevance() {
        return switch (kind) {
            case RECALL, CAPPED_RECALL, NDCG, HR, PRECISION, MRR, MAP -> true;
            case NOVELTY, ILS, COVERAGE, POPULARITY_SHARE, GINI, RMSE, MAE -> false;
        };
    }

    @Override
    public String toString() {
        return kind.word() + (cutoff == WHOLE_LIST ? "" : "@" + cutoff);
    }
}
