package dev.latent.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileOperationsTest {

    private final FileOperations operations = FileOperations.system();

    @TempDir
    private Path directory;

    @Test
    void move_refusesAnyExistingTarget() throws IOException {
        Path from = Files.createDirectory(directory.resolve("from"));
        Path file = Files.writeString(directory.resolve("file"), "x");
        Path empty = Files.createDirectory(directory.resolve("empty"));
        Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("nowhere"));
        for (Path target : new Path[] {file, empty, dangling}) {
            assertThatThrownBy(() -> operations.move(from, target)).isInstanceOf(FileAlreadyExistsException.class);
            assertThatThrownBy(() -> operations.move(file, target)).isInstanceOf(FileAlreadyExistsException.class);
        }
        operations.move(from, directory.resolve("to"));
        assertThat(directory.resolve("to")).isDirectory();
    }

    @Test
    void deleteTree_leavesAloneWhatLinksPointAt() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Path kept = Files.writeString(outside.resolve("kept"), "x");
        Path tree = Files.createDirectories(directory.resolve("tree/a/b"));
        Files.createSymbolicLink(tree.resolve("link"), outside);
        Files.writeString(tree.resolve("file"), "x");

        operations.deleteTree(directory.resolve("tree"));
        operations.deleteTree(directory.resolve("tree"));

        assertThat(directory.resolve("tree")).doesNotExist();
        assertThat(kept).exists();
    }

    @Test
    void createNewFileAndDirectory_refuseExistingOnes() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");
        assertThatThrownBy(() -> operations.createNewFile(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> operations.createDirectory(directory)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void appendAndTruncate_changeTheEnd() throws IOException {
        Path file = directory.resolve("file");
        for (String text : new String[] {"one", "two"}) {
            try (DurableFile output = operations.openForAppend(file)) {
                output.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                output.force();
            }
        }
        operations.truncate(file, 4);
        assertThat(file).hasContent("onet");
    }

    @Test
    void makeReadOnly_takesOnlyThePermissionToWrite() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrw-r--"));
        operations.makeReadOnly(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("r-xr--r--");
    }
}
