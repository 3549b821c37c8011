package dev.latent.models;

import dev.latent.spi.ElementType;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FeaturePairs;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.FoldIn;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.Section;
import dev.latent.spi.SectionWriter;
import dev.latent.spi.TrainedModel;
import dev.latent.storage.FileOperations;
import dev.latent.storage.JsonFiles;
import dev.latent.storage.SectionDirectory;
import dev.latent.storage.StringTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a trained model into the directory of a {@link PendingVersion}; needs no store, so the child process of a run can
 * do it.
 *
 * <p>Besides the sections it leaves {@code content.json}, a {@link VersionContent}, from which the store makes the
 * manifest.
 */
public final class VersionWriter {

    static final String CONTENT_FILE = "content.json";

    private static final Set<String> RESERVED = Set.of(
            StringTable.offsetsName(Version.USER_IDS),
            StringTable.bytesName(Version.USER_IDS),
            StringTable.offsetsName(Version.ITEM_IDS),
            StringTable.bytesName(Version.ITEM_IDS));

    private VersionWriter() {}

    /**
     * The content of {@code content.json}.
     *
     * @param formatVersion of the manifest it will become part of
     * @param content what was written
     */
    record Stored(int formatVersion, VersionContent content) {}

    /**
     * Writes a model.
     *
     * @param directory of the pending version; holds nothing of a model yet
     * @param objectId of the version, for example {@code movies@7}
     * @param model what was trained
     * @param users ids in the order of the snapshot
     * @param items ids in the order of the snapshot
     * @param extras further sections of the host, of names that the model does not use
     * @return what was written
     * @throws IOException when it cannot be written
     * @throws IllegalArgumentException when the model's shape does not fit the ids
     */
    public static VersionContent write(
            Path directory,
            String objectId,
            TrainedModel model,
            StringTable users,
            StringTable items,
            List<Section> extras)
            throws IOException {
        FileOperations operations = FileOperations.system();
        SectionDirectory sections = new SectionDirectory(directory, objectId, operations);
        for (Section section : users.sections(Version.USER_IDS)) {
            sections.write(section);
        }
        for (Section section : items.sections(Version.ITEM_IDS)) {
            sections.write(section);
        }
        VersionContent content = switch (model) {
            case EmbeddingModel embedding -> writeEmbedding(sections, embedding, users.size(), items.size());
            case ScoringModel scoring -> writeScoring(sections, scoring, users.size(), items.size());
        };
        for (Section extra : extras) {
            sections.write(extra);
        }
        Stored stored = new Stored(Manifest.FORMAT_VERSION, content);
        JsonFiles.writeNew(directory.resolve(CONTENT_FILE), SealedJson.bytesOf(stored), operations);
        operations.forceDirectory(directory);
        return content;
    }

    /**
     * Writes a model without further sections.
     *
     * @param directory of the pending version; holds nothing of a model yet
     * @param objectId of the version, for example {@code movies@7}
     * @param model what was trained
     * @param users ids in the order of the snapshot
     * @param items ids in the order of the snapshot
     * @return what was written
     * @throws IOException when it cannot be written
     * @throws IllegalArgumentException when the model's shape does not fit the ids
     */
    public static VersionContent write(
            Path directory, String objectId, TrainedModel model, StringTable users, StringTable items)
            throws IOException {
        return write(directory, objectId, model, users, items, List.of());
    }

    private static VersionContent writeEmbedding(SectionWriter sections, EmbeddingModel model, long users, long items)
            throws IOException {
        checkRows("user", model.users().rows(), users);
        checkRows("item", model.items().rows(), items);
        sections.write(Section.of(VersionContents.USER_FACTORS, model.users()));
        sections.write(Section.of(VersionContents.ITEM_FACTORS, model.items()));
        writeOptional(sections, VersionContents.USER_BIASES, model.userBiases());
        writeOptional(sections, VersionContents.ITEM_BIASES, model.itemBiases());
        writeOptional(sections, VersionContents.ITEM_WEIGHTS, model.itemWeights());
        writeOptional(sections, VersionContents.ITEM_FEATURE_FACTORS, model.itemFeatureFactors());
        writeOptional(sections, VersionContents.ITEM_FEATURE_BIASES, model.itemFeatureBiases());
        if (model.itemFeaturePairs().isPresent()) {
            FeaturePairs pairs = model.itemFeaturePairs().get();
            sections.write(new Section(
                    VersionContents.ITEM_FEATURE_PAIRS, ElementType.INT32, pairs.count(), 2, pairs.features()));
            sections.write(Section.of(VersionContents.ITEM_FEATURE_PAIR_FACTORS, pairs.factors()));
            sections.write(Section.of(VersionContents.ITEM_FEATURE_PAIR_BIASES, pairs.biases()));
        }
        writeOptional(sections, VersionContents.USER_FEATURE_FACTORS, model.userFeatureFactors());
        writeOptional(sections, VersionContents.USER_FEATURE_BIASES, model.userFeatureBiases());
        return new VersionContent(ModelKind.EMBEDDING, users, items, model.rank(), model.offset(), model.foldIn());
    }

    private static void writeOptional(SectionWriter sections, String name, Optional<FloatMatrix> matrix)
            throws IOException {
        if (matrix.isPresent()) {
            sections.write(Section.of(name, matrix.get()));
        }
    }

    private static VersionContent writeScoring(SectionWriter sections, ScoringModel model, long users, long items)
            throws IOException {
        checkRows("item", model.itemCount(), items);
        model.write(section -> {
            if (RESERVED.contains(section.name())) {
                throw new IllegalArgumentException(
                        "Section name '" + section.name() + "' is the host's; choose another than " + RESERVED);
            }
            sections.write(section);
        });
        return new VersionContent(ModelKind.SCORING, users, items, 0, 0, new FoldIn.None());
    }

    private static void checkRows(String what, long rows, long ids) {
        if (rows != ids) {
            throw new IllegalArgumentException(
                    "The model has " + rows + " " + what + "s, expected one for each of the " + ids + " ids");
        }
    }

    static VersionContent readContent(Path directory) throws IOException {
        return SealedJson.read(directory.resolve(CONTENT_FILE), Manifest.FORMAT_VERSION, Stored.class)
                .content();
    }
}
