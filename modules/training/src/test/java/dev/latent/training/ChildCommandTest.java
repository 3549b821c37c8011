package dev.latent.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChildCommandTest {

    @Test
    void process_hasItsHeapCollectorAndThreads_andAsksForHugePagesUnlessToldOtherwise() {
        TrainingOptions.ChildProcess settings =
                new TrainingOptions.ChildProcess(Path.of("java"), "classes", 1L << 30, List.of("-Dx=y"));
        ProcessBuilder builder = of(settings);

        assertThat(builder.command())
                .startsWith("java", "-Xmx" + (1L << 28), "-Xmn" + (1L << 23))
                .contains("-XX:+UseSerialGC", "-XX:ActiveProcessorCount=3", "-Dx=y")
                .endsWith("-cp", "classes", "Main", "task");
        assertThat(builder.environment())
                .doesNotContainKeys("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS")
                .containsEntry(
                        "GLIBC_TUNABLES",
                        Optional.ofNullable(System.getenv("GLIBC_TUNABLES")).orElse("glibc.malloc.hugetlb=1"));
    }

    @Test
    void collectorOfTheSettings_replacesOurs() {
        TrainingOptions.ChildProcess settings =
                new TrainingOptions.ChildProcess(Path.of("java"), "classes", 1L << 30, List.of("-XX:+UseParallelGC"));

        assertThat(of(settings).command()).contains("-XX:+UseParallelGC").doesNotContain("-XX:+UseSerialGC");
    }

    private static ProcessBuilder of(TrainingOptions.ChildProcess settings) {
        return ChildCommand.of(settings, 1L << 28, 3, Path.of("crash.log"), List.of("Main", "task"));
    }
}
