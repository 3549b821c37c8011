package dev.latent.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.spi.ElementType;
import dev.latent.spi.Section;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A section above 2 GiB, in a file with holes so that it takes no space. */
class LargeSectionIT {

    private static final int CHUNK = 8 << 20;
    private static final long CHUNKS = (1L << 31) / CHUNK;
    private static final long BYTES = CHUNKS * CHUNK + 640;

    @TempDir
    private Path directory;

    @Test
    void moreThanTwoGibibytes_readBackBeyondTheBorder() throws IOException {
        Path file = directory.resolve("x.section");
        SectionFileWriter.Shape shape = new SectionFileWriter.Shape("x", ElementType.INT8, BYTES / 64, 64);
        byte[] last = new byte[640];
        last[7] = 42;
        last[639] = 43;
        try (SectionFileWriter writer = SectionFileWriter.create(file, "big@1", shape, new HoleFileOperations())) {
            MemorySegment zeros = MemorySegment.ofArray(new byte[CHUNK]);
            for (long chunk = 0; chunk < CHUNKS; chunk++) {
                writer.append(zeros);
            }
            writer.append(ByteBuffer.wrap(last));
            writer.finish();
        }
        try (Arena arena = Arena.ofConfined()) {
            Section read = SectionFile.open(file, "big@1", "x", arena);

            assertThat(read.data().byteSize()).isEqualTo(BYTES);
            assertThat(read.data().get(ValueLayout.JAVA_BYTE, (1L << 31) + 7)).isEqualTo((byte) 42);
            assertThat(read.data().get(ValueLayout.JAVA_BYTE, BYTES - 1)).isEqualTo((byte) 43);
        }
    }

    /** Leaves out the full chunks, which are zeros here. */
    private static final class HoleFileOperations extends ForwardingFileOperations {

        @Override
        public DurableFile createNewFile(Path file) throws IOException {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new DurableFile() {
                @Override
                public void write(ByteBuffer bytes) throws IOException {
                    if (bytes.remaining() == CHUNK) {
                        channel.position(channel.position() + CHUNK);
                        bytes.position(bytes.limit());
                    }
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                }

                @Override
                public void force() throws IOException {
                    channel.force(true);
                }

                @Override
                public void close() throws IOException {
                    channel.close();
                }
            };
        }
    }
}
