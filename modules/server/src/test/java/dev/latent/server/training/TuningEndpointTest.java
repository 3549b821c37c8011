package dev.latent.server.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.latent.server.Failures;
import dev.latent.server.TestServer;
import dev.latent.v1.CancelTuningRequest;
import dev.latent.v1.GetModelRequest;
import dev.latent.v1.GetTuningRequest;
import dev.latent.v1.GetTuningResponse;
import dev.latent.v1.ListTuningsRequest;
import dev.latent.v1.ResumeTuningRequest;
import dev.latent.v1.Run;
import dev.latent.v1.StartTuningRequest;
import dev.latent.v1.Tuning;
import dev.latent.v1.TuningTrial;
import dev.latent.v1.WatchTuningRequest;
import dev.latent.v1.WatchTuningResponse;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Searches as a client sees them: each in a process of its own, as on any server. */
class TuningEndpointTest {

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start();
        server.createDataset("films", 30, 12); // of the type "rating"
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A search whose trials take no time. */
    private static StartTuningRequest.Builder search(String model) {
        return StartTuningRequest.newBuilder()
                .setModel(model)
                .setDataset("films")
                .setAlgorithm("taste")
                .putAllHyperparameters(Map.of("sweeps", "2", "pause", "0", "loud", "false"))
                .setTrials(3);
    }

    /** A search whose first trial does not end. */
    private static StartTuningRequest endless(String model) {
        return search(model)
                .putHyperparameters("sweeps", "100000")
                .putHyperparameters("pause", "60000")
                .build();
    }

    private static Iterator<WatchTuningResponse> watch(TestServer target, String id, int after) {
        return target.training()
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .watchTuning(WatchTuningRequest.newBuilder()
                        .setId(id)
                        .setAfterEvent(after)
                        .build());
    }

    private static List<WatchTuningResponse> follow(TestServer target, String id) {
        List<WatchTuningResponse> events = new ArrayList<>();
        watch(target, id, 0).forEachRemaining(events::add);
        return events;
    }

    private static void awaitTrial(TestServer target, String id) {
        Iterator<WatchTuningResponse> events = watch(target, id, 0);
        while (!events.next().hasBegun()) {
            assertThat(events.hasNext()).isTrue();
        }
    }

    private static Tuning get(TestServer target, String id) {
        return target.training()
                .getTuning(GetTuningRequest.newBuilder().setId(id).build())
                .getTuning();
    }

    private static String begin(TestServer target, StartTuningRequest request) {
        return target.training().startTuning(request).getTuning().getId();
    }

    @Test
    void search_endsInAVersion_isToldEventByEvent() {
        String id = begin(
                server,
                search("found")
                        .setKeep(true)
                        .setSeed(7)
                        .setActor("ada")
                        .putTypeWeights("rating", 2)
                        .build());
        List<WatchTuningResponse> events = follow(server, id);
        GetTuningResponse end = server.training()
                .getTuning(GetTuningRequest.newBuilder()
                        .setId(id)
                        .setWithReport(true)
                        .build());

        Tuning tuning = end.getTuning();
        assertThat(tuning.getState()).as(tuning.getMessage()).isEqualTo(Tuning.State.STATE_SUCCEEDED);
        assertThat(tuning.getTrialsList()).extracting(TuningTrial::getNumber).containsExactly(1, 2, 3);
        assertThat(events)
                .extracting(WatchTuningResponse::getEvent)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, events.size()).boxed().toList());
        assertThat(events)
                .filteredOn(WatchTuningResponse::hasEnded)
                .extracting(WatchTuningResponse::getEnded)
                .containsExactlyElementsOf(tuning.getTrialsList());
        assertThat(events).filteredOn(WatchTuningResponse::hasSweep).isNotEmpty();
        assertThat(events.getLast().getTuning().getState()).isEqualTo(Tuning.State.STATE_SUCCEEDED);
        List<WatchTuningResponse> later = new ArrayList<>();
        watch(server, id, events.size() - 1).forEachRemaining(later::add);
        assertThat(later).containsExactly(events.getLast());
        assertThat(end.getReport()).contains("★ best");
        assertThat(server.training()
                        .getTuning(GetTuningRequest.newBuilder().setId(id).build())
                        .getReport())
                .isEmpty();
        Run run = server.await(tuning.getRun());
        assertThat(run.getVersion()).isEqualTo("found@1");
        assertThat(run.getSeed()).isEqualTo(7);
        assertThat(run.getActor()).isEqualTo("ada");
        assertThat(server.models()
                        .getModel(GetModelRequest.newBuilder().setName("found").build())
                        .getModel()
                        .getHyperparametersMap())
                .containsKey("factors");
    }

    @Test
    void whatIsNotSaid_isTwentyTrialsByNdcgThatLeaveTheModelAsItWas() {
        String id = begin(server, search("silent").clearTrials().build());
        follow(server, id);

        Tuning tuning = get(server, id);
        assertThat(tuning.getTrialsCount()).isEqualTo(20);
        assertThat(tuning.getMetric()).isEqualTo("ndcg@10");
        Run run = server.await(tuning.getRun());
        assertThat(run.getActor()).isEqualTo("unknown");
        assertThat(run.getHyperparametersMap()).containsKey("factors");
        assertThat(server.models()
                        .getModel(GetModelRequest.newBuilder().setName("silent").build())
                        .getModel()
                        .getHyperparametersMap())
                .containsOnlyKeys("sweeps", "pause", "loud");
    }

    @Test
    void time_endsTheSearchBeforeItsTrialsAreOver() {
        String id = begin(
                server,
                search("timed")
                        .setTrials(1_000)
                        .setTime(Duration.newBuilder().setSeconds(1))
                        .putHyperparameters("pause", "200")
                        .build());
        follow(server, id);

        assertThat(get(server, id).getState()).isEqualTo(Tuning.State.STATE_SUCCEEDED);
        assertThat(get(server, id).getTrialsCount()).isBetween(1, 999);
    }

    @Test
    void typeWeights_areThoseOfTheTrialsAndOfTheRun() throws IOException {
        String weighted =
                begin(server, search("weighted").putTypeWeights("rating", 2).build());
        String none = begin(server, search("none").putTypeWeights("rent", 1).build());
        follow(server, weighted);
        follow(server, none);

        assertThat(get(server, weighted).getState()).isEqualTo(Tuning.State.STATE_SUCCEEDED);
        assertThat(manifest("weighted")).containsPattern("\"typeWeights\"\\s*:\\s*\\{\\s*\"rating\"\\s*:\\s*2");
        assertThat(get(server, none).getState()).isEqualTo(Tuning.State.STATE_FAILED);
        assertThat(get(server, none).getTrialsList()).isEmpty(); // the search saw it, not only the run after it
        assertThat(get(server, none).getMessage()).contains("has no interactions of the types [rent]");
        Failures wrong = Failures.of(
                () -> begin(server, search("wrong").putTypeWeights("rating", -1).build()));
        assertThat(wrong.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(wrong.fields()).containsExactly("type_weights[rating]");
    }

    private static String manifest(String model) throws IOException {
        Path versions = server.home().resolve("models").resolve(model).resolve("versions");
        return Files.readString(versions.resolve("1").resolve("manifest.json"));
    }

    @Test
    void cancel_endsTheSearch_onlyOnce() {
        String id = begin(server, endless("cancelled"));
        awaitTrial(server, id);
        server.training()
                .cancelTuning(CancelTuningRequest.newBuilder().setId(id).build());
        follow(server, id);

        assertThat(get(server, id).getState()).isEqualTo(Tuning.State.STATE_CANCELLED);
        assertThat(get(server, id).getRun()).isEmpty();
        for (Failures again : List.of(
                Failures.of(() -> server.training()
                        .cancelTuning(CancelTuningRequest.newBuilder().setId(id).build())),
                Failures.of(() -> server.training()
                        .resumeTuning(ResumeTuningRequest.newBuilder().setId(id).build())))) {
            assertThat(again.code()).isEqualTo(Code.FAILED_PRECONDITION);
            assertThat(again.reason()).isEqualTo("TUNING_STATE");
        }
    }

    @Test
    void serverThatStops_interrupts_theNextOneResumes() throws IOException {
        Path root = Files.createTempDirectory("latent-tuning-");
        String id;
        try (TestServer first = TestServer.start(root, Map.of())) {
            first.createDataset("films", 30, 12);
            id = begin(
                    first, search("resumed").putHyperparameters("pause", "500").build());
            awaitTrial(first, id);
        }
        try (TestServer second = TestServer.start(root, Map.of())) {
            assertThat(get(second, id).getState()).isEqualTo(Tuning.State.STATE_INTERRUPTED);
            assertThat(get(second, id).getMessage()).contains("--resume " + id);
            second.training()
                    .resumeTuning(ResumeTuningRequest.newBuilder().setId(id).build());
            follow(second, id);
            Tuning end = get(second, id);
            assertThat(end.getState()).as(end.getMessage()).isEqualTo(Tuning.State.STATE_SUCCEEDED);
            assertThat(end.getTrialsList()).extracting(TuningTrial::getNumber).containsExactly(1, 2, 3);
            assertThat(second.await(end.getRun()).getVersion()).isEqualTo("resumed@1");
        }
    }

    @Test
    void list_isNewestFirst_ofOneModel_pageByPage() {
        String first = begin(server, search("listed").setTrials(1).build());
        String second = begin(server, search("listed").setTrials(1).build());
        ListTuningsRequest.Builder request =
                ListTuningsRequest.newBuilder().setModel("listed").setPageSize(1);
        var page = server.training().listTunings(request.build());
        var rest = server.training()
                .listTunings(request.setPageToken(page.getNextPageToken()).build());

        assertThat(page.getTuningsList()).extracting(Tuning::getId).containsExactly(second);
        assertThat(rest.getTuningsList()).extracting(Tuning::getId).containsExactly(first);
        assertThat(rest.getNextPageToken()).isEmpty();
        follow(server, second);
    }

    @Test
    void badRequests_areRefused_andCreateNothing() {
        assertThat(Failures.of(() -> get(server, "tuning-999")).code()).isEqualTo(Code.NOT_FOUND);
        assertThat(Failures.of(() -> get(server, "")).fields()).containsExactly("id");
        assertThat(Failures.of(() -> watch(server, "tuning-999", 0).hasNext()).code())
                .isEqualTo(Code.NOT_FOUND);
        assertThat(Failures.of(() ->
                                begin(server, search("bad").setMetric("beauty").build()))
                        .fields())
                .containsExactly("metric");
        assertThat(Failures.of(() -> begin(server, search("bad").setTrials(-1).build()))
                        .fields())
                .containsExactly("trials");
        assertThat(Failures.of(() -> begin(
                                server,
                                search("bad")
                                        .setTime(Duration.newBuilder().setNanos(5))
                                        .build()))
                        .fields())
                .containsExactly("time");
        assertThat(Failures.of(() -> watch(server, "tuning-999", -1).hasNext()).fields())
                .containsExactly("after_event");
        assertThat(Failures.of(() -> begin(
                                server,
                                search("bad").putHyperparameters("fctors", "3").build()))
                        .code())
                .isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(server.training()
                        .listTunings(
                                ListTuningsRequest.newBuilder().setModel("bad").build())
                        .getTuningsCount())
                .isZero();
    }
}
