package dev.latent.server.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.server.Failures;
import dev.latent.server.TestServer;
import dev.latent.storage.SectionDirectory;
import dev.latent.v1.ExportModelVersionRequest.Format;
import dev.latent.v1.VersionImportFile.Content;
import dev.latent.v1.VersionImportOptions;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportModelVersionTest {

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start();
        server.createDataset("films", 20, 10);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static float[][] factors(long seed, int rows, int columns) {
        Random random = new Random(seed);
        float[][] factors = new float[rows][columns];
        for (float[] row : factors) {
            for (int factor = 0; factor < columns; factor++) {
                row[factor] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30));
            }
        }
        return factors;
    }

    private static byte[] ids(String prefix, int count) {
        return VersionUpload.lines(
                IntStream.range(0, count).mapToObj(id -> prefix + id).toList());
    }

    private static void publish(String model, boolean biases) {
        Map<Content, byte[]> files = new EnumMap<>(Content.class);
        files.put(Content.CONTENT_USER_FACTORS, VersionUpload.npy(factors(1, 3000, 9)));
        files.put(Content.CONTENT_USER_IDS, ids("é😀", 3000));
        files.put(Content.CONTENT_ITEM_FACTORS, VersionUpload.npy(factors(2, 40, 9)));
        files.put(Content.CONTENT_ITEM_IDS, ids("item-", 40));
        if (biases) {
            files.put(Content.CONTENT_USER_BIASES, VersionUpload.npy(factors(3, 3000, 1)));
            files.put(Content.CONTENT_ITEM_BIASES, VersionUpload.npy(factors(4, 40, 1)));
        }
        VersionUpload.send(server, into(model).setOffset(biases ? 3.25f : 0).build(), files);
    }

    private static VersionImportOptions.Builder into(String model) {
        return VersionImportOptions.newBuilder().setModel(model).setDataset("films");
    }

    /** The payload of each section; headers name their version. */
    private static Map<String, Integer> sections(String model, int version) throws IOException {
        Path folder = server.home()
                .resolve("models")
                .resolve(model)
                .resolve("versions")
                .resolve("" + version);
        try (Stream<Path> files = Files.list(folder)) {
            Map<String, Integer> sections = new TreeMap<>();
            for (Path file : files.filter(name -> name.toString().endsWith(SectionDirectory.SUFFIX))
                    .toList()) {
                byte[] bytes = Files.readAllBytes(file);
                sections.put(file.getFileName().toString(), payloadHash(bytes));
            }
            return sections;
        }
    }

    private static int payloadHash(byte[] section) {
        ByteBuffer file = ByteBuffer.wrap(section).order(ByteOrder.LITTLE_ENDIAN);
        return file.slice(file.getInt(16), (int) file.getLong(32)).hashCode();
    }

    private static Map<Content, ByteBuffer> comparable(Map<Content, byte[]> files) {
        Map<Content, ByteBuffer> wrapped = new EnumMap<>(Content.class);
        files.forEach((content, bytes) -> wrapped.put(content, ByteBuffer.wrap(bytes)));
        return wrapped;
    }

    @ParameterizedTest
    @CsvSource({
        "npz,FORMAT_NPZ,true",
        "npy,FORMAT_NPY,true",
        "words,FORMAT_WORD2VEC,false",
        "parquet,FORMAT_PARQUET,true"
    })
    void exportedVersion_comesBackWithTheSameBytes(String model, Format format, boolean biases) throws IOException {
        publish(model, biases);
        Map<Content, byte[]> files = VersionUpload.export(server, model + "@1", format);
        VersionImportOptions.Builder again = into(model);
        if (biases && format != Format.FORMAT_NPZ) {
            again.setOffset(3.25f);
        }

        VersionUpload.send(server, again.build(), files);

        assertThat(sections(model, 2)).isEqualTo(sections(model, 1)).hasSize(biases ? 9 : 7);
        assertThat(comparable(VersionUpload.export(server, model + "@2", format)))
                .isEqualTo(comparable(files));
        try (Stream<Path> left = Files.list(server.home().resolve("uploads"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void formatThatCannotHoldAVersion_isRefused() {
        publish("biased", true);

        Failures failure = Failures.of(() -> VersionUpload.export(server, "biased@1", Format.FORMAT_WORD2VEC));

        assertThat(failure.code()).isEqualTo(Code.FAILED_PRECONDITION);
        assertThat(failure.message()).contains("user_biases have no place in word2vec text");
    }

    @Test
    void versionThatIsNotThere_isRefused() {
        assertThat(Failures.of(() -> VersionUpload.export(server, "nowhere@1", Format.FORMAT_NPZ))
                        .code())
                .isEqualTo(Code.NOT_FOUND);
        assertThat(Failures.of(() -> VersionUpload.export(server, "nowhere", Format.FORMAT_NPZ))
                        .code())
                .isEqualTo(Code.INVALID_ARGUMENT);
    }
}
