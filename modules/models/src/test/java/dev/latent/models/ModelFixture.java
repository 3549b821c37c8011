package dev.latent.models;

import dev.latent.spi.Confidence;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.FoldIn;
import dev.latent.spi.Task;
import dev.latent.storage.FileOperations;
import dev.latent.storage.StringTable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

/** Makes small stores: model {@code movies} of three users, two items, rank 4, different factors in each version. */
final class ModelFixture {

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-07-01T12:00:00Z"), ZoneOffset.UTC);
    static final String MODEL = "movies";
    static final FoldIn RIDGE = new FoldIn.Ridge(
            0.1, 0.003, 1, new Confidence.Linear(10), Double.NEGATIVE_INFINITY, FoldIn.Target.ONE, false);

    private static final StringTable USERS = StringTable.of(List.of("ada", "bob", "日本"));
    private static final StringTable ITEMS = StringTable.of(List.of("50", "172"));

    private ModelFixture() {}

    static ModelStore open(Path root) {
        return open(root, FileOperations.system());
    }

    static ModelStore open(Path root, FileOperations operations) {
        return ModelStore.open(root, operations, CLOCK);
    }

    /** Makes a store with versions 1 to {@code versions}, {@code live} promoted to each of the first {@code promoted}. */
    static ModelStore create(Path root, int versions, int promoted) throws IOException {
        ModelStore store = open(root);
        store.create(ModelDefinition.of(MODEL, "ratings", "wals", Map.of("factors", "4")));
        for (int version = 1; version <= versions; version++) {
            publish(store);
            if (version <= promoted) {
                promote(store, version);
            }
        }
        return store;
    }

    static Alias promote(ModelStore store, int version) {
        return store.promote(MODEL, "live", version, OptionalLong.empty(), "ada", "better");
    }

    static int publish(ModelStore store) throws IOException {
        try (PendingVersion pending = store.begin(MODEL)) {
            write(pending);
            try (Version version = pending.publish(metadata())) {
                return version.manifest().version();
            }
        }
    }

    static void write(PendingVersion pending) throws IOException {
        VersionWriter.write(pending.directory(), pending.id(), embedding(pending.number()), USERS, ITEMS);
    }

    static EmbeddingModel embedding(int seed) {
        return EmbeddingModel.builder(random(seed, 3, 4), random(seed + 1000, 2, 4))
                .itemBiases(random(seed + 2000, 2, 1))
                .offset(3.5299f)
                .foldIn(RIDGE)
                .build();
    }

    static FloatMatrix random(long seed, long rows, int columns) {
        FloatMatrix matrix = FloatMatrix.allocate(Arena.ofAuto(), rows, columns);
        Random random = new Random(seed);
        for (long row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, random.nextFloat() - 0.5f);
            }
        }
        return matrix;
    }

    static VersionMetadata metadata() {
        return new VersionMetadata(
                "run-1",
                "ada",
                new AlgorithmIdentity("wals", "0.1.0", "1.0", ""),
                new TrainingFacts(
                        Task.RANKING,
                        Map.of("factors", "4", "alpha", "10"),
                        42,
                        "ratings",
                        Map.of("view", 0.5f),
                        "abc",
                        8,
                        1.25),
                new HoldoutFacts(
                        "leave-last-out seed=42",
                        3,
                        Map.of("ndcg@10", 0.31, "recall@10", 0.5),
                        Map.of("popularity", Map.of("ndcg@10", 0.12))));
    }

    /** Tells whether a version opens and holds the factors it was made with. */
    static boolean opens(ModelStore store, int version) {
        try (Version opened = store.open(MODEL, version)) {
            FloatMatrix expected = embedding(version).users();
            return opened.embedding().orElseThrow().users().segment().mismatch(expected.segment()) == -1
                    && opened.users().get(2).equals("日本")
                    && opened.items().get(1).equals("172");
        }
    }

    static int live(ModelStore store) {
        return store.findAlias(MODEL, "live").map(Alias::version).orElse(0);
    }

    static Path version(Path root, int number) {
        return root.resolve(MODEL).resolve("versions").resolve(Integer.toString(number));
    }

    static List<Path> files(Path directory) throws IOException {
        return ModelDirectory.entries(directory);
    }

    static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Overwrites a file that was made read-only. */
    static void overwrite(Path file, byte[] bytes) throws IOException {
        Files.deleteIfExists(file);
        Files.write(file, bytes);
    }
}
