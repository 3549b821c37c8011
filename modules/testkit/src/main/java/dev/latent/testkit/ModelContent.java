package dev.latent.testkit;

import dev.latent.spi.ElementType;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FeaturePairs;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.History;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.Section;
import dev.latent.spi.Snapshot;
import dev.latent.spi.TrainedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Looks into trained models: their bytes, their scores. */
public final class ModelContent {

    private ModelContent() {}

    /**
     * Returns all that a model consists of, so that two models can be compared bit by bit.
     *
     * @param model to look into
     * @return for each part its shape and bytes, or its text
     */
    public static Map<String, String> of(TrainedModel model) {
        InMemorySections sections = sections(model);
        Map<String, String> content = new TreeMap<>();
        for (String name : sections.names()) {
            Section section = read(sections, name);
            content.put(
                    name,
                    section.type() + " " + section.rows() + " x " + section.columns() + " "
                            + HexFormat.of().formatHex(section.data().toArray(ValueLayout.JAVA_BYTE)));
        }
        if (model instanceof EmbeddingModel embedding) {
            content.put("offset", Integer.toHexString(Float.floatToRawIntBits(embedding.offset())));
            content.put("fold-in", embedding.foldIn().toString());
        }
        return content;
    }

    /**
     * Returns the numbers of a model as a host stores them.
     *
     * @param model to look into
     * @return the factors and biases of an embedding model, the own sections of a scoring model
     */
    public static InMemorySections sections(TrainedModel model) {
        InMemorySections sections = new InMemorySections();
        switch (model) {
            case EmbeddingModel embedding -> {
                sections.write(Section.of("users", embedding.users()));
                sections.write(Section.of("items", embedding.items()));
                embedding.userBiases().ifPresent(biases -> sections.write(Section.of("user_biases", biases)));
                embedding.itemBiases().ifPresent(biases -> sections.write(Section.of("item_biases", biases)));
                embedding.itemWeights().ifPresent(weights -> sections.write(Section.of("item_weights", weights)));
                embedding
                        .itemFeatureFactors()
                        .ifPresent(factors -> sections.write(Section.of("item_feature_factors", factors)));
                embedding
                        .itemFeatureBiases()
                        .ifPresent(biases -> sections.write(Section.of("item_feature_biases", biases)));
                embedding.itemFeaturePairs().ifPresent(pairs -> {
                    sections.write(
                            new Section("item_feature_pairs", ElementType.INT32, pairs.count(), 2, pairs.features()));
                    sections.write(Section.of("item_feature_pair_factors", pairs.factors()));
                    sections.write(Section.of("item_feature_pair_biases", pairs.biases()));
                });
                embedding
                        .userFeatureFactors()
                        .ifPresent(factors -> sections.write(Section.of("user_feature_factors", factors)));
                embedding
                        .userFeatureBiases()
                        .ifPresent(biases -> sections.write(Section.of("user_feature_biases", biases)));
            }
            case ScoringModel scoring -> {
                try {
                    scoring.write(sections);
                } catch (IOException e) {
                    throw new UncheckedIOException("The scoring model cannot be written to memory", e);
                }
            }
        }
        return sections;
    }

    /**
     * Makes an embedding model of what {@link #sections} took out of one.
     *
     * @param sections the factors and biases
     * @param original gives offset and fold-in, which a host keeps beside the sections
     * @return an equal model over other memory
     */
    public static EmbeddingModel reopen(InMemorySections sections, EmbeddingModel original) {
        EmbeddingModel.Builder builder = EmbeddingModel.builder(
                        read(sections, "users").floats(),
                        read(sections, "items").floats())
                .offset(original.offset())
                .foldIn(original.foldIn());
        if (sections.names().contains("user_biases")) {
            builder.userBiases(read(sections, "user_biases").floats());
        }
        if (sections.names().contains("item_biases")) {
            builder.itemBiases(read(sections, "item_biases").floats());
        }
        if (sections.names().contains("item_weights")) {
            builder.itemWeights(read(sections, "item_weights").floats());
        }
        if (sections.names().contains("item_feature_factors")) {
            builder.itemFeatureFactors(read(sections, "item_feature_factors").floats());
        }
        if (sections.names().contains("item_feature_biases")) {
            builder.itemFeatureBiases(read(sections, "item_feature_biases").floats());
        }
        if (sections.names().contains("item_feature_pairs")) {
            builder.itemFeaturePairs(new FeaturePairs(
                    read(sections, "item_feature_pairs").data(),
                    read(sections, "item_feature_pair_factors").floats(),
                    read(sections, "item_feature_pair_biases").floats()));
        }
        if (sections.names().contains("user_feature_factors")) {
            builder.userFeatureFactors(read(sections, "user_feature_factors").floats());
        }
        if (sections.names().contains("user_feature_biases")) {
            builder.userFeatureBiases(read(sections, "user_feature_biases").floats());
        }
        return builder.build();
    }

    private static Section read(InMemorySections sections, String name) {
        try {
            return sections.read(name);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory holds no section '" + name + "'", e);
        }
    }

    /**
     * Returns the scores of all items for each user of the snapshot that a model was trained on.
     *
     * @param model to look into
     * @param snapshot gives the histories that a scoring model reads
     * @return one row a user, one column an item
     */
    public static double[][] scores(TrainedModel model, Snapshot snapshot) {
        double[][] scores = new double[snapshot.userCount()][snapshot.itemCount()];
        for (int user = 0; user < scores.length; user++) {
            switch (model) {
                case EmbeddingModel embedding -> {
                    for (int item = 0; item < scores[user].length; item++) {
                        scores[user][item] = embedding.score(user, item);
                    }
                }
                case ScoringModel scoring -> {
                    float[] row = new float[scoring.itemCount()];
                    scoring.score(history(snapshot, user), row);
                    for (int item = 0; item < row.length; item++) {
                        scores[user][item] = row[item];
                    }
                }
            }
        }
        return scores;
    }

    /**
     * Returns one user's interactions.
     *
     * @param snapshot holds them
     * @param user from 0
     * @return as a scoring model reads them
     */
    public static History history(Snapshot snapshot, int user) {
        return History.of(snapshot.byUser(), user);
    }

    /** Returns the first number of a model that is not finite, for a message; empty when all are. */
    static String firstNotFinite(TrainedModel model) {
        if (model instanceof EmbeddingModel embedding && !Float.isFinite(embedding.offset())) {
            return "offset is " + embedding.offset();
        }
        InMemorySections sections = sections(model);
        for (String name : sections.names()) {
            Section section = read(sections, name);
            String found = section.type() == ElementType.FLOAT32 ? firstNotFinite(name, section.floats()) : "";
            if (!found.isEmpty()) {
                return found;
            }
        }
        return "";
    }

    private static String firstNotFinite(String name, FloatMatrix matrix) {
        for (long row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < matrix.columns(); column++) {
                if (!Float.isFinite(matrix.get(row, column))) {
                    return name + "[" + row + "][" + column + "] is " + matrix.get(row, column);
                }
            }
        }
        return "";
    }
}
