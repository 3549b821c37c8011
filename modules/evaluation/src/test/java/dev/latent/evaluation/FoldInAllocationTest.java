package dev.latent.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a fold-in allocates, by {@link FoldInProbe} in a process with the scalar kernels: vectors are objects as long as they
 * run uncompiled.
 */
class FoldInAllocationTest {

    @ParameterizedTest
    @ValueSource(strings = {"ridge", "weighted"})
    void laterFoldIn_allocatesLittleMoreThanItsVector(String law) throws Exception {
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FoldInProbe.class.getName(),
                        law))
                .redirectErrorStream(true)
                .start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(output).isZero();
        String figure = output.lines()
                .filter(line -> line.startsWith("bytes="))
                .findFirst()
                .orElseThrow();
        assertThat(Long.parseLong(figure.substring("bytes=".length()))).isLessThan(1024);
    }
}
