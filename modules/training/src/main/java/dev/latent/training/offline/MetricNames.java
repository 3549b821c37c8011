package dev.latent.training.offline;

import dev.latent.evaluation.Metric;
import dev.latent.evaluation.Metric.Kind;
import dev.latent.spi.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The metrics of an evaluation, by the names they were asked for. For users who are held out from the training, {@code
 * recall@K} is the capped recall, as the papers of that protocol have it.
 *
 * @param byName in the order asked for
 */
record MetricNames(Map<String, Metric> byName) {

    private static final List<String> RANKING = List.of("ndcg@10", "recall@20", "hr@10", "coverage@10");
    private static final List<String> SAMPLED = List.of("hr@10", "ndcg@10");
    private static final List<String> HELD_OUT = List.of("ndcg@100", "recall@20", "recall@50");
    private static final List<String> RATING = List.of("rmse", "mae");

    static MetricNames of(List<String> asked, ProtocolTraits protocol, Task task) {
        Map<String, Metric> byName = new LinkedHashMap<>();
        for (Metric metric : Metric.parseAll(asked.isEmpty() ? defaults(protocol, task) : asked)) {
            boolean capped = protocol.holdsOutUsers() && metric.kind() == Kind.RECALL;
            byName.put(metric.toString(), capped ? new Metric(Kind.CAPPED_RECALL, metric.cutoff()) : metric);
        }
        return new MetricNames(byName);
    }

    private static List<String> defaults(ProtocolTraits protocol, Task task) {
        if (task == Task.RATING) {
            return RATING;
        }
        return protocol.holdsOutUsers() ? HELD_OUT : protocol.ranksSamples() ? SAMPLED : RANKING;
    }

    /** What is to be measured. */
    List<Metric> measured() {
        return byName.values().stream().distinct().toList();
    }

    /** Gives values the names that were asked for. */
    <T> Map<String, T> rename(Map<String, T> values) {
        Map<String, T> renamed = new LinkedHashMap<>();
        byName.forEach((name, metric) -> {
            T value = values.get(metric.toString());
            if (value != null) {
                renamed.put(name, value);
            }
        });
        return renamed;
    }

    Map<String, String> definitions() {
        Map<String, String> definitions = new LinkedHashMap<>();
        byName.forEach((name, metric) -> definitions.put(name, metric.definition()));
        return definitions;
    }
}
