package dev.latent.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFilesTest {

    @TempDir
    private Path directory;

    /** What is stored. */
    record Point(int x, String name, Instant at) {}

    @Test
    void written_readsBack() throws IOException {
        Point point = new Point(3, "ä\n", Instant.parse("2026-07-01T12:00:00.123456789Z"));
        Path file = directory.resolve("point.json");

        JsonFiles.writeNew(file, point, FileOperations.system());

        assertThat(JsonFiles.read(file, Point.class)).isEqualTo(point);
        assertThat(Files.readString(file)).endsWith("}\n").contains("\"at\" : \"2026-07-01T12:00:00.123456789Z\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "nonsense",
                "{\"x\":1,\"name\":\"a\",\"at\":\"1970-01-01T00:00:00Z\"",
                "{\"x\":1,\"name\":\"a\",\"at\":\"1970-01-01T00:00:00Z\"} {}",
                "{\"x\":1,\"x\":2,\"name\":\"a\",\"at\":\"1970-01-01T00:00:00Z\"}",
                "{\"x\":1,\"name\":\"a\",\"at\":\"1970-01-01T00:00:00Z\",\"more\":1}",
                "{\"x\":1,\"at\":\"1970-01-01T00:00:00Z\"}",
                "{\"x\":null,\"name\":\"a\",\"at\":\"1970-01-01T00:00:00Z\"}",
                "{\"x\":1,\"name\":null,\"at\":\"1970-01-01T00:00:00Z\"}",
                "{\"x\":1.5,\"name\":\"a\",\"at\":\"1970-01-01T00:00:00Z\"}",
                "{\"x\":\"1\",\"name\":\"a\",\"at\":\"1970-01-01T00:00:00Z\"}",
                "{\"x\":99999999999,\"name\":\"a\",\"at\":\"1970-01-01T00:00:00Z\"}",
                "{\"x\":1,\"name\":\"a\",\"at\":\"yesterday\"}"
            })
    void anythingElse_isRefusedWithThePath(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("point.json"), text);
        assertThatThrownBy(() -> JsonFiles.read(file, Point.class))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("point.json")
                .hasMessageContaining("expected");
    }

    @Test
    void missingLinkAndHuge_areRefused() throws IOException {
        Path file = directory.resolve("point.json");
        assertThatThrownBy(() -> JsonFiles.read(file, Point.class)).hasMessageContaining("missing");
        Path real = Files.writeString(directory.resolve("real"), "{}");
        Files.createSymbolicLink(file, real);
        assertThatThrownBy(() -> JsonFiles.read(file, Point.class)).hasMessageContaining("a link or a directory");
        Path huge = Files.createFile(directory.resolve("huge"));
        try (FileChannel channel = FileChannel.open(huge, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), JsonFiles.MAXIMUM_BYTES);
        }
        assertThatThrownBy(() -> JsonFiles.read(huge, Point.class))
                .hasMessageContaining("expected at most " + JsonFiles.MAXIMUM_BYTES);
    }

    @Test
    void replaceStoppedAnywhere_leavesOldOrNew() throws IOException {
        for (StoppingFileOperations.Mode mode : StoppingFileOperations.Mode.values()) {
            boolean stopped = true;
            for (int step = 1; stopped; step++) {
                Path folder = Files.createDirectory(directory.resolve(mode + "-" + step));
                Path file = folder.resolve("point.json");
                JsonFiles.replace(file, new Point(1, "old", Instant.EPOCH), FileOperations.system());
                StoppingFileOperations operations = new StoppingFileOperations(step, mode);
                try {
                    JsonFiles.replace(file, new Point(2, "new", Instant.EPOCH), operations);
                    assertThat(JsonFiles.read(file, Point.class).x()).isEqualTo(2);
                } catch (StoppingFileOperations.StoppedException expected) {
                    assertThat(JsonFiles.read(file, Point.class).x()).isBetween(1, 2);
                }
                stopped = operations.stopped();
                JsonFiles.replace(file, new Point(3, "after", Instant.EPOCH), FileOperations.system());
                assertThat(JsonFiles.read(file, Point.class).x()).isEqualTo(3);
                assertThat(folder.toFile().list()).containsExactly("point.json");
            }
            assertThat(directory.resolve(mode + "-6")).exists();
        }
    }

    @Test
    void replaceSteps_forceTheFileBeforeItsNameAndTheNameBeforeReturning() throws IOException {
        StoppingFileOperations operations = new StoppingFileOperations(0, StoppingFileOperations.Mode.KILL_BEFORE);
        JsonFiles.replace(directory.resolve("p.json"), new Point(1, "", Instant.EPOCH), operations);
        assertThat(operations.steps())
                .containsExactly(
                        "createNewFile p.json.tmp",
                        "write p.json.tmp",
                        "force p.json.tmp",
                        "replace p.json",
                        "forceDirectory " + directory.getFileName());
    }
}
