package dev.latent.training.evaluations;

import dev.latent.evaluation.FoldedUsers;
import dev.latent.evaluation.InteractionColumns;
import dev.latent.evaluation.Renumbering;
import dev.latent.interactions.StoredSnapshot;
import dev.latent.models.EvaluationFacts.Basis;
import dev.latent.models.EvaluationFacts.Leakage;
import dev.latent.models.Version;
import dev.latent.spi.Section;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import dev.latent.spi.TrainedModel;
import dev.latent.training.HistoryCounts;
import dev.latent.training.offline.EvaluationPlan;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A sealed version with what it is measured with, numbered by the version's users and items first. Left out of the test,
 * and counted, is what the version has been trained on, and what users have of whom it was trained on more than their
 * dataset still shows. For one evaluation.
 */
final class SealedPart {

    private final Version version;
    private final VersionIds users;
    private final VersionIds items;
    private final Basis basis;
    private final Arena arena;
    private final Snapshot train;
    private final Snapshot known;
    private final Snapshot test;
    private final Map<String, Long> leftOut = new LinkedHashMap<>();

    private SealedPart(Version version, VersionIds users, VersionIds items, Basis basis, Arena arena, Data data) {
        this.version = version;
        this.users = users;
        this.items = items;
        this.basis = basis;
        this.arena = arena;
        train = data.train;
        known = data.known;
        test = data.test;
    }

    /**
     * Snapshots of one numbering.
     *
     * @param train what the version is taken to have been trained on
     * @param known of it what is of items of the version
     * @param test all of the test
     */
    private record Data(Snapshot train, Snapshot known, Snapshot test) {}

    /** Some pairs of a user and an item. */
    private interface Pairs {
        boolean has(int user, int item);
    }

    /** Numbers everything anew; ids have been added by whoever read the test. */
    static SealedPart of(
            Version version, VersionIds users, VersionIds items, TestRows rows, History history, Arena arena) {
        int[] historyUsers = users.addAll(history.snapshot.users());
        int[] historyItems = items.addAll(history.snapshot.items());
        Renumbering numbers = new Renumbering(historyUsers, historyItems, users.size(), items.size());
        Snapshot train = numbers.apply(history.snapshot, Integer.MAX_VALUE, arena);
        Snapshot known = items.size() == items.own() ? train : numbers.apply(history.snapshot, items.own(), arena);
        Snapshot test = rows.columns().pack(users.size(), items.size(), arena);
        return new SealedPart(version, users, items, history.basis, arena, new Data(train, known, test));
    }

    /**
     * What a version is taken to have been trained on.
     *
     * @param snapshot of its dataset
     * @param basis why
     */
    record History(StoredSnapshot snapshot, Basis basis) {}

    /** What is left of the test, and the lists to rank. */
    EvaluationPlan.Part part(TestRows rows) {
        long[] counts =
                version.findSection(HistoryCounts.USERS).map(SealedPart::counts).orElse(new long[0]);
        Pairs isSeen = (user, item) -> Histories.has(train, user, item);
        Pairs isUncertain = (user, _) ->
                basis == Basis.BY_TIME && user < counts.length && train.byUser().length(user) < counts[user];
        Snapshot unseen = keep(test, isSeen, "seen_interactions");
        Snapshot kept = keep(unseen, isUncertain, "uncertain_interactions");
        Snapshot rated =
                keep(kept, (user, item) -> user >= users.own() || item >= items.own(), "unpredicted_interactions");
        return new EvaluationPlan.Part(
                train,
                Optional.empty(),
                kept,
                rated,
                rows.cases(kept, items.own()),
                item -> item < items.own(),
                leftOut);
    }

    private static long[] counts(Section section) {
        long[] counts = new long[Math.toIntExact(section.rows())];
        for (int row = 0; row < counts.length; row++) {
            counts[row] = section.data().get(SparseRows.INT32, (long) row * Integer.BYTES);
        }
        return counts;
    }

    private Snapshot keep(Snapshot all, Pairs dropped, String reason) {
        InteractionColumns columns = new InteractionColumns();
        SparseRows rows = all.byUser();
        for (int user = 0; user < rows.rows(); user++) {
            for (long position = rows.start(user); position < rows.end(user); position++) {
                int item = rows.index(position);
                if (!dropped.has(user, item)) {
                    columns.add(user, item, rows.value(position), rows.time(position));
                }
            }
        }
        leftOut.put(reason, all.interactionCount() - columns.size());
        return columns.pack(all.userCount(), all.itemCount(), arena);
    }

    /** The version's model with all users whom it can score. */
    FoldedUsers users(TrainedModel model, int threads) {
        return FoldedUsers.beyond(model, known, users.own(), threads, arena);
    }

    /** How much of the test had been trained on; told after {@link #part}. */
    Leakage leakage() {
        return new Leakage(basis, test.interactionCount(), leftOut.getOrDefault("seen_interactions", 0L));
    }
}
