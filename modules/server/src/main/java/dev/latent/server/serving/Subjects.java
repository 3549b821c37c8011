package dev.latent.server.serving;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latent.interactions.InteractionStore;
import dev.latent.interactions.RepeatPolicy;
import dev.latent.interactions.TypeWeights;
import dev.latent.interactions.UserHistory;
import dev.latent.server.serving.Subject.Kind;
import dev.latent.spi.History;
import dev.latent.storage.IdIndex;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds whom a request is about, for one version: the trained vector while the user's history is the one that was trained
 * on, else one folded in from the interactions that the store holds now; for want of usable ones, by the features of the
 * user's record.
 *
 * <p>What was found is kept until the user's interactions or record change ({@link #forget}), so that a request for a user seen
 * before touches no store. Thread-safe.
 */
final class Subjects {

    private final InteractionStore store;
    private final String dataset;
    private final TypeWeights typeWeights;
    private final IdIndex items;
    private final UserVectors vectors;
    private final Cache<String, Subject> known;

    Subjects(InteractionStore store, VersionInputs inputs, UserVectors vectors, long cachedUsers) {
        this.store = store;
        this.dataset = inputs.dataset();
        this.typeWeights = inputs.typeWeights();
        this.items = inputs.items();
        this.vectors = vectors;
        this.known = Caffeine.newBuilder().maximumSize(cachedUsers).build();
    }

    /** The subject of a user of the dataset. */
    Subject ofUser(String userId) {
        return known.get(userId, this::read);
    }

    /** Whether {@link #ofUser} answers for this user without reading the store. */
    boolean remembers(String userId) {
        return known.getIfPresent(userId) != null;
    }

    private Subject read(String userId) {
        boolean there = store.findDataset(dataset).isPresent();
        UserHistory stored = there ? store.history(dataset, userId) : noHistory();
        Subject subject = resolve(vectors.find(userId), stored);
        return there && !subject.kind().fallback().isEmpty() ? describe(userId, subject) : subject;
    }

    /** A subject without a vector, by what is known of the user; as it was when nothing is. */
    private Subject describe(String userId, Subject subject) {
        if (!vectors.knowsFeatures()) {
            return subject;
        }
        return store.findUser(dataset, userId)
                .flatMap(user -> vectors.byFeatures(user.features(), subject.history(), subject.seen()))
                .orElse(subject);
    }

    private static UserHistory noHistory() {
        return UserHistory.of(List.of(), RepeatPolicy.LAST);
    }

    /** The subject of a history that came with a request. */
    Subject ofHistory(UserHistory given) {
        return resolve(-1, given);
    }

    private Subject resolve(int user, UserHistory stored) {
        int[] seen = seen(stored);
        UserHistory counted = stored.weighted(typeWeights);
        History history = history(counted);
        if (vectors.isTrainedOn(user, counted.size())) {
            return vectors.trained(user, history, seen);
        }
        if (vectors.scoresHistories() && history.size() > 0) {
            return new Subject(Kind.HISTORY, new float[0], 0, history, seen);
        }
        Optional<Subject> folded = vectors.foldIn(history, seen);
        if (folded.isPresent()) {
            return folded.get();
        }
        if (user >= 0 && !stored.isEmpty()) {
            return vectors.trained(user, history, seen);
        }
        Kind kind = vectors.canFoldIn() || history.size() == 0 ? Kind.UNKNOWN_USER : Kind.NO_FOLD_IN;
        return new Subject(kind, new float[0], 0, history, seen);
    }

    private int[] seen(UserHistory stored) {
        int[] numbers = new int[stored.size()];
        for (int entry = 0; entry < numbers.length; entry++) {
            numbers[entry] = items.find(stored.itemId(entry));
        }
        return Arrays.stream(numbers)
                .filter(number -> number >= 0)
                .sorted()
                .distinct()
                .toArray();
    }

    private History history(UserHistory counted) {
        long[] entries = new long[counted.size()];
        int known = 0;
        for (int entry = 0; entry < entries.length; entry++) {
            int number = items.find(counted.itemId(entry));
            if (number >= 0) {
                entries[known++] = (long) number << Integer.SIZE | entry;
            }
        }
        Arrays.sort(entries, 0, known);
        int[] numbers = new int[known];
        float[] values = new float[known];
        long[] times = new long[vectors.readsTimes() ? known : 0];
        for (int position = 0; position < known; position++) {
            numbers[position] = (int) (entries[position] >>> Integer.SIZE);
            values[position] = counted.value((int) entries[position]);
        }
        for (int position = 0; position < times.length; position++) {
            times[position] = counted.time((int) entries[position]);
        }
        return new History(numbers, values, times);
    }

    /** Forgets what was found for a user, whose interactions have changed. */
    void forget(String userId) {
        known.invalidate(userId);
    }

    /** Forgets what was found for all users. */
    void forgetAll() {
        known.invalidateAll();
    }
}
