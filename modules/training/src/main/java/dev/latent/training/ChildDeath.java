package dev.latent.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Says how the process of a run ended when it could not tell itself. */
public final class ChildDeath {

    private static final int OUT_OF_MEMORY = 3;
    private static final int SIGNALLED = 128;
    private static final Map<Integer, String> SIGNALS =
            Map.of(4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV", 15, "SIGTERM");

    private ChildDeath() {}

    /**
     * What happened, the next step where one is known, and the last words.
     *
     * @param status the exit status
     * @param heapBytes the largest heap it was given
     * @param crashLog where the virtual machine describes a crash of native code, if there was one
     * @param lastWords what it wrote last
     * @return a sentence or more
     */
    public static String describe(int status, long heapBytes, Path crashLog, List<String> lastWords) {
        String cause = Files.exists(crashLog)
                ? "native code crashed (exit status " + status + "), see " + crashLog
                : cause(status, heapBytes, lastWords);
        return "The process of the run ended before its work was done: " + cause
                + (lastWords.isEmpty() ? "" : ". Its last words: " + String.join(" | ", lastWords));
    }

    private static String cause(int status, long heapBytes, List<String> lastWords) {
        if (status == OUT_OF_MEMORY && lastWords.stream().anyMatch(line -> line.contains("OutOfMemoryError"))) {
            return "it ran out of memory (exit status 3, heap limit " + (heapBytes >> 20)
                    + " MiB); give runs a larger heap (training.heap; at most twice what the algorithm"
                    + " says it needs is used) or make the model smaller";
        }
        String signal = SIGNALS.get(status - SIGNALLED);
        if (signal == null) {
            return "it exited with status " + status + "; a plugin must not end its process";
        }
        String step = signal.equals("SIGKILL") ? "; when nobody killed it, the machine ran out of memory" : "";
        return "it was killed by signal " + (status - SIGNALLED) + " (" + signal + ", exit status " + status + ")"
                + step;
    }
}
