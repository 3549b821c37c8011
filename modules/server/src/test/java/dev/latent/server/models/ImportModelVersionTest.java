package dev.latent.server.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.server.Failures;
import dev.latent.server.TestServer;
import dev.latent.server.WriteCalls;
import dev.latent.v1.GetDatasetRequest;
import dev.latent.v1.GetModelRequest;
import dev.latent.v1.ImportModelVersionRequest;
import dev.latent.v1.ImportModelVersionResponse;
import dev.latent.v1.ListModelVersionsRequest;
import dev.latent.v1.ModelVersion;
import dev.latent.v1.PromoteModelVersionRequest;
import dev.latent.v1.RecommendRequest;
import dev.latent.v1.RecommendResponse;
import dev.latent.v1.Recommendation;
import dev.latent.v1.RidgeFoldIn;
import dev.latent.v1.RollbackModelRequest;
import dev.latent.v1.VerifyModelVersionRequest;
import dev.latent.v1.VersionImportFile.Content;
import dev.latent.v1.VersionImportFileEnd;
import dev.latent.v1.VersionImportOptions;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ImportModelVersionTest {

    private static final int USERS = 30;
    private static final int ITEMS = 50;
    private static final int RANK = 7;
    private static final List<String> USER_IDS =
            IntStream.range(0, USERS).mapToObj(user -> "u" + user).toList();
    private static final List<String> ITEM_IDS =
            IntStream.range(0, ITEMS).mapToObj(item -> "i" + item).toList();

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

    private static float[][] factors(long seed, int rows) {
        Random random = new Random(seed);
        float[][] factors = new float[rows][RANK];
        for (float[] row : factors) {
            for (int factor = 0; factor < RANK; factor++) {
                row[factor] = random.nextFloat() - 0.5f;
            }
        }
        return factors;
    }

    private static Map<Content, byte[]> files(long seed) {
        Map<Content, byte[]> files = new EnumMap<>(Content.class);
        files.put(Content.CONTENT_USER_FACTORS, VersionUpload.npy(factors(seed, USERS)));
        files.put(Content.CONTENT_USER_IDS, VersionUpload.lines(USER_IDS));
        files.put(Content.CONTENT_ITEM_FACTORS, VersionUpload.npy(factors(seed + 1, ITEMS)));
        files.put(Content.CONTENT_ITEM_IDS, VersionUpload.lines(ITEM_IDS));
        return files;
    }

    private static VersionImportOptions.Builder into(String model) {
        return VersionImportOptions.newBuilder()
                .setModel(model)
                .setDataset("films")
                .setActor("ada");
    }

    private static ImportModelVersionResponse imported(String model, long seed) {
        return VersionUpload.send(server, into(model).build(), files(seed));
    }

    private static void promote(String version) {
        server.models()
                .promoteModelVersion(
                        PromoteModelVersionRequest.newBuilder().setName(version).build());
    }

    private static RecommendResponse recommend(String model, String user) {
        return server.recommender()
                .recommend(RecommendRequest.newBuilder()
                        .setModel(model)
                        .setUserId(user)
                        .setK(5)
                        .build());
    }

    /** The best items by the dot product, without those that the user of the dataset has had. */
    private static List<String> bruteForce(long seed, int user) {
        float[] vector = factors(seed, USERS)[user];
        float[][] items = factors(seed + 1, ITEMS);
        List<String> seen = user >= 20
                ? List.of()
                : IntStream.range(0, 3)
                        .mapToObj(step -> "i" + (user + step * step + step) % 10)
                        .toList();
        return IntStream.range(0, ITEMS)
                .boxed()
                .sorted(Comparator.comparingDouble(item -> -dot(vector, items[item])))
                .map(ITEM_IDS::get)
                .filter(item -> !seen.contains(item))
                .limit(5)
                .toList();
    }

    private static double dot(float[] left, float[] right) {
        double sum = 0;
        for (int factor = 0; factor < left.length; factor++) {
            sum += (double) left[factor] * right[factor];
        }
        return sum;
    }

    private static List<String> ids(RecommendResponse response) {
        return response.getRecommendationsList().stream()
                .map(Recommendation::getItemId)
                .toList();
    }

    @Test
    void importedVersion_isServedVerifiedAndRolledBackLikeOurs() {
        ImportModelVersionResponse first = imported("served", 1);
        ImportModelVersionResponse second = imported("served", 100);

        assertThat(first.getModelCreated()).isTrue();
        assertThat(second.getModelCreated()).isFalse();
        assertThat(second.getVersion().getName()).isEqualTo("served@2");
        promote("served@1");
        promote("served@2");
        for (int user : new int[] {0, 7, 19, 20, 29}) {
            assertThat(ids(recommend("served", "u" + user))).isEqualTo(bruteForce(100, user));
        }
        server.models()
                .rollbackModel(
                        RollbackModelRequest.newBuilder().setModel("served").build());
        for (int user : new int[] {0, 7, 29}) {
            assertThat(ids(recommend("served", "u" + user))).isEqualTo(bruteForce(1, user));
        }
        assertThat(server.models()
                        .verifyModelVersion(VerifyModelVersionRequest.newBuilder()
                                .setName("served@1")
                                .build())
                        .getIntact())
                .isTrue();
    }

    @Test
    void importedVersion_tellsWhereItCameFrom() {
        ModelVersion version = imported("told", 3).getVersion();

        assertThat(version.getAlgorithm()).isEqualTo("imported");
        assertThat(version.getUserCount()).isEqualTo(USERS);
        assertThat(version.getItemCount()).isEqualTo(ITEMS);
        assertThat(version.getRank()).isEqualTo(RANK);
        assertThat(version.getHyperparametersMap())
                .containsEntry(
                        "user-factors", "F.2 sha256:" + VersionUpload.sha256(VersionUpload.npy(factors(3, USERS))))
                .containsKeys("user-ids", "item-factors", "item-ids");
    }

    @Test
    void newModel_isCreatedWithADatasetThatKnowsNoneOfItsIds() {
        VersionImportOptions options = VersionImportOptions.newBuilder()
                .setModel("towers")
                .setDataset("towers")
                .build();

        promote(VersionUpload.send(server, options, files(5)).getVersion().getName());

        assertThat(server.datasets()
                        .getDataset(
                                GetDatasetRequest.newBuilder().setName("towers").build())
                        .getDataset()
                        .getName())
                .isEqualTo("towers");
        assertThat(ids(recommend("towers", "u29"))).isEqualTo(bruteForce(5, 29));
        assertThat(recommend("towers", "stranger").getFallback()).isNotEmpty();
    }

    @Test
    void strangers_getTheMostPopularItemsOfTheDataset() {
        server.createDataset("concerts", 1, 10);
        WriteCalls.write(
                server.channel(),
                "concerts",
                List.of(
                        TestServer.interaction("ada", "i40"),
                        TestServer.interaction("ada", "i7"),
                        TestServer.interaction("bob", "i40"),
                        TestServer.interaction("bob", "elsewhere"),
                        TestServer.interaction("cyd", "i40"),
                        TestServer.interaction("cyd", "i7")));
        VersionImportOptions options = VersionImportOptions.newBuilder()
                .setModel("concerts")
                .setDataset("concerts")
                .build();

        promote(VersionUpload.send(server, options, files(15)).getVersion().getName());

        RecommendResponse response = recommend("concerts", "stranger");
        assertThat(response.getFallback()).isNotEmpty();
        assertThat(ids(response)).startsWith("i40", "i7");
        assertThat(response.getRecommendations(0).getScore()).isEqualTo(3);
    }

    @Test
    void foldInLaw_servesUsersWithoutAVector() {
        VersionImportOptions options = into("folding")
                .setFoldIn(RidgeFoldIn.newBuilder()
                        .setUnobservedWeight(0.1)
                        .setRegularization(0.05)
                        .setAlpha(2))
                .build();
        WriteCalls.write(server.channel(), "films", List.of(TestServer.interaction("newcomer", "i3")));

        promote(VersionUpload.send(server, options, files(7)).getVersion().getName());

        RecommendResponse response = recommend("folding", "newcomer");
        assertThat(response.getFoldedIn()).isTrue();
        assertThat(ids(response)).hasSize(5).doesNotContain("i3");
    }

    @Test
    void offsetAndZeroRows_areTold() {
        Map<Content, byte[]> files = files(9);
        float[][] items = factors(10, ITEMS);
        Arrays.fill(items[4], 0);
        files.put(Content.CONTENT_ITEM_FACTORS, VersionUpload.npy(items));

        ImportModelVersionResponse response =
                VersionUpload.send(server, into("zeros").setOffset(2.5f).build(), files);

        promote(response.getVersion().getName());
        assertThat(response.getZeroItemCount()).isEqualTo(1);
        assertThat(response.getZeroUserCount()).isZero();
        assertThat(recommend("zeros", "u25").getRecommendations(0).getScore()).isGreaterThan(2.5f);
    }

    @Test
    void repeatedRequest_answersWithTheVersionItPublished() {
        VersionImportOptions options =
                into("repeated").setRequestId(UUID.randomUUID().toString()).build();

        ModelVersion first = VersionUpload.send(server, options, files(11)).getVersion();
        ModelVersion second = VersionUpload.send(server, options, files(11)).getVersion();

        assertThat(second.getName()).isEqualTo(first.getName());
        assertThat(server.models()
                        .listModelVersions(ListModelVersionsRequest.newBuilder()
                                .setModel("repeated")
                                .build())
                        .getVersionsCount())
                .isEqualTo(1);
    }

    @Test
    void refusedEmbeddings_leaveNothingBehind() throws IOException {
        Map<Content, byte[]> files = files(13);
        files.put(Content.CONTENT_USER_IDS, VersionUpload.lines(USER_IDS.subList(1, USERS)));

        Failures failure =
                Failures.of(() -> VersionUpload.send(server, into("refused").build(), files));

        assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(failure.reason()).isEqualTo("EMBEDDINGS_REFUSED");
        assertThat(failure.message())
                .isEqualTo("File F.3 has 29 ids, File F.2 has 30 rows, expected an id for each row in the same order");
        assertThat(Failures.of(() -> server.models()
                                .getModel(GetModelRequest.newBuilder()
                                        .setName("refused")
                                        .build()))
                        .code())
                .isEqualTo(Code.NOT_FOUND);
        Path uploads = server.home().resolve("uploads");
        try (Stream<Path> left = Files.list(uploads)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void fileThatChangedOnItsWay_isRefused() {
        List<ImportModelVersionRequest> parts = new ArrayList<>();
        parts.add(ImportModelVersionRequest.newBuilder()
                .setOptions(into("damaged"))
                .build());
        parts.addAll(VersionUpload.file(Content.CONTENT_USER_IDS, VersionUpload.lines(USER_IDS)));
        parts.set(
                parts.size() - 1,
                ImportModelVersionRequest.newBuilder()
                        .setEnd(VersionImportFileEnd.newBuilder().setSha256("00"))
                        .build());

        Failures failure = Failures.of(() -> VersionUpload.send(server, parts));

        assertThat(failure.code()).isEqualTo(Code.DATA_LOSS);
        assertThat(failure.message()).contains("File F.3 arrived with SHA-256");
    }

    @Test
    void partsOutOfOrder_areRefused() {
        ImportModelVersionRequest options =
                ImportModelVersionRequest.newBuilder().setOptions(into("order")).build();
        List<ImportModelVersionRequest> file =
                VersionUpload.file(Content.CONTENT_USER_IDS, VersionUpload.lines(List.of("ada")));

        assertThat(fields(List.of())).containsExactly("options");
        assertThat(fields(List.of(options))).containsExactly("file");
        assertThat(fields(List.of(options, options))).containsExactly("options");
        assertThat(fields(file)).containsExactly("options");
        assertThat(fields(List.of(options, file.get(1)))).containsExactly("chunk");
        assertThat(fields(List.of(options, file.getLast()))).containsExactly("end");
        assertThat(fields(List.of(options, file.getFirst(), file.getFirst()))).containsExactly("end");
        assertThat(fields(List.of(options, file.getFirst()))).containsExactly("end");
        assertThat(fields(List.of(options, file.getFirst(), file.get(1), file.getLast(), file.getFirst())))
                .containsExactly("file.content");
        assertThat(fields(List.of(ImportModelVersionRequest.getDefaultInstance())))
                .containsExactly("part");
    }

    private static List<String> fields(List<ImportModelVersionRequest> parts) {
        return Failures.of(() -> VersionUpload.send(server, parts)).fields();
    }

    @Test
    void optionsThatCannotBe_areRefused() {
        assertThat(Failures.of(() -> VersionUpload.send(
                                server,
                                VersionImportOptions.newBuilder()
                                        .setModel("nowhere")
                                        .build(),
                                files(1)))
                        .reason())
                .isEqualTo("MODEL_NOT_FOUND");
        imported("bound", 15);
        assertThat(Failures.of(() -> VersionUpload.send(
                                server, into("bound").setDataset("other").build(), files(1)))
                        .reason())
                .isEqualTo("MODEL_HAS_OTHER_DATASET");
        assertThat(optionFields(into("X"))).containsExactly("options.model");
        assertThat(optionFields(into("x").setOffset(Float.NaN).setRequestId("7")))
                .containsExactly("options.offset", "options.request_id");
        assertThat(optionFields(into("x")
                        .setFoldIn(RidgeFoldIn.newBuilder().setAlpha(-1).setRegularization(1))))
                .containsExactly("options.fold_in.alpha");
        assertThat(optionFields(into("x").setFoldIn(RidgeFoldIn.getDefaultInstance())))
                .containsExactly("options.fold_in.regularization");
    }

    private static List<String> optionFields(VersionImportOptions.Builder options) {
        return Failures.of(() -> VersionUpload.send(server, options.build(), files(1)))
                .fields();
    }
}
