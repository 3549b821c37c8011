package dev.latent.server;

import dev.latent.spi.Algorithm;
import dev.latent.spi.Confidence;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.FoldIn;
import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Scale;
import dev.latent.spi.SparseRows;
import dev.latent.spi.SpiVersion;
import dev.latent.spi.Sweep;
import dev.latent.spi.Task;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingContext;
import dev.latent.spi.TrainingListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * The algorithm of the server's tests, and the jar that brings it: items get random vectors, users the sum of their
 * items', features the mean of theirs, others are folded in. It can be told to take its time.
 */
public final class TastePlugin implements Algorithm {

    static final String NAME = "taste";

    /** Packs the algorithm into a jar, as a stranger would deliver it; one that is there stays as it is. */
    static Path pack(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue(SpiVersion.PLUGIN_NAME_ATTRIBUTE, NAME);
        attributes.putValue(SpiVersion.PLUGIN_VERSION_ATTRIBUTE, "1.2.3");
        attributes.putValue(SpiVersion.SPI_VERSION_ATTRIBUTE, SpiVersion.current());
        Path jar = Files.createDirectories(folder).resolve(NAME + ".jar");
        if (Files.exists(jar)) {
            return jar;
        }
        String type = TastePlugin.class.getName();
        String classFile = type.replace('.', '/') + ".class";
        try (OutputStream output = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(output, manifest);
                InputStream code = TastePlugin.class.getClassLoader().getResourceAsStream(classFile)) {
            entries.putNextEntry(new JarEntry(classFile));
            entries.write(code.readAllBytes());
            entries.putNextEntry(new JarEntry("META-INF/services/" + Algorithm.class.getName()));
            entries.write(type.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Adds up random vectors.";
    }

    @Override
    public List<Hyperparameter> hyperparameters() {
        return List.of(
                new Hyperparameter.OfInteger("factors", "Length of the vectors.", 8, 1, 64, Scale.LOG),
                new Hyperparameter.OfInteger("pause", "Milliseconds for each sweep.", 0, 0, 60_000, Scale.LINEAR),
                new Hyperparameter.OfInteger("sweeps", "Passes.", 1, 1, 100_000, Scale.LOG),
                new Hyperparameter.OfChoice("mood", "Changes nothing.", "good", List.of("good", "bad")),
                new Hyperparameter.OfReal("spread", "Size of the vectors.", 1, 0.1, 10, Scale.LOG),
                new Hyperparameter.OfFlag("loud", "Logs each sweep.", false));
    }

    @Override
    public Task task(Hyperparameters hyperparameters) {
        return Task.RANKING;
    }

    @Override
    public TrainedModel train(TrainingContext context, TrainingListener listener) {
        int rank = (int) context.hyperparameters().integer("factors");
        SparseRows rows = context.snapshot().byUser();
        FloatMatrix users = FloatMatrix.allocate(context.arena(), rows.rows(), rank);
        FloatMatrix items = FloatMatrix.allocate(context.arena(), rows.columns(), rank);
        SplittableRandom random = new SplittableRandom(context.seed());
        for (int item = 0; item < rows.columns(); item++) {
            for (int factor = 0; factor < rank; factor++) {
                items.set(item, factor, (float) random.nextDouble(0.1, 1));
            }
        }
        for (int user = 0; user < rows.rows(); user++) {
            for (long at = rows.start(user); at < rows.end(user); at++) {
                for (int factor = 0; factor < rank; factor++) {
                    users.set(user, factor, users.get(user, factor) + items.get(rows.index(at), factor));
                }
            }
        }
        EmbeddingModel.Builder builder = EmbeddingModel.builder(users, items)
                .foldIn(new FoldIn.Ridge(0.1, 0.1, 0, new Confidence.Linear(1), 0, FoldIn.Target.ONE, false));
        context.snapshot()
                .itemFeatures()
                .ifPresent(features -> builder.itemFeatureFactors(means(context, features, items)));
        context.snapshot()
                .userFeatures()
                .ifPresent(features -> builder.userFeatureFactors(means(context, features, users)));
        EmbeddingModel model = builder.build();
        sweep(context, listener, model);
        return model;
    }

    /** A feature's vector: the mean of those that have it. */
    private static FloatMatrix means(TrainingContext context, SparseRows features, FloatMatrix vectors) {
        FloatMatrix means = FloatMatrix.allocate(context.arena(), features.columns(), vectors.columns());
        int[] counts = new int[features.columns()];
        for (int row = 0; row < features.rows(); row++) {
            for (long at = features.start(row); at < features.end(row); at++) {
                int feature = features.index(at);
                counts[feature]++;
                for (int factor = 0; factor < vectors.columns(); factor++) {
                    float mean = means.get(feature, factor);
                    means.set(feature, factor, mean + (vectors.get(row, factor) - mean) / counts[feature]);
                }
            }
        }
        return means;
    }

    private static void sweep(TrainingContext context, TrainingListener listener, EmbeddingModel model) {
        int sweeps = (int) context.hyperparameters().integer("sweeps");
        for (int sweep = 1; sweep <= sweeps; sweep++) {
            long end = System.nanoTime() + context.hyperparameters().integer("pause") * 1_000_000;
            while (System.nanoTime() < end) {
                listener.checkCancelled();
                Thread.onSpinWait();
            }
            if (context.hyperparameters().flag("loud")) {
                listener.log("sweep " + sweep);
            }
            listener.sweep(new Sweep(sweep, sweeps, Map.of("loss", 1.0 / sweep), Map.of()), () -> model);
        }
    }
}
