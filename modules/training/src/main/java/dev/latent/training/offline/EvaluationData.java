package dev.latent.training.offline;

import dev.latent.evaluation.TestCase;
import dev.latent.interactions.CandidateFile;
import dev.latent.interactions.InteractionFile;
import dev.latent.spi.Snapshot;
import dev.latent.training.offline.EvaluationPlan.Part;
import dev.latent.training.offline.EvaluationProtocol.Cut;
import dev.latent.training.offline.EvaluationProtocol.Given;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and parts what an evaluation needs, as its protocol says. */
final class EvaluationData {

    private EvaluationData() {}

    /** Reads all files of a protocol. */
    static EvaluationPlan read(EvaluationProtocol protocol, long seed, Arena arena) throws IOException {
        return switch (protocol) {
            case Given given -> {
                Part part = read(given, arena);
                yield new EvaluationPlan(EvaluationProtocol.GIVEN, List.of(_ -> part));
            }
            case Cut cut -> {
                Snapshot all = OfflineData.read(
                                List.of(cut.data()),
                                new OfflineData.Reading(cut.layout(), List.of(), cut.features()),
                                arena)
                        .parts()
                        .getFirst();
                yield EvaluationPlan.cut(cut.rule(), cut.sizes(), all, seed);
            }
        };
    }

    private static Part read(Given given, Arena arena) throws IOException {
        List<CandidateFile.Line> candidates = given.negatives().isPresent()
                ? CandidateFile.read(given.negatives().get())
                : List.of();
        List<Path> files = new ArrayList<>(List.of(given.train(), given.test()));
        given.foldIn().ifPresent(files::add);
        OfflineData data = OfflineData.read(
                files,
                new OfflineData.Reading(
                        given.layout(),
                        candidates.stream()
                                .flatMap(line -> line.candidates().stream())
                                .toList(),
                        given.features()),
                arena);
        Snapshot train = data.parts().getFirst();
        Snapshot test = data.parts().get(1);
        Optional<Snapshot> foldIn = given.foldIn().map(_ -> data.parts().getLast());
        foldIn.ifPresent(shown -> checkApart(given, train, shown, data.users()));
        if (given.negatives().isEmpty()) {
            return Part.of(train, foldIn, test, (_, relevance) -> TestCase.ofCatalogue(test, relevance), 0);
        }
        List<GivenCandidates.TestLine> lines = new ArrayList<>();
        InteractionFile.read(
                given.test(),
                given.layout(),
                (user, item, value, _) -> lines.add(new GivenCandidates.TestLine(user, item, value)));
        GivenCandidates cases = new GivenCandidates(given.negatives().get(), lines, candidates, numbers(data));
        return Part.of(
                train, foldIn, test, (_, relevance) -> cases.cases(relevance, (_, _) -> true, Integer.MAX_VALUE), 0);
    }

    private static GivenCandidates.Numbers numbers(OfflineData data) {
        return new GivenCandidates.Numbers() {
            @Override
            public int user(String id) {
                return data.users().find(id).orElseThrow();
            }

            @Override
            public int item(String id) {
                return data.items().find(id).orElseThrow();
            }
        };
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
