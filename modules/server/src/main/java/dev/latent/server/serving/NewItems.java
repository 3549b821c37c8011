package dev.latent.server.serving;

import dev.latent.interactions.InteractionStore;
import dev.latent.interactions.ItemRecord;
import dev.latent.models.Version;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.storage.IdIndex;
import dev.latent.storage.StringTable;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A version's items with those behind them that came to the catalogue after it was trained: the vector of a new item is the
 * sum of the vectors of its features that the version learnt, and so is its bias. An item of which no feature was learnt
 * stays unknown to the version. Immutable.
 *
 * @param ids of the version's items, then of the new ones in the order of their ids' bytes
 * @param index numbers by id
 * @param embedding the version's vectors with those of the new items, when it has vectors
 */
record NewItems(StringTable ids, IdIndex index, Optional<EmbeddingModel> embedding) {

    /** Finds the new items in the catalogue of a dataset, as it is now. */
    static NewItems read(InteractionStore store, String dataset, Version version) {
        IdIndex known = IdIndex.of(version.items());
        Optional<FeatureSums> sums = FeatureSums.of(version);
        if (sums.isPresent() && store.findDataset(dataset).isPresent()) {
            store.forEachItem(dataset, item -> {
                if (known.find(item.id()) < 0) {
                    sums.get().add(item);
                }
            });
            if (!sums.get().ids.isEmpty()) {
                return sums.get().behind(version.items());
            }
        }
        return new NewItems(version.items(), known, version.embedding());
    }

    /** The vectors of new items, collected one by one. */
    private static final class FeatureSums {
        private final EmbeddingModel model;
        private final FloatMatrix factors;
        private final IdIndex features;
        private final List<String> ids = new ArrayList<>();
        private final List<float[]> vectors = new ArrayList<>();
        private final List<Float> biases = new ArrayList<>();

        private FeatureSums(EmbeddingModel model, FloatMatrix factors, IdIndex features) {
            this.model = model;
            this.factors = factors;
            this.features = features;
        }

        static Optional<FeatureSums> of(Version version) {
            return version.embedding()
                    .flatMap(model -> model.itemFeatureFactors()
                            .flatMap(factors -> version.itemFeatureNames()
                                    .map(names -> new FeatureSums(model, factors, IdIndex.of(names)))));
        }

        void add(ItemRecord item) {
            int[] numbers = item.features().stream()
                    .mapToInt(features::find)
                    .filter(number -> number >= 0)
                    .toArray();
            if (numbers.length == 0) {
                return;
            }
            float[] vector = new float[model.rank()];
            float[] row = new float[model.rank()];
            float bias = 0;
            for (int feature : numbers) {
                factors.readRow(feature, row, 0);
                for (int factor = 0; factor < vector.length; factor++) {
                    vector[factor] += row[factor];
                }
                bias += model.itemFeatureBiases()
                        .map(matrix -> matrix.get(feature, 0))
                        .orElse(0f);
            }
            ids.add(item.id());
            vectors.add(vector);
            biases.add(bias);
        }

        NewItems behind(StringTable trained) {
            List<String> all = new ArrayList<>();
            for (long item = 0; item < trained.size(); item++) {
                all.add(trained.get(item));
            }
            all.addAll(ids);
            StringTable table = StringTable.of(all);
            Arena arena = Arena.ofAuto();
            FloatMatrix items = longer(model.items(), arena);
            FloatMatrix itemBiases = model.itemBiases()
                    .map(matrix -> longer(matrix, arena))
                    .orElseGet(() -> FloatMatrix.allocate(arena, all.size(), 1));
            for (int added = 0; added < ids.size(); added++) {
                items.writeRow(trained.size() + added, vectors.get(added), 0);
                itemBiases.set(trained.size() + added, 0, biases.get(added));
            }
            EmbeddingModel.Builder builder = EmbeddingModel.builder(model.users(), items)
                    .itemBiases(itemBiases)
                    .offset(model.offset())
                    .foldIn(model.foldIn());
            model.userBiases().ifPresent(builder::userBiases);
            model.itemWeights().ifPresent(matrix -> {
                FloatMatrix weights = longer(matrix, arena);
                for (long item = matrix.rows(); item < weights.rows(); item++) {
                    weights.set(item, 0, 1);
                }
                builder.itemWeights(weights);
            });
            return new NewItems(table, IdIndex.of(table), Optional.of(builder.build()));
        }

        private FloatMatrix longer(FloatMatrix matrix, Arena arena) {
            FloatMatrix longer = FloatMatrix.allocate(arena, matrix.rows() + ids.size(), matrix.columns());
            longer.segment().asSlice(0, matrix.segment().byteSize()).copyFrom(matrix.segment());
            return longer;
        }
    }
}
