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
public final class GivenCandidates {

    private final List<TestLine> lines;
    private final List<CandidateFile.Line> candidates;
    private final Numbers numbers;

    /**
     * A line of a test file.
     *
     * @param user its id
     * @param item its id
     * @param value of the interaction
     */
    public record TestLine(String user, String item, float value) {}

    /** The numbers of ids, all of which are known. */
    public interface Numbers {

        /**
         * Returns the number of a user.
         *
         * @param id of a line
         * @return from 0
         */
        int user(String id);

        /**
         * Returns the number of an item.
         *
         * @param id of a line or a candidate
         * @return from 0
         */
        int item(String id);
    }

    /** Which lines are measured. */
    @FunctionalInterface
    public interface Filter {

        /**
         * Decides on a line.
         *
         * @param user its number
         * @param item its number
         * @return whether it is measured
         */
        boolean isMeasured(int user, int item);
    }

    /**
     * Pairs lines.
     *
     * @param file the candidates' name, for messages
     * @param lines of the test
     * @param candidates for each of them
     * @param numbers of all ids
     * @throws IllegalArgumentException when they do not match
     */
    public GivenCandidates(Path file, List<TestLine> lines, List<CandidateFile.Line> candidates, Numbers numbers) {
        this.lines = lines;
        this.numbers = numbers;
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

    /**
     * Makes a case for each line that is relevant.
     *
     * @param relevance which lines are
     * @param filter of lines, for what else is not to be measured
     * @param itemLimit candidates from here on are left out
     * @return in the order of the file
     */
    public List<TestCase> cases(RelevanceRule relevance, Filter filter, int itemLimit) {
        List<TestCase> cases = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            TestLine line = lines.get(index);
            int user = numbers.user(line.user());
            int item = numbers.item(line.item());
            if (line.value() >= relevance.minimumValue() && filter.isMeasured(user, item)) {
                int[] ranked = IntStream.concat(
                                IntStream.of(item),
                                candidates.get(index).candidates().stream().mapToInt(numbers::item))
                        .filter(candidate -> candidate < itemLimit)
                        .sorted()
                        .distinct()
                        .toArray();
                cases.add(new TestCase(user, new int[] {item}, Optional.of(ranked)));
            }
        }
        return cases;
    }
}
