package dev.latent.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks among processes: each trial is a JVM of its own that runs {@link HomeLockProbe}. */
class HomeLockTest {

    @TempDir
    private Path home;

    private Process start(String mode) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HomeLockProbe.class.getName(),
                        home.toString(),
                        mode)
                .redirectErrorStream(true)
                .start();
    }

    private String tryInAnotherProcess() throws Exception {
        Process process = start("try");
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output.strip();
    }

    @Test
    void heldHome_isRefusedToAnotherProcessNamingTheHolder() throws Exception {
        try (HomeLock lock = HomeLock.acquire(home)) {
            assertThat(lock.home()).isEqualTo(home.toRealPath());
            assertThat(tryInAnotherProcess())
                    .startsWith("REFUSED")
                    .contains("held by process " + ProcessHandle.current().pid() + " on host ")
                    .contains("use another --home");
        }
        assertThat(tryInAnotherProcess()).isEqualTo("ACQUIRED");
    }

    @Test
    void secondAcquireInThisProcess_isRefusedAndDoesNotDropTheLock() throws Exception {
        try (HomeLock lock = HomeLock.acquire(home)) {
            Path link = home.resolveSibling(home.getFileName() + "-link");
            Files.createSymbolicLink(link, home);
            assertThatThrownBy(() -> HomeLock.acquire(link)).isInstanceOf(HomeLockedException.class);
            Files.delete(link);
            assertThatThrownBy(() -> HomeLock.acquire(lock.home()))
                    .isInstanceOfSatisfying(
                            HomeLockedException.class,
                            exception -> assertThat(exception.owner())
                                    .hasValueSatisfying(owner -> assertThat(owner.pid())
                                            .isEqualTo(ProcessHandle.current().pid())));
            assertThat(tryInAnotherProcess()).startsWith("REFUSED");
        }
    }

    /** The trap that the class guards against is real here: else the test above would prove nothing. */
    @Test
    void anyOtherStreamOnTheLockFile_dropsTheLock() throws Exception {
        try (HomeLock lock = HomeLock.acquire(home)) {
            try (InputStream other = Files.newInputStream(lock.home().resolve(HomeLock.LOCK_FILE))) {
                assertThat(other.read()).isEqualTo(-1);
            }
            assertThat(tryInAnotherProcess()).isEqualTo("ACQUIRED");
        }
    }

    @Test
    void killedHolder_leavesTheHomeFreeAtOnce() throws Exception {
        Process holder = start("hold");
        try {
            byte[] line = holder.getInputStream().readNBytes("ACQUIRED".length());
            assertThat(new String(line, StandardCharsets.UTF_8)).isEqualTo("ACQUIRED");
            assertThatThrownBy(() -> HomeLock.acquire(home))
                    .isInstanceOf(HomeLockedException.class)
                    .hasMessageContaining("process " + holder.pid());
        } finally {
            holder.destroyForcibly().waitFor();
        }
        assertThat(home.resolve(HomeLock.OWNER_FILE)).exists();
        try (HomeLock lock = HomeLock.acquire(home)) {
            assertThat(JsonFiles.read(lock.home().resolve(HomeLock.OWNER_FILE), HomeLock.Owner.class)
                            .pid())
                    .isEqualTo(ProcessHandle.current().pid());
        }
    }

    @Test
    void unreadableOwnerFile_doesNotChangeWhoHoldsTheHome() throws Exception {
        try (HomeLock lock = HomeLock.acquire(home)) {
            Files.writeString(lock.home().resolve(HomeLock.OWNER_FILE), "garbage");
            assertThat(tryInAnotherProcess()).startsWith("REFUSED").contains("held by another process");
        }
    }

    @Test
    void closedTwice_staysFree() throws Exception {
        HomeLock lock = HomeLock.acquire(home);
        lock.close();
        lock.close();
        HomeLock.acquire(home).close();
        assertThat(home.resolve(HomeLock.OWNER_FILE)).doesNotExist();
    }
}
