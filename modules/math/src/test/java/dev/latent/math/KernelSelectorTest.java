package dev.latent.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.latent.math.KernelSelector.Candidate;
import dev.latent.math.KernelSelector.Choice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which provider is taken, in this JVM and in child JVMs with other flags. */
class KernelSelectorTest {

    private static final String MODULE = "jdk.incubator.vector";

    @Test
    void firstUsableCandidate_isTakenAndOthersExplained() {
        ScalarKernels taken = new ScalarKernels();
        Choice choice = KernelSelector.choose(
                List.of(broken("first", "no luck"), usable("second", taken), usable("third", new ScalarKernels())));

        assertThat(choice.provider()).isSameAs(taken);
        assertThat(choice.refusals()).containsExactly("first is unavailable: no luck");
    }

    @Test
    void noUsableCandidate_isAnError() {
        assertThatIllegalStateException()
                .isThrownBy(() -> KernelSelector.choose(List.of(broken("only", "gone"))))
                .withMessageContaining("only is unavailable: gone");
    }

    @Test
    void lastCandidate_isScalarAndNeverRefuses() {
        Candidate last = KernelSelector.candidates().getLast();

        assertThat(last.provider().get()).isInstanceOf(ScalarKernels.class);
        assertThat(last.obstacle().get()).isEmpty();
    }

    @Test
    void everyCandidate_isNamedAsItsProvider() {
        KernelSelector.candidates().stream()
                .filter(candidate -> candidate.obstacle().get().isEmpty())
                .forEach(candidate ->
                        assertThat(candidate.provider().get().name()).isEqualTo(candidate.name()));
    }

    @Test
    void jvmWithoutTheIncubatorModule_runsScalarAndNamesTheFlag() throws Exception {
        String output = probe();

        assertThat(output)
                .contains("provider=scalar", "solved=true", "Kernels: using scalar")
                .contains("vector-256 is unavailable", "--add-modules " + MODULE);
    }

    @Test
    void jvmLimitedToNarrowVectors_runsScalarAndSaysWhy() throws Exception {
        assertThat(probe("--add-modules", MODULE, "-XX:MaxVectorSize=16"))
                .contains("provider=scalar", "solved=true", "vectors of 128 bits are the widest here");
    }

    @Test
    void jvmLimitedTo256Bits_neverTakes512() throws Exception {
        assertThat(probe("--add-modules", MODULE, "-XX:MaxVectorSize=32"))
                .contains("solved=true", "vector-512 is unavailable")
                .doesNotContain("provider=vector-512");
    }

    private static Candidate usable(String name, KernelProvider provider) {
        return new Candidate(name, Optional::empty, () -> provider);
    }

    private static Candidate broken(String name, String reason) {
        return new Candidate(name, () -> Optional.of(reason), () -> {
            throw new AssertionError("an unavailable provider was made");
        });
    }

    /** Runs {@link KernelProbe} in a child JVM and returns all it printed. */
    private static String probe(String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), KernelProbe.class.getName()));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(output).isZero();
        return output;
    }
}
