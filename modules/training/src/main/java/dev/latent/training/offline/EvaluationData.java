package dev.latent.training.offline;

import dev.latent.evaluation.Folds;
import dev.latent.evaluation.HeldOutUsers;
import dev.latent.evaluation.RelevanceRule;
import dev.latent.evaluation.Split;
import dev.latent.evaluation.SplitSnapshot;
import dev.latent.evaluation.TestCase;
import dev.latent.interactions.CandidateFile;
import dev.latent.interactions.InteractionFile;
import dev.latent.spi.Snapshot;
import dev.latent.training.offline.EvaluationProtocol.Cut;
import dev.latent.training.offline.EvaluationProtocol.Given;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads and parts what an evaluation needs, as its protocol says. */
final class EvaluationData {

    private static final int HELD_OUT_SHARE = 10;

    private EvaluationData() {}

    /** Makes the lists to rank, once it is known what each user has. */
    interface Cases {
        List<TestCase> of(Snapshot histories, RelevanceRule relevance);
    }

    /**
     * One thing to learn from and to measure with.
     *
     * @param train what to learn from
     * @param foldIn what is shown of users who are not in it
     * @param test what to measure with
     * @param cases makes the lists to rank
     * @param dropped test interactions that were left out
     */
    record Part(Snapshot train, Optional<Snapshot> foldIn, Snapshot test, Cases cases, long dropped) {

        static Part of(SplitSnapshot parts) {
            return new Part(
                    parts.train(),
                    Optional.empty(),
                    parts.test(),
                    (_, relevance) -> TestCase.ofCatalogue(parts.test(), relevance),
                    0);
        }
    }

    /** All parts, to be measured one after the other, and how they came about. */
    record Plan(String split, List<Part> parts) {}

    static Plan read(EvaluationProtocol protocol, long seed, Arena arena) throws IOException {
        return switch (protocol) {
            case Given given -> new Plan(EvaluationProtocol.GIVEN, List.of(read(given, arena)));
            case Cut cut -> {
                Snapshot all = OfflineData.read(List.of(cut.data()), cut.layout(), List.of(), arena)
                        .parts()
                        .getFirst();
                yield cut(cut, all, seed, arena);
            }
        };
    }

    private static Plan cut(Cut cut, Snapshot all, long seed, Arena arena) {
        EvaluationProtocol.Sizes sizes = cut.sizes();
        return switch (cut.rule()) {
            case K_FOLD -> {
                Folds folds = new Folds(all, sizes.folds(), seed);
                yield new Plan(
                        sizes.folds() + " random folds of all interactions",
                        IntStream.range(0, sizes.folds())
                                .mapToObj(fold -> Part.of(folds.get(fold, arena)))
                                .toList());
            }
            case RANDOM -> plan(new Split.Random(sizes.fraction()), all, seed, arena);
            case TEMPORAL -> plan(new Split.Temporal(sizes.fraction()), all, seed, arena);
            case LEAVE_LAST_OUT -> plan(new Split.LeaveLastOut(), all, seed, arena);
            case LEAVE_LAST_OUT_SAMPLED -> {
                SplitSnapshot parts = new Split.LeaveLastOut().apply(all, seed, arena);
                Cases cases = (histories, relevance) ->
                        TestCase.sampled(histories, parts.test(), relevance, sizes.negatives(), seed);
                yield new Plan(
                        "leave-last-out, ranked among " + sizes.negatives() + " items drawn uniformly",
                        List.of(new Part(parts.train(), Optional.empty(), parts.test(), cases, 0)));
            }
            case STRONG_GENERALIZATION -> {
                int users =
                        sizes.heldOutUsers() > 0 ? sizes.heldOutUsers() : Math.max(1, all.userCount() / HELD_OUT_SHARE);
                HeldOutUsers held = HeldOutUsers.cut(all, users, seed, arena);
                yield new Plan(
                        users + " users held out, 80 % of theirs folded in, 20 % tested",
                        List.of(new Part(
                                held.train(),
                                Optional.of(held.foldIn()),
                                held.test(),
                                (_, relevance) -> TestCase.ofCatalogue(held.test(), relevance),
                                held.dropped())));
            }
        };
    }

    private static Plan plan(Split split, Snapshot all, long seed, Arena arena) {
        return new Plan(split.toString(), List.of(Part.of(split.apply(all, seed, arena))));
    }

    private static Part read(Given given, Arena arena) throws IOException {
        List<CandidateFile.Line> candidates = given.negatives().isPresent()
                ? CandidateFile.read(given.negatives().get())
                : List.of();
        List<Path> files = new ArrayList<>(List.of(given.train(), given.test()));
        given.foldIn().ifPresent(files::add);
        OfflineData data = OfflineData.read(
                files,
                given.layout(),
                candidates.stream().flatMap(line -> line.candidates().stream()).toList(),
                arena);
        Snapshot train = data.parts().getFirst();
        Snapshot test = data.parts().get(1);
        Optional<Snapshot> foldIn = given.foldIn().map(_ -> data.parts().getLast());
        foldIn.ifPresent(shown -> checkApart(given, train, shown, data.users()));
        if (given.negatives().isEmpty()) {
            return new Part(train, foldIn, test, (_, relevance) -> TestCase.ofCatalogue(test, relevance), 0);
        }
        List<GivenCandidates.TestLine> lines = new ArrayList<>();
        InteractionFile.read(
                given.test(),
                given.layout(),
                (user, item, value, _) -> lines.add(new GivenCandidates.TestLine(user, item, value)));
        GivenCandidates cases = new GivenCandidates(given.negatives().get(), lines, candidates, data);
        return new Part(train, foldIn, test, (_, relevance) -> cases.cases(relevance), 0);
    }

    private static void checkApart(Given given, Snapshot train, Snapshot shown, OfflineIds users) {
        for (int user = 0; user < train.userCount(); user++) {
            if (train.byUser().length(user) > 0 && shown.byUser().length(user) > 0) {
                throw new IllegalArgumentException("User '" + users.get(user) + "' is in " + given.train()
                        + " and in the fold-in file " + given.foldIn().orElseThrow()
                        + ", which is for users who are not trained on; leave it out of one of them");
            }
        }
    }
}
