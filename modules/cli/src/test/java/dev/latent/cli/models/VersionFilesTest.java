package dev.latent.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.latent.cli.CommandLineHarness;
import dev.latent.cli.CommandLineHarness.Result;
import dev.latent.v1.ExportModelVersionRequest;
import dev.latent.v1.ExportModelVersionRequest.Format;
import dev.latent.v1.ExportModelVersionResponse;
import dev.latent.v1.ImportModelVersionRequest;
import dev.latent.v1.ImportModelVersionResponse;
import dev.latent.v1.ModelServiceGrpc;
import dev.latent.v1.ModelVersion;
import dev.latent.v1.VersionExport;
import dev.latent.v1.VersionExportFile;
import dev.latent.v1.VersionImportFile.Content;
import dev.latent.v1.VersionImportOptions;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of embeddings that go to a server and come from it. */
class VersionFilesTest {

    private static final ModelVersion VERSION =
            ModelVersion.newBuilder().setName("movies@8").setModel("movies").build();

    @TempDir
    private Path folder;

    private final Versions versions = new Versions();
    private final CommandLineHarness latent = new CommandLineHarness(versions);

    @AfterEach
    void stop() {
        latent.close();
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void import_sendsFilesWithTheirChecksums() throws IOException {
        String large = "x".repeat(600_000);

        Result result = latent.run(
                "versions",
                "import",
                "movies",
                "--dataset",
                "films",
                "--offset",
                "3.5",
                "--user-factors",
                file("u.npy", large),
                "--user-ids",
                file("u.txt", "ada\n"),
                "--from",
                file("a.npz", ""));

        assertThat(result.out()).isEqualTo("movies@8\n");
        assertThat(result.err()).contains("Model movies created").contains("Left aside: array alpha");
        assertThat(versions.options.getDataset()).isEqualTo("films");
        assertThat(versions.options.getOffset()).isEqualTo(3.5f);
        assertThat(versions.options.hasFoldIn()).isFalse();
        assertThat(versions.options.getRequestId()).hasSize(36);
        assertThat(versions.received)
                .containsExactly(
                        Map.entry(Content.CONTENT_ARCHIVE, ""),
                        Map.entry(Content.CONTENT_USER_FACTORS, large),
                        Map.entry(Content.CONTENT_USER_IDS, "ada\n"));
    }

    @Test
    void importWithALaw_sendsIt() throws IOException {
        latent.run(
                "versions",
                "import",
                "movies",
                "--from",
                file("a.npz", ""),
                "--fold-in",
                "ridge",
                "--unobserved-weight",
                "0.2",
                "--regularization",
                "0.1");

        assertThat(versions.options.getFoldIn().getUnobservedWeight()).isEqualTo(0.2);
        assertThat(versions.options.getFoldIn().getRegularization()).isEqualTo(0.1);
        assertThat(versions.options.getFoldIn().getAlpha()).isEqualTo(1);
        assertThat(versions.options.hasOffset()).isFalse();
    }

    @Test
    void importThatCannotBe_isRefusedWithoutACall() throws IOException {
        String archive = file("a.npz", "");

        assertThat(latent.run("versions", "import", "movies"))
                .matches(result -> result.exitCode() == 2 && result.err().contains("--from FILE.npz"));
        assertThat(latent.run("versions", "import", "movies", "--from", archive + "x"))
                .matches(result -> result.exitCode() == 2 && result.err().contains("does not exist"));
        assertThat(latent.run("versions", "import", "movies", "--from", archive, "--alpha", "1"))
                .matches(result -> result.exitCode() == 2 && result.err().contains("--fold-in ridge"));
        assertThat(latent.run("versions", "import", "movies", "--from", archive, "--fold-in", "magic"))
                .matches(result -> result.exitCode() == 2 && result.err().contains("expected none or ridge"));
        assertThat(versions.received).isEmpty();
    }

    @Test
    void export_writesTheFileOnceItIsWhole() throws IOException {
        versions.sent.put(Content.CONTENT_ARCHIVE, "content");
        String target = folder.resolve("m.npz").toString();

        Result result = latent.run("versions", "export", "movies", "7", target);

        assertThat(result.out()).isEqualTo(target + "\n");
        assertThat(result.err()).contains("import with --fold-in");
        assertThat(versions.exported.getName()).isEqualTo("movies@7");
        assertThat(versions.exported.getFormat()).isEqualTo(Format.FORMAT_NPZ);
        assertThat(Files.readString(Path.of(target))).isEqualTo("content");
        assertThat(names()).containsExactly("m.npz");
    }

    @Test
    void existingFile_isKeptUnlessForced() throws IOException {
        versions.sent.put(Content.CONTENT_ARCHIVE, "content");
        String target = file("m.npz", "precious");

        Result refused = latent.run("versions", "export", "movies@live", target);

        assertThat(refused.exitCode()).isEqualTo(6);
        assertThat(refused.err()).contains("write over it with --force");
        assertThat(Files.readString(Path.of(target))).isEqualTo("precious");
        assertThat(latent.run("versions", "export", "movies@live", target, "--force")
                        .exitCode())
                .isZero();
        assertThat(versions.exported.getName()).isEqualTo("movies@live");
        assertThat(Files.readString(Path.of(target))).isEqualTo("content");
    }

    @Test
    void damagedFile_isNotKept() throws IOException {
        versions.sent.put(Content.CONTENT_ARCHIVE, "content");
        versions.damage = true;

        Result result = latent.run(
                "versions", "export", "movies", "7", folder.resolve("m.npz").toString());

        assertThat(result.exitCode()).isEqualTo(8);
        assertThat(result.err()).contains("archive arrived as 7 bytes of SHA-256");
        assertThat(names()).isEmpty();
    }

    @Test
    void filesOneByOne_areWrittenTogetherOrNotAtAll() throws IOException {
        versions.sent.put(Content.CONTENT_USER_FACTORS, "users");
        versions.sent.put(Content.CONTENT_ITEM_FACTORS, "items");
        versions.sent.put(Content.CONTENT_ITEM_IDS, "ids");
        String users = folder.resolve("u.npy").toString();
        String items = folder.resolve("i.npy").toString();
        String ids = folder.resolve("i.txt").toString();

        Result missing =
                latent.run("versions", "export", "movies", "7", "--user-factors", users, "--item-factors", items);
        assertThat(missing.err()).contains("The version has item_ids").contains("add --item-ids FILE");
        assertThat(names()).isEmpty();

        Result surplus = latent.run(
                "versions",
                "export",
                "movies",
                "7",
                "--user-factors",
                users,
                "--item-factors",
                items,
                "--item-ids",
                ids,
                "--item-biases",
                ids + "2");
        assertThat(surplus.err()).contains("The server sends no item_biases");
        assertThat(names()).isEmpty();

        assertThat(latent.run(
                                "versions",
                                "export",
                                "movies",
                                "7",
                                "--user-factors",
                                users,
                                "--item-factors",
                                items,
                                "--item-ids",
                                ids)
                        .exitCode())
                .isZero();
        assertThat(versions.exported.getFormat()).isEqualTo(Format.FORMAT_NPY);
        assertThat(names()).containsExactly("i.npy", "i.txt", "u.npy");
    }

    @Test
    void exportThatCannotBe_isRefusedWithoutACall() {
        assertThat(latent.run("versions", "export", "movies", "7").err()).contains("expected FILE.npz");
        assertThat(latent.run("versions", "export", "movies", "7", "--user-factors", "u.npy")
                        .err())
                .contains("go together");
        assertThat(latent.run("versions", "export", "movies", "7", "--user-factors", "u.bin", "--item-factors", "i.bin")
                        .err())
                .contains("ends in '.bin'");
        assertThat(versions.exported).isEqualTo(ExportModelVersionRequest.getDefaultInstance());
    }

    /** Receives imports and sends exports. */
    private static final class Versions extends ModelServiceGrpc.ModelServiceImplBase {
        private final Map<Content, String> received = new LinkedHashMap<>();
        private final Map<Content, String> sent = new LinkedHashMap<>();
        private volatile VersionImportOptions options = VersionImportOptions.getDefaultInstance();
        private volatile ExportModelVersionRequest exported = ExportModelVersionRequest.getDefaultInstance();
        private volatile boolean damage;

        @Override
        public StreamObserver<ImportModelVersionRequest> importModelVersion(
                StreamObserver<ImportModelVersionResponse> responses) {
            return new StreamObserver<>() {
                private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                private final List<Content> contents = new ArrayList<>();

                @Override
                public void onNext(ImportModelVersionRequest part) {
                    switch (part.getPartCase()) {
                        case OPTIONS -> options = part.getOptions();
                        case FILE -> contents.add(part.getFile().getContent());
                        case CHUNK -> bytes.writeBytes(part.getChunk().toByteArray());
                        case END -> {
                            assertThat(part.getEnd().getSha256()).isEqualTo(sha256(bytes.toByteArray()));
                            received.put(contents.getLast(), bytes.toString(StandardCharsets.UTF_8));
                            bytes.reset();
                        }
                        case PART_NOT_SET -> throw new AssertionError();
                    }
                }

                @Override
                public void onError(Throwable cause) {}

                @Override
                public void onCompleted() {
                    responses.onNext(ImportModelVersionResponse.newBuilder()
                            .setVersion(VERSION)
                            .setModelCreated(true)
                            .addIgnoredArrays("alpha")
                            .build());
                    responses.onCompleted();
                }
            };
        }

        @Override
        public void exportModelVersion(
                ExportModelVersionRequest request, StreamObserver<ExportModelVersionResponse> responses) {
            exported = request;
            responses.onNext(ExportModelVersionResponse.newBuilder()
                    .setStart(VersionExport.newBuilder().setVersion(VERSION).setFoldsIn(true))
                    .build());
            sent.forEach((content, text) -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                responses.onNext(ExportModelVersionResponse.newBuilder()
                        .setFile(VersionExportFile.newBuilder()
                                .setContent(content)
                                .setSizeBytes(bytes.length)
                                .setSha256(sha256(bytes)))
                        .build());
                bytes[0] = (byte) (bytes[0] + (damage ? 1 : 0));
                responses.onNext(ExportModelVersionResponse.newBuilder()
                        .setChunk(ByteString.copyFrom(bytes))
                        .build());
            });
            responses.onCompleted();
        }

        private static String sha256(byte[] bytes) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }
    }
}
