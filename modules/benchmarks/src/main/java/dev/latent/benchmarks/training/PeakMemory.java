package dev.latent.benchmarks.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The resident memory of this process, as Linux counts it; 0 on systems that do not tell. */
final class PeakMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");
    private static final String CLEAR_PEAK = "5";

    private static final int LOOKS = 10;
    private static final int LOOK_MILLIS = 300;

    private PeakMemory() {}

    /**
     * Collects the garbage of what came before and starts the peak anew. The collector gives memory back after it has
     * returned, so the peak is started once nothing more is given back.
     *
     * @return whether the system could: otherwise the peak is the process's
     */
    static boolean reset() throws InterruptedException {
        System.gc();
        long before = Long.MAX_VALUE;
        for (int look = 0; look < LOOKS && currentBytes() < before; look++) {
            before = currentBytes();
            Thread.sleep(LOOK_MILLIS);
        }
        try {
            Files.writeString(CLEAR, CLEAR_PEAK);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static long peakBytes() {
        return bytes("VmHWM:");
    }

    static long currentBytes() {
        return bytes("VmRSS:");
    }

    private static long bytes(String key) {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(Long::parseLong)
                    .map(kilobytes -> kilobytes * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
