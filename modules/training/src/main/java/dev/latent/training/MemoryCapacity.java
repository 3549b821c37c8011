package dev.latent.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How much memory the process of a run may have.
 *
 * @param heapBytes its largest heap, as configured
 * @param totalBytes heap, native memory and snapshot together
 * @param source where {@code totalBytes} comes from, for a person
 */
public record MemoryCapacity(long heapBytes, long totalBytes, String source) {

    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Path CONTROL_GROUPS = Path.of("/sys/fs/cgroup");
    private static final long KILO = 1024;

    /** What the options allow, or else what the machine and the control group of this process have left. */
    static MemoryCapacity of(TrainingOptions options) {
        long heap = options.process()
                .map(TrainingOptions.ChildProcess::heapBytes)
                .orElse(Runtime.getRuntime().maxMemory());
        return options.memoryBytes()
                .map(bytes -> new MemoryCapacity(Math.min(heap, bytes), bytes, "the setting training.memory"))
                .orElseGet(() -> left(heap, MEMORY, CONTROL_GROUPS));
    }

    /** What is left by the files of the kernel. */
    static MemoryCapacity left(long heap, Path memory, Path controlGroups) {
        MemoryCapacity machine =
                new MemoryCapacity(heap, available(memory).orElse(Long.MAX_VALUE), "what the machine has available");
        Optional<Long> limit = number(controlGroups.resolve("memory.max"));
        Optional<Long> used = number(controlGroups.resolve("memory.current"));
        if (limit.isEmpty() || used.isEmpty()) {
            return machine;
        }
        long free = Math.max(0, limit.get() - used.get() + reclaimable(controlGroups.resolve("memory.stat")));
        return free < machine.totalBytes
                ? new MemoryCapacity(heap, free, "what the control group has left of " + limit.get() + " bytes")
                : machine;
    }

    private static Optional<Long> available(Path memory) {
        return lines(memory).stream()
                .filter(line -> line.startsWith("MemAvailable:"))
                .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KILO)
                .findFirst();
    }

    /** Pages of files that the kernel drops when memory is asked for. */
    private static long reclaimable(Path statistics) {
        return lines(statistics).stream()
                .filter(line -> line.startsWith("inactive_file "))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    private static Optional<Long> number(Path file) {
        return lines(file).stream()
                .filter(line -> line.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .findFirst();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of(); // not this kernel: nothing is known
        }
    }
}
