package dev.latent.algorithms.sgd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.SparseRows;
import dev.latent.testkit.InMemorySnapshot;
import dev.latent.testkit.RecordingListener;
import dev.latent.testkit.RunContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Hides all interactions of a tenth of the films of MovieLens latest small, whose genres stay known, and ranks the hidden
 * films among themselves for each user who rated some. {@code -Dlatent.datasets=<folder>}.
 */
@Tag("datasets")
class ColdItemsTest {

    private static final System.Logger LOG = System.getLogger(ColdItemsTest.class.getName());
    private static final SgdAlgorithm SGD = new SgdAlgorithm();
    private static final int TOP = 20;
    private static final int SEEDS = 3;

    /** Rows alike in strength: the vectors of genres follow the many rare films too. */
    private static final Map<String, String> GIVEN =
            Map.of("loss", "bpr", "features", "own", "factors", "16", "negatives", "5", "regularization_exponent", "0");

    private record Film(String id, String genres) {}

    private static List<Film> films(Path file) throws IOException {
        List<Film> films = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            reader.readLine();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                films.add(new Film(line.substring(0, line.indexOf(',')), line.substring(line.lastIndexOf(',') + 1)));
            }
        }
        return films;
    }

    private static SparseRows genres(List<String[]> ofItem) {
        Map<String, Integer> numbers = new TreeMap<>();
        ofItem.forEach(genres -> Arrays.stream(genres).forEach(genre -> numbers.put(genre, 0)));
        int next = 0;
        for (Map.Entry<String, Integer> genre : numbers.entrySet()) {
            genre.setValue(next++);
        }
        int count = ofItem.stream().mapToInt(genres -> genres.length).sum();
        Arena arena = Arena.ofAuto();
        MemorySegment offsets = arena.allocate((ofItem.size() + 1L) * Long.BYTES, 8);
        MemorySegment indices = arena.allocate((long) count * Integer.BYTES, 8);
        MemorySegment values = arena.allocate((long) count * Float.BYTES, 8);
        int position = 0;
        for (int item = 0; item < ofItem.size(); item++) {
            int[] row = Arrays.stream(ofItem.get(item))
                    .mapToInt(genre -> numbers.getOrDefault(genre, -1))
                    .sorted()
                    .toArray();
            for (int genre : row) {
                indices.set(SparseRows.INT32, (long) position * Integer.BYTES, genre);
                values.set(SparseRows.FLOAT32, (long) position++ * Float.BYTES, 1);
            }
            offsets.set(SparseRows.INT64, (item + 1L) * Long.BYTES, position);
        }
        return new SparseRows(ofItem.size(), numbers.size(), offsets, indices, values, MemorySegment.NULL);
    }

    @Test
    void hiddenFilms_areFoundFiveTimesAsOftenAsByChance() throws IOException {
        Path folder = Path.of(System.getProperty("latent.datasets", "")).resolve("ml-latest-small");
        MovieLens data = new MovieLens();
        List<MovieLens.Rating> ratings = data.read(folder.resolve("interactions.csv.gz"));
        List<String[]> genres = new ArrayList<>(Collections.nCopies(data.itemCount(), new String[0]));
        for (Film film : films(folder.resolve("items.csv.gz"))) {
            data.findItem(film.id())
                    .ifPresent(item -> genres.set(item, film.genres().split("\\|", -1)));
        }
        SparseRows features = genres(genres);
        double sum = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            double ratio = recall(data, ratings, features, seed);
            LOG.log(Level.INFO, "Recall@20 over hidden films, seed {0}: {1} times that of chance", seed, ratio);
            sum += ratio;
        }
        assertThat(sum / SEEDS).isGreaterThanOrEqualTo(5);
    }

    /** Recall@20 of users with hidden films, over that of a random order. */
    private static double recall(MovieLens data, List<MovieLens.Rating> ratings, SparseRows features, int seed) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, data.itemCount()).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        Set<Integer> hidden = new HashSet<>(order.subList(0, order.size() / 10));
        InMemorySnapshot.Builder train = InMemorySnapshot.builder(data.userCount(), data.itemCount());
        Map<Integer, Set<Integer>> liked = new HashMap<>();
        for (MovieLens.Rating rating : ratings) {
            if (hidden.contains(rating.item())) {
                liked.computeIfAbsent(rating.user(), user -> new HashSet<>()).add(rating.item());
            } else {
                train.add(rating.user(), rating.item(), rating.value());
            }
        }
        RunContext context =
                RunContext.of(SGD, GIVEN, train.itemFeatures(features).build());
        EmbeddingModel model = (EmbeddingModel) SGD.train(context.withThreads(2), new RecordingListener());
        double sum = 0;
        for (Map.Entry<Integer, Set<Integer>> user : liked.entrySet()) {
            Map<Integer, Double> scores = new HashMap<>();
            hidden.forEach(item -> scores.put(item, model.score(user.getKey(), item)));
            long hits = hidden.stream()
                    .sorted(Comparator.comparing(scores::get, Comparator.reverseOrder()))
                    .limit(TOP)
                    .filter(user.getValue()::contains)
                    .count();
            sum += (double) hits / user.getValue().size();
        }
        return sum / liked.size() * hidden.size() / TOP;
    }
}
