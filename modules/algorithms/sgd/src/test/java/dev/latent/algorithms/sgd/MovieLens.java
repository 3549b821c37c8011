package dev.latent.algorithms.sgd;

import dev.latent.spi.Snapshot;
import dev.latent.testkit.InMemorySnapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Reads rating files whose lines are user, item, value and time, numbering users and items as they appear. */
final class MovieLens {

    private final Map<String, Integer> users = new HashMap<>();
    private final Map<String, Integer> items = new HashMap<>();

    /** One line. */
    record Rating(int user, int item, float value, long time) {}

    /** A leave-last-out split. */
    record Split(List<Rating> rest, Snapshot train, List<Rating> held) {}

    /** Reads a file, gzipped when its name ends so; a header is skipped. */
    List<Rating> read(Path path) throws IOException {
        List<Rating> ratings = new ArrayList<>();
        try (InputStream file = Files.newInputStream(path);
                InputStream bytes = path.toString().endsWith(".gz") ? new GZIPInputStream(file) : file;
                BufferedReader reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] fields = line.split("[\t,]", -1);
                if (Character.isDigit(fields[2].charAt(0))) {
                    ratings.add(new Rating(
                            users.computeIfAbsent(fields[0], id -> users.size()),
                            items.computeIfAbsent(fields[1], id -> items.size()),
                            Float.parseFloat(fields[2]),
                            Long.parseLong(fields[3])));
                }
            }
        }
        return ratings;
    }

    int userCount() {
        return users.size();
    }

    int itemCount() {
        return items.size();
    }

    /** The number of an item that was read. */
    Optional<Integer> findItem(String id) {
        return Optional.ofNullable(items.get(id));
    }

    /** Makes a snapshot with all users and items read so far. */
    Snapshot snapshot(Collection<Rating> ratings) {
        InMemorySnapshot.Builder builder = InMemorySnapshot.builder(users.size(), items.size());
        ratings.forEach(rating -> builder.add(rating.user(), rating.item(), rating.value()));
        return builder.build();
    }

    /** Holds the latest rating of each user with two or more out; of equal times the later line. */
    Split leaveLastOut(List<Rating> ratings) {
        Map<Integer, Rating> last = new HashMap<>();
        Map<Integer, Integer> counts = new HashMap<>();
        for (Rating rating : ratings) {
            last.merge(rating.user(), rating, (old, next) -> next.time() >= old.time() ? next : old);
            counts.merge(rating.user(), 1, Integer::sum);
        }
        last.keySet().removeIf(user -> counts.getOrDefault(user, 0) < 2);
        Set<Rating> held = new HashSet<>(last.values());
        List<Rating> rest =
                ratings.stream().filter(rating -> !held.contains(rating)).toList();
        return new Split(rest, snapshot(rest), List.copyOf(held));
    }
}
