package dev.latent.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChildCommandTest {

    @Test
    void process_hasItsHeapAndThreads_andAsksForHugePagesUnlessToldOtherwise() {
        TrainingOptions.ChildProcess settings =
                new TrainingOptions.ChildProcess(Path.of("java"), "classes", 1L << 30, List.of("-Dx=y"));
        ProcessBuilder builder = ChildCommand.of(settings, 1L << 28, 3, Path.of("crash.log"), List.of("Main", "task"));

        assertThat(builder.command())
                .startsWith("java", "-Xmx" + (1L << 28))
                .contains("-XX:ActiveProcessorCount=3", "-Dx=y")
                .endsWith("-cp", "classes", "Main", "task");
        assertThat(builder.environment())
                .doesNotContainKeys("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS")
                .containsEntry(
                        "GLIBC_TUNABLES",
                        Optional.ofNullable(System.getenv("GLIBC_TUNABLES")).orElse("glibc.malloc.hugetlb=1"));
    }
}
