package dev.latent.training.offline;

import dev.latent.evaluation.Estimate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation came to, as ordered maps of names, numbers and texts: the fields of {@code latent evaluate -o json}.
 * Immutable.
 */
public final class EvaluationReport {

    private final Map<String, Object> fields;

    private EvaluationReport(Map<String, Object> fields) {
        this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Collects the fields in the order in which they are shown. */
    static final class Builder {
        private final Map<String, Object> fields = new LinkedHashMap<>();

        Builder put(String name, Object value) {
            fields.put(name, value);
            return this;
        }

        Builder putEstimates(Map<String, Estimate> estimates) {
            Map<String, Object> all = new LinkedHashMap<>();
            estimates.forEach((name, estimate) -> {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("value", estimate.value());
                estimate.interval().ifPresent(interval -> {
                    one.put("low", interval.low());
                    one.put("high", interval.high());
                });
                all.put(name, one);
            });
            return put("metrics", all);
        }

        EvaluationReport build() {
            return new EvaluationReport(fields);
        }
    }

    /**
     * Returns all fields.
     *
     * @return maps, lists, numbers and strings; unmodifiable
     */
    public Map<String, Object> fields() {
        return fields;
    }

    /**
     * Returns one field of names and values.
     *
     * @param name such as {@code metrics}
     * @return by name; empty when there is no such field
     */
    public Map<?, ?> map(String name) {
        return fields.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    /**
     * Returns one field of texts.
     *
     * @param name such as {@code notes}
     * @return in order; empty when there is no such field
     */
    public List<?> list(String name) {
        return fields.get(name) instanceof List<?> list ? list : List.of();
    }
}
