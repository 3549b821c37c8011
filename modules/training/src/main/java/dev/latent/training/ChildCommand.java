package dev.latent.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line and environment of a Java process that runs plugins' code. */
public final class ChildCommand {

    private static final List<String> FOREIGN_OPTIONS =
            List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

    /**
     * Of the heap for new objects: training keeps its data elsewhere, and garbage that waits to be cleared away counts as
     * memory of the run.
     */
    private static final long NEW_SHARE = 32;

    private static final long SMALLEST_NEW = 8L << 20;
    private static final long LARGEST_NEW = 32L << 20;

    /**
     * Clears new objects away in place. G1 lets the heap grow to gigabytes when many objects die young, as boxed vectors do
     * until the kernels are compiled. Left out where the settings name another.
     */
    private static final String COLLECTOR = "-XX:+UseSerialGC";

    /**
     * Lets the C library ask for huge pages for large matrices, of which solvers read rows from all over; where it does not
     * know the name, or the system has none, nothing changes.
     */
    private static final String C_LIBRARY_OPTIONS = "GLIBC_TUNABLES";

    private static final String HUGE_PAGES = "glibc.malloc.hugetlb=1";

    private ChildCommand() {}

    /**
     * Prepares a process.
     *
     * @param heapBytes its largest heap
     * @param threads processors it sees
     * @param crashLog where the virtual machine describes a crash of native code
     * @param main class and its arguments
     * @param settings the launcher, class path and further arguments
     * @return to be started
     */
    public static ProcessBuilder of(
            TrainingOptions.ChildProcess settings, long heapBytes, int threads, Path crashLog, List<String> main) {
        List<String> command = new ArrayList<>(List.of(
                settings.java().toString(),
                "-Xmx" + heapBytes,
                "-Xmn" + Math.clamp(heapBytes / NEW_SHARE, SMALLEST_NEW, LARGEST_NEW),
                "-XX:ActiveProcessorCount=" + threads,
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + crashLog,
                "-XX:-UsePerfData",
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0",
                "-Duser.timezone=UTC"));
        if (settings.arguments().stream().noneMatch(ChildCommand::choosesCollector)) {
            command.add(COLLECTOR);
        }
        command.addAll(settings.arguments());
        command.addAll(List.of("-cp", settings.classPath()));
        command.addAll(main);
        ProcessBuilder builder = new ProcessBuilder(command);
        FOREIGN_OPTIONS.forEach(builder.environment()::remove);
        builder.environment().keySet().removeIf(name -> name.startsWith("LATENT_"));
        builder.environment().putIfAbsent(C_LIBRARY_OPTIONS, HUGE_PAGES);
        return builder;
    }

    private static boolean choosesCollector(String argument) {
        return argument.startsWith("-XX:+Use") && argument.endsWith("GC");
    }
}
