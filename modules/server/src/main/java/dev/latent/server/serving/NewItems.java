package dev.latent.server.serving;

import dev.latent.interactions.InteractionStore;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.FoldIn;
import dev.latent.storage.StringTable;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Items of the catalogue that a version was not trained on and can place all the same, by features that it learnt. One of
 * which no feature was learnt stays unknown to the version. Immutable.
 */
final class NewItems {

    private static final NewItems NONE = new NewItems(List.of(), List.of());

    private final List<String> ids;
    private final List<FeatureSums.Sum> sums;

    private NewItems(List<String> ids, List<FeatureSums.Sum> sums) {
        this.ids = ids;
        this.sums = sums;
    }

    /** Finds the new items in the catalogue of the version's dataset as it is now, in the order of their ids' bytes. */
    static NewItems read(InteractionStore store, OpenVersion version) {
        Optional<FeatureSums> features = version.itemFeatures();
        if (features.isEmpty() || store.findDataset(version.dataset()).isEmpty()) {
            return NONE;
        }
        List<String> ids = new ArrayList<>();
        List<FeatureSums.Sum> sums = new ArrayList<>();
        store.forEachItem(version.dataset(), item -> {
            if (version.items().find(item.id()) < 0) {
                features.get().of(item.features()).ifPresent(sum -> {
                    ids.add(item.id());
                    sums.add(sum);
                });
            }
        });
        return new NewItems(ids, sums);
    }

    /** Whether there is none. */
    boolean isEmpty() {
        return ids.isEmpty();
    }

    /** Whether these are the same items at the same places. */
    boolean isSameAs(NewItems other) {
        if (!ids.equals(other.ids)) {
            return false;
        }
        for (int item = 0; item < sums.size(); item++) {
            FeatureSums.Sum mine = sums.get(item);
            FeatureSums.Sum theirs = other.sums.get(item);
            if (!Arrays.equals(mine.vector(), theirs.vector()) || Float.compare(mine.bias(), theirs.bias()) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The ids of trained items, then of these. */
    StringTable behind(StringTable trained) {
        List<String> all = new ArrayList<>();
        for (long item = 0; item < trained.size(); item++) {
            all.add(trained.get(item));
        }
        all.addAll(ids);
        return StringTable.of(all);
    }

    /** A model with the rows of these items behind those of the trained ones, in memory of the arena. */
    EmbeddingModel behind(EmbeddingModel model, Arena arena) {
        long trained = model.items().rows();
        FloatMatrix items = longer(model.items(), arena);
        FloatMatrix biases = model.itemBiases()
                .map(matrix -> longer(matrix, arena))
                .orElseGet(() -> FloatMatrix.allocate(arena, trained + ids.size(), 1));
        for (int added = 0; added < ids.size(); added++) {
            items.writeRow(trained + added, sums.get(added).vector(), 0);
            biases.set(trained + added, 0, sums.get(added).bias());
        }
        EmbeddingModel.Builder builder = EmbeddingModel.builder(model.users(), items)
                .itemBiases(biases)
                .offset(model.offset())
                .foldIn(model.foldIn());
        model.userBiases().ifPresent(builder::userBiases);
        model.itemWeights().ifPresent(matrix -> builder.itemWeights(weights(model, matrix, arena)));
        return builder.build();
    }

    /** A liked new item counts as an average one does; as a negative it is not drawn, as in training it was not. */
    private FloatMatrix weights(EmbeddingModel model, FloatMatrix trained, Arena arena) {
        FloatMatrix weights = longer(trained, arena);
        float added = model.foldIn() instanceof FoldIn.Gradient ? 0 : 1;
        for (long item = trained.rows(); item < weights.rows(); item++) {
            weights.set(item, 0, added);
        }
        return weights;
    }

    private FloatMatrix longer(FloatMatrix matrix, Arena arena) {
        FloatMatrix longer = FloatMatrix.allocate(arena, matrix.rows() + ids.size(), matrix.columns());
        longer.segment().asSlice(0, matrix.segment().byteSize()).copyFrom(matrix.segment());
        return longer;
    }
}
