package dev.latent.interactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a writing process, several times over one store, and looks for everything it acknowledged. */
@Timeout(180)
class CrashTest {

    private static final int ROUNDS = 4;

    @TempDir
    Path home;

    private final Map<String, Integer> appended = new HashMap<>();
    private final Set<String> started = new HashSet<>();
    private final Set<String> imported = new HashSet<>();

    @Test
    void killedWhileAppending_keepsEverythingAcknowledged() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            run(round, "append", 400 + 700 * round);
            check();
        }
        assertThat(appended).hasSize(3 * ROUNDS);
    }

    @Test
    void killedWhileImporting_keepsWholeFilesOrNothing() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            run(round, "import", 300 + 90 * round);
            check();
        }
        assertThat(imported).isNotEmpty();
    }

    /** Runs a process until it has said so many lines, then kills it without a chance to tidy up. */
    private void run(int round, String what, int lines) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        AppendingProcess.class.getName(),
                        home.resolve("store").toString(),
                        Integer.toString(round),
                        what)
                .redirectError(home.resolve("errors" + round).toFile())
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            int count = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                note(line.split(" "));
                if (++count == lines) {
                    process.toHandle().destroyForcibly(); // the pipe stays open: what was said before counts
                }
            }
            assertThat(count).as("lines of the child, errors in " + home).isGreaterThanOrEqualTo(lines);
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).isEqualTo(137);
    }

    private void note(String[] words) {
        switch (words[0]) {
            case "append" -> appended.merge(words[1], Integer.parseInt(words[2]), Math::max);
            case "importing" -> started.add(words[1]);
            case "imported" -> imported.add(words[1]);
            default -> throw new AssertionError(List.of(words));
        }
    }

    private void check() {
        try (InteractionStore store = StoreFixture.open(home.resolve("store"))) {
            assertThat(store.verify("films")).isEmpty();
            appended.forEach((user, last) -> checkAppends(store, user, last));
            for (String file : started) {
                Set<Integer> sizes = new HashSet<>();
                for (int user = 0; user < 50; user++) {
                    sizes.add(StoreFixture.readAll(store, "films", file + "u" + user, 1_000)
                            .size());
                }
                assertThat(sizes)
                        .as(file)
                        .isIn(imported.contains(file) ? List.of(Set.of(60)) : List.of(Set.of(60), Set.of(0)));
            }
            assertThat(home.resolve("store").resolve("loading")).doesNotExist();
        }
    }

    private static void checkAppends(InteractionStore store, String user, int last) {
        List<Interaction> rows = StoreFixture.readAll(store, "films", user, 10_000);
        int at = 0;
        for (int append = 0; append <= last; append++) {
            for (int row = 0; row < 1 + append % 5; row++) {
                assertThat(rows.get(at++)).isEqualTo(StoreFixture.rating(user, "i" + append % 1_000, row, append));
            }
            assertThat(store.history("films", user + "-" + append).size()).isEqualTo(1);
        }
    }
}
