package dev.latent.training.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunerKillIT {

    @TempDir
    private Path directory;

    @Test
    void processKilledDuringATrial_goesOnToTheSameTrials() throws Exception {
        Path journal = directory.resolve("killed");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TunerProbe.class.getName(),
                        journal.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        while (sweepsAfterTheSecondBegan(journal) < 2) {
            assertThat(process.isAlive())
                    .as(Files.readString(directory.resolve("output")))
                    .isTrue();
            Thread.sleep(10);
        }
        process.destroyForcibly().waitFor();

        TuningResult resumed = run(journal);
        assertThat(Searches.withoutTimes(resumed.trials()))
                .isEqualTo(Searches.withoutTimes(run(directory.resolve("whole")).trials()));
    }

    private static TuningResult run(Path journal) throws IOException {
        return new Tuner(Searches.ALGORITHM, Searches.request(4), new Searches.Ear()).run(Searches.ratings(), journal);
    }

    private static long sweepsAfterTheSecondBegan(Path journal) throws IOException {
        if (!Files.exists(journal)) {
            return 0;
        }
        String text = Files.readString(journal);
        int second = text.indexOf("\"begin\":{\"number\":2");
        return second < 0
                ? 0
                : text.substring(second)
                        .lines()
                        .filter(line -> line.contains("\"planned\""))
                        .count();
    }
}
