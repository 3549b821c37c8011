package dev.latent.training.offline;

import dev.latent.evaluation.Folds;
import dev.latent.evaluation.HeldOutUsers;
import dev.latent.evaluation.RelevanceRule;
import dev.latent.evaluation.Split;
import dev.latent.evaluation.SplitSnapshot;
import dev.latent.evaluation.TestCase;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import dev.latent.training.offline.EvaluationProtocol.Rule;
import dev.latent.training.offline.EvaluationProtocol.Sizes;
import java.lang.foreign.Arena;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What an evaluation measures, part by part.
 *
 * @param split how the parts come about, for a person
 * @param parts made one after the other, so that only one is in memory
 */
public record EvaluationPlan(String split, List<PartSource> parts) {

    private static final int HELD_OUT_SHARE = 10;
    private static final String DROPPED = "dropped_interactions";

    /** Copies the list. */
    public EvaluationPlan {
        parts = List.copyOf(parts);
    }

    /** Makes a part. */
    @FunctionalInterface
    public interface PartSource {

        /**
         * Makes it.
         *
         * @param arena owns its memory; shared
         * @return valid as long as the arena
         */
        Part open(Arena arena);
    }

    /** Makes the lists to rank, once it is known what each user has. */
    @FunctionalInterface
    public interface Cases {

        /**
         * Makes them.
         *
         * @param histories of all users
         * @param relevance which test interactions should be found
         * @return ascending by user, or in the order of a file
         */
        List<TestCase> of(Snapshot histories, RelevanceRule relevance);
    }

    /**
     * One thing to learn from and to measure with.
     *
     * @param train what to learn from
     * @param foldIn what is shown of users who are not in it
     * @param test what to measure with
     * @param rated of it what values are predicted of
     * @param cases makes the lists to rank
     * @param knownItems which items the model has learnt of
     * @param leftOut test interactions that are in neither, by why
     */
    public record Part(
            Snapshot train,
            Optional<Snapshot> foldIn,
            Snapshot test,
            Snapshot rated,
            Cases cases,
            IntPredicate knownItems,
            Map<String, Long> leftOut) {

        /** Copies the map, keeping its order. */
        public Part {
            leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
        }

        static Part of(Snapshot train, Optional<Snapshot> foldIn, Snapshot test, Cases cases, long dropped) {
            SparseRows learned = train.byItem();
            return new Part(
                    train, foldIn, test, test, cases, item -> learned.length(item) > 0, Map.of(DROPPED, dropped));
        }

        static Part of(SplitSnapshot parts) {
            return of(
                    parts.train(),
                    Optional.empty(),
                    parts.test(),
                    (_, relevance) -> TestCase.ofCatalogue(parts.test(), relevance),
                    0);
        }
    }

    /**
     * Parts a snapshot.
     *
     * @param rule how
     * @param sizes how much goes where
     * @param all what to part
     * @param seed of every draw
     * @return to be measured while the snapshot is open
     */
    public static EvaluationPlan cut(Rule rule, Sizes sizes, Snapshot all, long seed) {
        return switch (rule) {
            case K_FOLD -> {
                Folds folds = new Folds(all, sizes.folds(), seed);
                yield new EvaluationPlan(
                        sizes.folds() + " random folds of all interactions",
                        IntStream.range(0, sizes.folds())
                                .<PartSource>mapToObj(fold -> arena -> Part.of(folds.get(fold, arena)))
                                .toList());
            }
            case RANDOM -> cut(new Split.Random(sizes.fraction()), all, seed);
            case TEMPORAL -> cut(new Split.Temporal(sizes.fraction()), all, seed);
            case LEAVE_LAST_OUT -> cut(new Split.LeaveLastOut(), all, seed);
            case LEAVE_LAST_OUT_SAMPLED ->
                new EvaluationPlan(
                        "leave-last-out, ranked among " + sizes.negatives() + " items drawn uniformly",
                        List.of(arena -> sampled(sizes.negatives(), all, seed, arena)));
            case STRONG_GENERALIZATION -> {
                int users =
                        sizes.heldOutUsers() > 0 ? sizes.heldOutUsers() : Math.max(1, all.userCount() / HELD_OUT_SHARE);
                yield new EvaluationPlan(
                        users + " users held out, 80 % of theirs folded in, 20 % tested",
                        List.of(arena -> heldOut(users, all, seed, arena)));
            }
        };
    }

    private static EvaluationPlan cut(Split split, Snapshot all, long seed) {
        return new EvaluationPlan(split.toString(), List.of(arena -> Part.of(split.apply(all, seed, arena))));
    }

    private static Part sampled(int negatives, Snapshot all, long seed, Arena arena) {
        SplitSnapshot parts = new Split.LeaveLastOut().apply(all, seed, arena);
        Cases cases = (histories, relevance) -> TestCase.sampled(histories, parts.test(), relevance, negatives, seed);
        return Part.of(parts.train(), Optional.empty(), parts.test(), cases, 0);
    }

    private static Part heldOut(int users, Snapshot all, long seed, Arena arena) {
        HeldOutUsers held = HeldOutUsers.cut(all, users, seed, arena);
        return Part.of(
                held.train(),
                Optional.of(held.foldIn()),
                held.test(),
                (_, relevance) -> TestCase.ofCatalogue(held.test(), relevance),
                held.dropped());
    }
}
