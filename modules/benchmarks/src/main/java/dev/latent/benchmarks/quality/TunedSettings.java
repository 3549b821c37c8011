package dev.latent.benchmarks.quality;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hyperparameters that tuning found for cases, as JSON: {@code {"DATASET/LABEL": {"set": {…}, "validation": 0.1, "trials":
 * 20, "seed": 1}}}. Those that come with this module were found on validation parts cut from the training parts: the README
 * says which by the tuner. Immutable.
 */
final class TunedSettings {

    private static final String RESOURCE = "tuned.json";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * What tuning found for one case.
     *
     * @param set hyperparameters
     * @param validation NDCG@10 or RMSE on a part cut from the training part
     * @param trials that were made
     * @param seed of the search
     */
    record Found(Map<String, String> set, double validation, int trials, long seed) {

        static final Found NOTHING = new Found(Map.of(), 0, 0, 0);

        Found {
            set = new TreeMap<>(set);
        }
    }

    private final Map<String, Found> byKey;

    TunedSettings(Map<String, Found> byKey) {
        this.byKey = new TreeMap<>(byKey);
    }

    /** Those that come with this module. */
    static TunedSettings bundled() throws IOException {
        try (InputStream stream = TunedSettings.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IOException("Resource " + RESOURCE + " is not on the class path; build the benchmarks again");
            }
            return new TunedSettings(JSON.readValue(stream, new TypeReference<Map<String, Found>>() {}));
        }
    }

    static TunedSettings read(Path file) throws IOException {
        return new TunedSettings(JSON.readValue(Files.readString(file), new TypeReference<Map<String, Found>>() {}));
    }

    void write(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(byKey) + "\n");
    }

    /** What was found for a case; nothing when it was not tuned. */
    Found of(QualityCase quality) {
        return byKey.getOrDefault(quality.key(), Found.NOTHING);
    }

    /** These and one more. */
    TunedSettings with(QualityCase quality, Found found) {
        Map<String, Found> more = new TreeMap<>(byKey);
        more.put(quality.key(), found);
        return new TunedSettings(more);
    }
}
