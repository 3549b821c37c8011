package dev.latent.benchmarks.report;

import dev.latent.math.Kernels;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The machine a figure was taken on: figures are compared only with others of the same machine and hour.
 *
 * @param processor its name, family and model, with the vector instructions that matter
 * @param cores that this process may use
 * @param jdk version of the Java runtime
 * @param kernels the provider of the numeric kernels in use
 * @param loadAverage of the last minute before the run; below zero when the system does not tell
 */
public record Machine(String processor, int cores, String jdk, String kernels, double loadAverage) {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final List<String> VECTOR_FLAGS = List.of("avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16");

    /**
     * Describes the machine this runs on.
     *
     * @return as it is now
     */
    public static Machine current() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return new Machine(
                findProcessor(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vendor.version", "") + " " + Runtime.version(),
                Kernels.providerName(),
                Math.round(load * 100) / 100.0);
    }

    private static String findProcessor() {
        try {
            return describeProcessor(Files.readAllLines(CPU_INFO));
        } catch (IOException e) {
            return System.getProperty("os.arch", "unknown");
        }
    }

    /** Reads the lines of {@code /proc/cpuinfo}. */
    static String describeProcessor(List<String> lines) {
        String name = value(lines, "model name").orElse(System.getProperty("os.arch", "unknown"));
        String family =
                value(lines, "cpu family").map(text -> ", family " + text).orElse("");
        String model = value(lines, "model").map(text -> " model " + text).orElse("");
        List<String> flags = List.of(value(lines, "flags").orElse("").split(" ", -1));
        List<String> vectors = VECTOR_FLAGS.stream().filter(flags::contains).toList();
        return name + family + model + (vectors.isEmpty() ? "" : ", " + String.join(" ", vectors));
    }

    private static Optional<String> value(List<String> lines, String key) {
        return lines.stream()
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2 && parts[0].strip().equals(key))
                .map(parts -> parts[1].strip())
                .findFirst();
    }

    @Override
    public String toString() {
        return processor + "; " + cores + " cores; JDK " + jdk.strip() + "; kernels " + kernels + "; load average "
                + loadAverage;
    }
}
