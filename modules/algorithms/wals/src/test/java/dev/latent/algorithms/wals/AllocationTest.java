package dev.latent.algorithms.wals;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a sweep allocates, by {@link AllocationProbe} in a process with the scalar kernels: vectors are objects as long as
 * they run uncompiled.
 */
class AllocationTest {

    /** Squares of the factors in float64 that a sweep makes however many rows it has: bases, Gramians, axes. */
    private static final int SQUARES = 20;

    private static final int FACTORS = 6;

    /** What the pool's hand-over to its threads takes in a sweep, which differs from one to the next. */
    private static final long HAND_OVERS = 8 << 10;

    /** One of them. */
    private static final long HAND_OVER = 400;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "solver=cholesky",
                "solver=cholesky factors=40",
                "solver=block block_size=4",
                "solver=cg",
                "solver=cholesky feedback=explicit",
                "solver=block feedback=explicit block_size=4",
                "solver=cg feedback=explicit",
                "non_negative=true",
                "alpha=2 minimum_value=2 user_weight_exponent=0.5 item_weight_exponent=0.5",
                "solver=cg alpha=2 confidence=logarithmic recency_half_life=3",
                "item_normalization=1 recency_half_life=3"
            })
    void laterSweep_allocatesNoMoreForMoreRows(String settings) throws Exception {
        int factors = settings.contains("factors=40") ? 40 : FACTORS;
        long few = allocated(200, 1000, factors, settings);
        long many = allocated(2000, 1000, factors, settings);
        assertThat(few).isLessThan(HAND_OVERS + (long) SQUARES * factors * factors * Double.BYTES);
        assertThat(many).isLessThan(few + HAND_OVERS / 4);
    }

    /** 200 users instead of 40, whose rows and those of the items are cut into 600 more pairs of chunks. */
    @ParameterizedTest
    @ValueSource(strings = {"regularization=0.05", "feedback=explicit", "non_negative=true"})
    void rowsSharedByAllThreads_allocateNothingButTheHandOver(String settings) throws Exception {
        long few = allocated(40, 5, 20, settings);
        long many = allocated(200, 5, 20, settings);
        assertThat(many - few).isLessThan(600 * HAND_OVER);
    }

    private static long allocated(int users, int longest, int factors, String settings) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                AllocationProbe.class.getName(),
                Integer.toString(users),
                Integer.toString(longest),
                "factors=" + factors));
        command.addAll(List.of(settings.split(" ", -1)));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(output).isZero();
        String figure = output.lines()
                .filter(line -> line.startsWith("bytes="))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(figure.substring("bytes=".length()));
    }
}
