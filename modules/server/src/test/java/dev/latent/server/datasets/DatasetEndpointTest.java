package dev.latent.server.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.server.Failures;
import dev.latent.server.TestServer;
import dev.latent.v1.BatchGetItemsRequest;
import dev.latent.v1.BatchGetUsersRequest;
import dev.latent.v1.CreateDatasetRequest;
import dev.latent.v1.CreateModelRequest;
import dev.latent.v1.Dataset;
import dev.latent.v1.DeleteDatasetRequest;
import dev.latent.v1.GetDatasetRequest;
import dev.latent.v1.Item;
import dev.latent.v1.ListDatasetsRequest;
import dev.latent.v1.ListItemsRequest;
import dev.latent.v1.ListItemsResponse;
import dev.latent.v1.ListUsersRequest;
import dev.latent.v1.ListUsersResponse;
import dev.latent.v1.Model;
import dev.latent.v1.PutItemsRequest;
import dev.latent.v1.PutUsersRequest;
import dev.latent.v1.RepeatPolicy;
import dev.latent.v1.User;
import io.grpc.Status.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetEndpointTest {

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Dataset create(String name, RepeatPolicy policy) {
        return server.datasets()
                .createDataset(CreateDatasetRequest.newBuilder()
                        .setDataset(Dataset.newBuilder().setName(name).setRepeatPolicy(policy))
                        .build())
                .getDataset();
    }

    private static Dataset get(String name) {
        return server.datasets()
                .getDataset(GetDatasetRequest.newBuilder().setName(name).build())
                .getDataset();
    }

    @Test
    void newDataset_isReturnedAsStored() {
        Dataset created = create("created", RepeatPolicy.REPEAT_POLICY_SUM);

        assertThat(created.getRepeatPolicy()).isEqualTo(RepeatPolicy.REPEAT_POLICY_SUM);
        assertThat(created.getCreateTime().getSeconds()).isPositive();
        assertThat(get("created")).isEqualTo(created);
    }

    @Test
    void sameDatasetAgain_isTheSame() {
        Dataset first = create("again", RepeatPolicy.REPEAT_POLICY_UNSPECIFIED);

        assertThat(create("again", RepeatPolicy.REPEAT_POLICY_LAST)).isEqualTo(first);
    }

    @Test
    void datasetOfOtherPolicy_alreadyExists() {
        create("policy", RepeatPolicy.REPEAT_POLICY_LAST);

        Failures failure = Failures.of(() -> create("policy", RepeatPolicy.REPEAT_POLICY_MAX));

        assertThat(failure.code()).isEqualTo(Code.ALREADY_EXISTS);
        assertThat(failure.reason()).isEqualTo("DATASET_EXISTS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upper", "1st", "a b", "../x"})
    void malformedName_isRefusedWithItsField(String name) {
        Failures failure = Failures.of(() -> create(name, RepeatPolicy.REPEAT_POLICY_LAST));

        assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(failure.fields()).containsExactly("dataset.name");
    }

    @Test
    void unknownDataset_isNotFoundWithNextStep() {
        Failures failure = Failures.of(() -> get("nowhere"));

        assertThat(failure.code()).isEqualTo(Code.NOT_FOUND);
        assertThat(failure.message()).contains("nowhere").contains("latent import");
    }

    @Test
    void datasets_comeInPages() {
        IntStream.range(0, 5).forEach(n -> create("page-" + n, RepeatPolicy.REPEAT_POLICY_LAST));

        List<String> names = new ArrayList<>();
        String token = "";
        do {
            var page = server.datasets()
                    .listDatasets(ListDatasetsRequest.newBuilder()
                            .setPageSize(2)
                            .setPageToken(token)
                            .build());
            assertThat(page.getDatasetsCount()).isLessThanOrEqualTo(2);
            page.getDatasetsList().forEach(dataset -> names.add(dataset.getName()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());

        assertThat(names).contains("page-0", "page-4").isSorted().doesNotHaveDuplicates();
    }

    @Test
    void forgedPageToken_isRefused() {
        Failures failure = Failures.of(() -> server.datasets()
                .listDatasets(
                        ListDatasetsRequest.newBuilder().setPageToken("forged").build()));

        assertThat(failure.fields()).containsExactly("page_token");
    }

    @Test
    void deletedDataset_isGone() {
        create("gone", RepeatPolicy.REPEAT_POLICY_LAST);

        server.datasets()
                .deleteDataset(DeleteDatasetRequest.newBuilder().setName("gone").build());

        assertThat(Failures.of(() -> get("gone")).code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void datasetOfAModel_cannotBeDeleted() {
        create("in-use", RepeatPolicy.REPEAT_POLICY_LAST);
        server.models()
                .createModel(CreateModelRequest.newBuilder()
                        .setModel(Model.newBuilder()
                                .setName("user")
                                .setDataset("in-use")
                                .setAlgorithm("taste"))
                        .build());

        Failures failure = Failures.of(() -> server.datasets()
                .deleteDataset(
                        DeleteDatasetRequest.newBuilder().setName("in-use").build()));

        assertThat(failure.code()).isEqualTo(Code.FAILED_PRECONDITION);
        assertThat(failure.message()).contains("'user'");
    }

    private static Item item(String id, String... categories) {
        return Item.newBuilder()
                .setId(id)
                .setTitle("Title of " + id)
                .addAllCategories(List.of(categories))
                .putAttributes("year", "1999")
                .build();
    }

    @Test
    void items_areReadAsWritten() {
        create("items", RepeatPolicy.REPEAT_POLICY_LAST);
        Item b = item("b", "Drama", "War").toBuilder().setUnavailable(true).build();
        server.datasets()
                .putItems(PutItemsRequest.newBuilder()
                        .setDataset("items")
                        .addItems(item("a"))
                        .addItems(b)
                        .build());

        assertThat(server.datasets()
                        .batchGetItems(BatchGetItemsRequest.newBuilder()
                                .setDataset("items")
                                .addAllIds(List.of("b", "unknown", "a"))
                                .build())
                        .getItemsList())
                .containsExactly(b, item("a"));
    }

    @Test
    void items_comeInPagesInTheOrderOfTheirBytes() {
        create("many", RepeatPolicy.REPEAT_POLICY_LAST);
        List<String> ids = List.of("A", "a", "b", "é", "z");
        server.datasets()
                .putItems(PutItemsRequest.newBuilder()
                        .setDataset("many")
                        .addAllItems(ids.stream().map(id -> item(id)).toList())
                        .build());

        List<String> read = new ArrayList<>();
        ListItemsResponse page = ListItemsResponse.getDefaultInstance();
        do {
            page = server.datasets()
                    .listItems(ListItemsRequest.newBuilder()
                            .setDataset("many")
                            .setPageSize(2)
                            .setPageToken(page.getNextPageToken())
                            .build());
            page.getItemsList().forEach(item -> read.add(item.getId()));
        } while (!page.getNextPageToken().isEmpty());

        assertThat(read).containsExactly("A", "a", "b", "z", "é");
    }

    private static User user(String id, String... categories) {
        return User.newBuilder()
                .setId(id)
                .addAllCategories(List.of(categories))
                .putAttributes("country", "DE")
                .build();
    }

    @Test
    void users_areReadAsWrittenAndInPages() {
        create("users", RepeatPolicy.REPEAT_POLICY_LAST);
        List<User> users = List.of(user("ann", "Fan", "Critic"), user("bob"), user("cid", "Fan"));
        server.datasets()
                .putUsers(PutUsersRequest.newBuilder()
                        .setDataset("users")
                        .addAllUsers(users)
                        .build());

        assertThat(get("users").getUserRecordCount()).isEqualTo(3);
        assertThat(get("users").getUserCount()).isZero();
        assertThat(server.datasets()
                        .batchGetUsers(BatchGetUsersRequest.newBuilder()
                                .setDataset("users")
                                .addAllIds(List.of("cid", "unknown", "ann"))
                                .build())
                        .getUsersList())
                .containsExactly(users.get(2), users.get(0));
        List<User> read = new ArrayList<>();
        ListUsersResponse page = ListUsersResponse.getDefaultInstance();
        do {
            page = server.datasets()
                    .listUsers(ListUsersRequest.newBuilder()
                            .setDataset("users")
                            .setPageSize(2)
                            .setPageToken(page.getNextPageToken())
                            .build());
            read.addAll(page.getUsersList());
        } while (!page.getNextPageToken().isEmpty());
        assertThat(read).isEqualTo(users);
    }

    @Test
    void malformedUsers_areAllNamed() {
        create("bad-users", RepeatPolicy.REPEAT_POLICY_LAST);

        Failures failure = Failures.of(() -> server.datasets()
                .putUsers(PutUsersRequest.newBuilder()
                        .setDataset("bad-users")
                        .addUsers(user(""))
                        .addUsers(user("good"))
                        .addUsers(user("x", "same", "same"))
                        .build()));

        assertThat(failure.fields()).containsExactly("users[0].id", "users[2].categories");
    }

    @Test
    void moreUsersThanACallTakes_areRefused() {
        create("too-many", RepeatPolicy.REPEAT_POLICY_LAST);

        assertThat(Failures.of(() -> server.datasets()
                                .putUsers(PutUsersRequest.newBuilder()
                                        .setDataset("too-many")
                                        .addAllUsers(Collections.nCopies(10_001, user("x")))
                                        .build()))
                        .fields())
                .containsExactly("users");
        assertThat(Failures.of(() -> server.datasets()
                                .batchGetUsers(BatchGetUsersRequest.newBuilder()
                                        .setDataset("too-many")
                                        .addAllIds(Collections.nCopies(10_001, "x"))
                                        .build()))
                        .fields())
                .containsExactly("ids");
    }

    @Test
    void malformedItems_areAllNamed() {
        create("bad-items", RepeatPolicy.REPEAT_POLICY_LAST);

        Failures failure = Failures.of(() -> server.datasets()
                .putItems(PutItemsRequest.newBuilder()
                        .setDataset("bad-items")
                        .addItems(item(""))
                        .addItems(item("good"))
                        .addItems(item("x", "same", "same"))
                        .build()));

        assertThat(failure.fields()).containsExactly("items[0].id", "items[2].categories");
    }
}
