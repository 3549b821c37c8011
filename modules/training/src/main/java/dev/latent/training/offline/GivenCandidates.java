package dev.latent.training.offline;

import dev.latent.evaluation.RelevanceRule;
import dev.latent.evaluation.TestCase;
import dev.latent.interactions.CandidateFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The lines of a test file with the candidates that a file gives for each. */
final class GivenCandidates {

    private final List<TestLine> lines;
    private final List<CandidateFile.Line> candidates;
    private final OfflineData data;

    /** A line of a test file. */
    record TestLine(String user, String item, float value) {}

    GivenCandidates(Path file, List<TestLine> lines, List<CandidateFile.Line> candidates, OfflineData data) {
        this.lines = lines;
        this.data = data;
        boolean header = candidates.size() == lines.size() + 1
                && !candidates.getFirst().user().equals(lines.getFirst().user());
        this.candidates = header ? candidates.subList(1, candidates.size()) : candidates;
        check(file);
    }

    private void check(Path file) {
        if (candidates.size() != lines.size()) {
            throw new IllegalArgumentException("Negatives file " + file + " has " + candidates.size()
                    + " lines, the test file " + lines.size() + "; it needs one for each line of the test");
        }
        for (int index = 0; index < lines.size(); index++) {
            String user = candidates.get(index).user();
            if (!user.equals(lines.get(index).user())) {
                throw new IllegalArgumentException("Negatives file " + file + ":"
                        + candidates.get(index).number() + ": user '" + user + "', but line " + (index + 1)
                        + " of the test is of user '" + lines.get(index).user()
                        + "'; its lines are in the order of the test's");
            }
        }
    }

    /** One case for each line that is relevant, in the order of the file. */
    List<TestCase> cases(RelevanceRule relevance) {
        List<TestCase> cases = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            TestLine line = lines.get(index);
            if (line.value() >= relevance.minimumValue()) {
                int item = data.items().find(line.item()).orElseThrow();
                int[] ranked = IntStream.concat(
                                IntStream.of(item),
                                candidates.get(index).candidates().stream()
                                        .mapToInt(id -> data.items().find(id).orElseThrow()))
                        .sorted()
                        .distinct()
                        .toArray();
                cases.add(new TestCase(
                        data.users().find(line.user()).orElseThrow(), new int[] {item}, Optional.of(ranked)));
            }
        }
        return cases;
    }
}
