package dev.latent.interactions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The problems of an import: all counted, the first kept. */
final class ProblemLog {

    private final int limit;
    private final List<ImportProblem> first = new ArrayList<>();
    private long count;
    private long lines;
    private boolean fatal;

    ProblemLog(int limit) {
        this.limit = limit;
    }

    /** A line that can be left out. */
    void line(String file, long line, int column, String reason) {
        lines++;
        add(new ImportProblem(file, line, column, reason));
    }

    /** Something that refuses the file, whatever the rule for bad lines. */
    void file(String file, long line, String reason) {
        fatal = true;
        add(new ImportProblem(file, line, 0, reason));
    }

    private void add(ImportProblem problem) {
        count++;
        if (first.size() < limit) {
            first.add(problem);
        }
    }

    /** Refuses a file that was to be read whole: the first problem, and how many more there are. */
    void checkNone(Path file) {
        if (count > 0) {
            String others = count == 1 ? "" : " (and " + (count - 1) + " more problems)";
            String folder = file.getParent() == null ? "" : file.getParent() + "/";
            throw new InvalidValueException("file", folder + first.getFirst() + others);
        }
    }

    /** Whether something refuses the files whatever the rule for bad lines. */
    boolean isFatal() {
        return fatal;
    }

    boolean refuses(boolean skipBadLines) {
        return fatal || (count > 0 && !skipBadLines);
    }

    long count() {
        return count;
    }

    long badLines() {
        return lines;
    }

    List<ImportProblem> first() {
        return first;
    }
}
