package dev.latent.models;

import dev.latent.spi.ElementType;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FeaturePairs;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.Section;
import dev.latent.storage.CorruptFileException;
import dev.latent.storage.StringTable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the host reads out of a version's sections. The names of the host's sections:
 *
 * <table>
 * <caption>Sections</caption>
 * <tr><th>name</th><th>shape</th><th>present</th></tr>
 * <tr><td>{@code user_ids_offsets, user_ids_bytes}</td><td>{@link StringTable}</td><td>always</td></tr>
 * <tr><td>{@code item_ids_offsets, item_ids_bytes}</td><td>{@link StringTable}</td><td>always</td></tr>
 * <tr><td>{@code user_factors}</td><td>users × rank FLOAT32</td><td>embedding</td></tr>
 * <tr><td>{@code item_factors}</td><td>items × rank FLOAT32</td><td>embedding</td></tr>
 * <tr><td>{@code user_biases}</td><td>users × 1 FLOAT32</td><td>embedding, optional</td></tr>
 * <tr><td>{@code item_biases}</td><td>items × 1 FLOAT32</td><td>embedding, optional</td></tr>
 * <tr><td>{@code item_weights}</td><td>items × 1 FLOAT32</td><td>embedding, optional</td></tr>
 * <tr><td>{@code item_feature_factors}</td><td>features × rank FLOAT32</td><td>embedding, optional</td></tr>
 * <tr><td>{@code item_feature_biases}</td><td>features × 1 FLOAT32</td><td>embedding, optional</td></tr>
 * <tr><td>{@code item_feature_pairs}</td><td>pairs × 2 INT32, each two rows of {@code item_feature_factors}, the lower one
 *     first, ascending</td><td>with {@code item_feature_factors}, optional</td></tr>
 * <tr><td>{@code item_feature_pair_factors}</td><td>pairs × rank FLOAT32</td><td>with {@code item_feature_pairs}</td></tr>
 * <tr><td>{@code item_feature_pair_biases}</td><td>pairs × 1 FLOAT32</td><td>with {@code item_feature_pairs}</td></tr>
 * <tr><td>{@code item_feature_names_offsets, item_feature_names_bytes}</td><td>{@link StringTable}</td><td>with
 *     {@code item_feature_factors}, when the features have names: what each row of them is</td></tr>
 * <tr><td>{@code user_feature_factors}, {@code user_feature_biases}, {@code user_feature_names_…}</td><td></td><td>the same of
 *     users</td></tr>
 * </table>
 *
 * <p>Further sections are the algorithm's, or the host's of a later day; readers leave alone what they do not know.
 *
 * @param users ids in the order of rows
 * @param items ids in the order of rows
 * @param embedding the vectors, when it is that kind
 * @param itemFeatureNames what the rows of the item features' vectors are, when it has such
 * @param userFeatureNames the same of users
 */
record VersionContents(
        StringTable users,
        StringTable items,
        Optional<EmbeddingModel> embedding,
        Optional<StringTable> itemFeatureNames,
        Optional<StringTable> userFeatureNames) {

    static final String USER_FACTORS = "user_factors";
    static final String ITEM_FACTORS = "item_factors";
    static final String USER_BIASES = "user_biases";
    static final String ITEM_BIASES = "item_biases";
    static final String ITEM_WEIGHTS = "item_weights";
    static final String ITEM_FEATURE_FACTORS = "item_feature_factors";
    static final String ITEM_FEATURE_BIASES = "item_feature_biases";
    static final String ITEM_FEATURE_PAIRS = "item_feature_pairs";
    static final String ITEM_FEATURE_PAIR_FACTORS = "item_feature_pair_factors";
    static final String ITEM_FEATURE_PAIR_BIASES = "item_feature_pair_biases";
    static final String USER_FEATURE_FACTORS = "user_feature_factors";
    static final String USER_FEATURE_BIASES = "user_feature_biases";

    /** Reads the sections; {@code source}, the file that states the content, is named when they do not fit it. */
    static VersionContents of(Path source, VersionContent content, Map<String, Section> sections)
            throws CorruptFileException {
        Reader reader = new Reader(source, sections);
        StringTable users = reader.table(Version.USER_IDS, content.users());
        StringTable items = reader.table(Version.ITEM_IDS, content.items());
        Optional<EmbeddingModel> embedding =
                content.kind() == ModelKind.EMBEDDING ? Optional.of(reader.embedding(content)) : Optional.empty();
        return new VersionContents(
                users,
                items,
                embedding,
                reader.names(Version.ITEM_FEATURE_NAMES, embedding.flatMap(EmbeddingModel::itemFeatureFactors)),
                reader.names(Version.USER_FEATURE_NAMES, embedding.flatMap(EmbeddingModel::userFeatureFactors)));
    }

    /** Finds sections and checks their shapes. */
    private record Reader(Path source, Map<String, Section> sections) {

        StringTable table(String name, long size) throws CorruptFileException {
            Section offsets = section(StringTable.offsetsName(name));
            Section bytes = section(StringTable.bytesName(name));
            StringTable table;
            try {
                table = new StringTable(offsets, bytes);
            } catch (IllegalArgumentException exception) {
                throw new CorruptFileException(
                        source, "table " + name, String.valueOf(exception.getMessage()), "ascending offsets");
            }
            if (table.size() != size) {
                throw new CorruptFileException(source, "the number of " + name, Long.toString(table.size()), "" + size);
            }
            return table;
        }

        /** What the features are called; empty when there are none, or no names. */
        Optional<StringTable> names(String name, Optional<FloatMatrix> features) throws CorruptFileException {
            return features.isPresent() && sections.containsKey(StringTable.offsetsName(name))
                    ? Optional.of(table(name, features.get().rows()))
                    : Optional.empty();
        }

        EmbeddingModel embedding(VersionContent content) throws CorruptFileException {
            FloatMatrix users = matrix(USER_FACTORS, content.users(), content.rank());
            FloatMatrix items = matrix(ITEM_FACTORS, content.items(), content.rank());
            EmbeddingModel.Builder builder = EmbeddingModel.builder(users, items)
                    .offset(content.offset())
                    .foldIn(content.foldIn());
            if (sections.containsKey(USER_BIASES)) {
                builder.userBiases(matrix(USER_BIASES, content.users(), 1));
            }
            if (sections.containsKey(ITEM_BIASES)) {
                builder.itemBiases(matrix(ITEM_BIASES, content.items(), 1));
            }
            if (sections.containsKey(ITEM_WEIGHTS)) {
                builder.itemWeights(matrix(ITEM_WEIGHTS, content.items(), 1));
            }
            features(ITEM_FEATURE_FACTORS, content.rank()).ifPresent(builder::itemFeatureFactors);
            features(ITEM_FEATURE_BIASES, 1).ifPresent(builder::itemFeatureBiases);
            features(USER_FEATURE_FACTORS, content.rank()).ifPresent(builder::userFeatureFactors);
            features(USER_FEATURE_BIASES, 1).ifPresent(builder::userFeatureBiases);
            return build(builder, content.rank());
        }

        private Optional<FloatMatrix> features(String name, int columns) throws CorruptFileException {
            return sections.containsKey(name)
                    ? Optional.of(matrix(name, section(name).rows(), columns))
                    : Optional.empty();
        }

        private EmbeddingModel build(EmbeddingModel.Builder builder, int rank) throws CorruptFileException {
            try {
                if (sections.containsKey(ITEM_FEATURE_PAIRS)) {
                    builder.itemFeaturePairs(pairs(section(ITEM_FEATURE_PAIRS), rank));
                }
                return builder.build();
            } catch (IllegalArgumentException exception) {
                throw new CorruptFileException(
                        source, "the sections", String.valueOf(exception.getMessage()), "shapes that fit each other");
            }
        }

        private FeaturePairs pairs(Section features, int rank) throws CorruptFileException {
            long count = features.rows();
            check(ITEM_FEATURE_PAIRS, features, ElementType.INT32, count, 2);
            return new FeaturePairs(
                    features.data(),
                    matrix(ITEM_FEATURE_PAIR_FACTORS, count, rank),
                    matrix(ITEM_FEATURE_PAIR_BIASES, count, 1));
        }

        private FloatMatrix matrix(String name, long rows, int columns) throws CorruptFileException {
            Section section = section(name);
            check(name, section, ElementType.FLOAT32, rows, columns);
            return section.floats();
        }

        private void check(String name, Section section, ElementType type, long rows, int columns)
                throws CorruptFileException {
            if (section.type() != type || section.rows() != rows || section.columns() != columns) {
                throw new CorruptFileException(
                        source,
                        "section " + name,
                        section.rows() + " x " + section.columns() + " " + section.type(),
                        rows + " x " + columns + " " + type);
            }
        }

        private Section section(String name) throws CorruptFileException {
            Section section = sections.get(name);
            if (section == null) {
                throw new CorruptFileException(source, "section " + name, "missing", "listed");
            }
            return section;
        }
    }
}
