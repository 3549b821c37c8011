package dev.latent.evaluation;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The definitions of {@link RankingEvaluator}, read aloud: whole lists, sorted. */
final class NaiveRanking {

    private NaiveRanking() {}

    /** What a list is sorted by; ties keep the lower number first. */
    interface Score {
        double of(int user, int item);
    }

    static Map<String, Double> measure(Score score, Snapshot train, Snapshot test, List<Integer> cutoffs) {
        Map<String, Double> sums = new HashMap<>();
        Map<Integer, Set<Integer>> covered = new HashMap<>();
        Map<Integer, List<Integer>> listed = new HashMap<>();
        int users = 0;
        for (int user = 0; user < test.userCount(); user++) {
            Set<Integer> relevant = items(test.byUser(), user);
            if (relevant.isEmpty()) {
                continue;
            }
            users++;
            List<Integer> list = rank(score, train.itemCount(), user, items(train.byUser(), user));
            double reciprocal = 0;
            for (int index = list.size() - 1; index >= 0; index--) {
                reciprocal = relevant.contains(list.get(index)) ? 1.0 / (index + 1) : reciprocal;
            }
            sums.merge("mrr", reciprocal, Double::sum);
            for (int cutoff : cutoffs) {
                List<Integer> head = list.subList(0, Math.min(cutoff, list.size()));
                covered.computeIfAbsent(cutoff, _ -> new HashSet<>()).addAll(head);
                listed.computeIfAbsent(cutoff, _ -> new ArrayList<>()).addAll(head);
                long found = head.stream().filter(relevant::contains).count();
                int possible = Math.min(cutoff, relevant.size());
                double gain = 0;
                double ideal = 0;
                for (int index = 0; index < Math.max(possible, head.size()); index++) {
                    gain += index < head.size() && relevant.contains(head.get(index)) ? 1 / log2(index + 2) : 0;
                    ideal += index < possible ? 1 / log2(index + 2) : 0;
                }
                sums.merge("recall@" + cutoff, (double) found / relevant.size(), Double::sum);
                sums.merge("ndcg@" + cutoff, gain / ideal, Double::sum);
                sums.merge("hr@" + cutoff, found > 0 ? 1.0 : 0.0, Double::sum);
            }
        }
        int counted = users;
        sums.replaceAll((_, sum) -> sum / counted);
        Set<Integer> popular = popular(train);
        for (int cutoff : cutoffs) {
            Set<Integer> recommended = covered.getOrDefault(cutoff, Set.of());
            sums.put("coverage@" + cutoff, (double) recommended.size() / train.itemCount());
            List<Integer> all = listed.getOrDefault(cutoff, List.of());
            sums.put(
                    "popularity_share@" + cutoff,
                    (double) all.stream().filter(popular::contains).count() / all.size());
        }
        return sums;
    }

    private static Set<Integer> popular(Snapshot train) {
        List<Integer> items = new ArrayList<>();
        for (int item = 0; item < train.itemCount(); item++) {
            items.add(item);
        }
        items.sort((a, b) -> train.byItem().length(b) - train.byItem().length(a));
        return new HashSet<>(items.subList(0, (train.itemCount() + 9) / 10));
    }

    private static List<Integer> rank(Score score, int items, int user, Set<Integer> seen) {
        List<Integer> list = new ArrayList<>();
        for (int item = 0; item < items; item++) {
            if (!seen.contains(item)) {
                list.add(item);
            }
        }
        list.sort((a, b) -> Double.compare(score.of(user, b), score.of(user, a)));
        return list;
    }

    private static Set<Integer> items(SparseRows rows, int user) {
        Set<Integer> items = new HashSet<>();
        for (long position = rows.start(user); position < rows.end(user); position++) {
            items.add(rows.index(position));
        }
        return items;
    }

    static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
