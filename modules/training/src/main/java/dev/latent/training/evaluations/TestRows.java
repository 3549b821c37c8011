package dev.latent.training.evaluations;

import dev.latent.evaluation.InteractionColumns;
import dev.latent.evaluation.TestCase;
import dev.latent.interactions.CandidateFile;
import dev.latent.interactions.InteractionFile;
import dev.latent.interactions.StoredSnapshot;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import dev.latent.training.offline.EvaluationPlan;
import dev.latent.training.offline.GivenCandidates;
import dev.latent.training.offline.GivenCandidates.TestLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a version is measured with, before anything is left out.
 *
 * @param columns the interactions
 * @param candidates those of a file, when lists are ranked among them
 */
record TestRows(InteractionColumns columns, Optional<GivenCandidates> candidates) {

    /** Reads the files of the protocol {@code given}. */
    static TestRows read(VersionProtocol protocol, VersionIds users, VersionIds items) throws IOException {
        InteractionColumns columns = new InteractionColumns();
        List<TestLine> lines = new ArrayList<>();
        InteractionFile.read(Path.of(protocol.test().orElseThrow()), protocol.layout(), (user, item, value, time) -> {
            columns.add(users.add(user), items.add(item), value, time);
            if (protocol.negatives().isPresent()) {
                lines.add(new TestLine(user, item, value));
            }
        });
        if (protocol.negatives().isEmpty()) {
            return new TestRows(columns, Optional.empty());
        }
        Path file = Path.of(protocol.negatives().get());
        GivenCandidates candidates = new GivenCandidates(file, lines, CandidateFile.read(file), numbers(users, items));
        return new TestRows(columns, Optional.of(candidates));
    }

    private static GivenCandidates.Numbers numbers(VersionIds users, VersionIds items) {
        return new GivenCandidates.Numbers() {
            @Override
            public int user(String id) {
                return users.find(id);
            }

            @Override
            public int item(String id) {
                return items.find(id);
            }
        };
    }

    /** Takes what is later than a moment. */
    static TestRows later(StoredSnapshot dataset, long until, VersionIds users, VersionIds items) {
        InteractionColumns columns = new InteractionColumns();
        SparseRows rows = dataset.byUser();
        for (int user = 0; user < rows.rows(); user++) {
            for (long position = rows.start(user); position < rows.end(user); position++) {
                if (rows.time(position) > until) {
                    columns.add(
                            users.add(dataset.users().get(user)),
                            items.add(dataset.items().get(rows.index(position))),
                            rows.value(position),
                            rows.time(position));
                }
            }
        }
        return new TestRows(columns, Optional.empty());
    }

    /** The lists to rank, of what is left of the test. */
    EvaluationPlan.Cases cases(Snapshot kept, int itemLimit) {
        return candidates
                .<EvaluationPlan.Cases>map(given -> (_, relevance) ->
                        given.cases(relevance, (user, item) -> Histories.has(kept, user, item), itemLimit))
                .orElse((_, relevance) -> TestCase.ofCatalogue(kept, relevance));
    }
}
