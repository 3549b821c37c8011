package dev.latent.training;

import static dev.latent.training.TestHome.await;
import static dev.latent.training.TestHome.behaving;
import static dev.latent.training.TestHome.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.spi.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What surrounds the work of runs: queue, followers, files and restarts. */
class RunLifeTest {

    @TempDir
    private Path directory;

    private TestHome home;

    @BeforeEach
    void open() throws IOException {
        home = TestHome.create(directory);
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void start_sameRequestId_isTheSameRun() throws IOException {
        TrainingService service = home.openInProcess();
        TrainingSpec asked = spec().requestId("6f1d").build();

        Run first = service.start(asked);
        await(service, first);
        Run second = service.start(asked);

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(service.list()).hasSize(1);
        assertThatThrownBy(() -> service.start(spec().requestId("6f1d").seed(99).build()))
                .isInstanceOf(RequestIdReusedException.class)
                .hasMessageContaining("6f1d");
        service.close();
        TrainingService again = home.openInProcess();
        assertThat(again.start(asked).id()).isEqualTo(first.id());
    }

    @Test
    void start_oneAtATime_othersWaitAndCanBeCancelled() throws Exception {
        TrainingService service = home.open(
                TrainingOptions.defaults().withConcurrency(1).withQueueLimit(1).inProcess());
        List<Run.State> ended = Collections.synchronizedList(new ArrayList<>());
        service.addListener(new RunListener() {
            @Override
            public void ended(Run run) {
                ended.add(run.state());
            }
        });
        Run busy = service.start(behaving("loop"));
        awaitState(service, busy, Run.State.RUNNING);
        Run waiting = service.start(behaving("good"));

        assertThatThrownBy(() -> service.start(behaving("good"))).isInstanceOf(TooManyRunsException.class);
        assertThat(service.get(waiting.id()).state()).isEqualTo(Run.State.QUEUED);
        assertThat(service.cancel(waiting.id()).state()).isEqualTo(Run.State.CANCELLED);
        service.cancel(busy.id());
        assertThat(await(service, busy).state()).isEqualTo(Run.State.CANCELLED);
        assertThat(await(service, service.start(behaving("good"))).state()).isEqualTo(Run.State.SUCCEEDED);
        assertThat(home.models.versions("films")).hasSize(1);
        assertThatThrownBy(() -> service.cancel(busy.id())).isInstanceOf(RunEndedException.class);
        assertThatThrownBy(() -> service.cancel("run-99")).isInstanceOf(RunNotFoundException.class);
        for (int wait = 0; wait < 100 && ended.size() < 3; wait++) {
            Thread.sleep(10);
        }
        assertThat(ended).containsExactlyInAnyOrder(Run.State.CANCELLED, Run.State.CANCELLED, Run.State.SUCCEEDED);
    }

    @Test
    void cancel_whileTheVersionIsWritten_publishesNothing() throws Exception {
        TrainingService service = home.openInProcess();
        Run run = service.start(behaving("scoring-slow"));
        for (int wait = 0; wait < 500 && home.pending().isEmpty(); wait++) {
            Thread.sleep(10);
        }

        service.cancel(run.id());

        assertThat(await(service, run).state()).isEqualTo(Run.State.CANCELLED);
        assertThat(home.models.versions("films")).isEmpty();
        assertThat(home.pending()).isEmpty();
    }

    private static void awaitState(TrainingService service, Run run, Run.State state) throws InterruptedException {
        for (int wait = 0; wait < 500 && service.get(run.id()).state() != state; wait++) {
            Thread.sleep(10);
        }
        assertThat(service.get(run.id()).state()).isEqualTo(state);
    }

    @Test
    void watch_anyMoment_givesEveryEventOnceInOrder() throws IOException {
        TrainingService service = home.openInProcess();
        List<RunEvent> all = Collections.synchronizedList(new ArrayList<>());

        Run run = service.start(spec().hyperparameter("behaviour", "wait").build());
        RunWatch watch = service.watch(run.id(), 0, all::add);
        await(service, run);
        watch.end().join();

        List<Long> numbers = all.stream().map(RunEvent::number).toList();
        for (int index = 0; index < numbers.size(); index++) {
            assertThat(numbers.get(index)).isEqualTo(index + 1L);
        }
        assertThat(all.getFirst().run().orElseThrow().state()).isEqualTo(Run.State.QUEUED);
        assertThat(all.getLast().run().orElseThrow()).isEqualTo(service.get(run.id()));
        assertThat(all)
                .anyMatch(event -> event.progress()
                        .map(progress -> progress.phase() == RunProgress.Phase.TRAIN
                                && progress.loss().containsKey("observed"))
                        .orElse(false));
        List<RunEvent> replayed = new ArrayList<>();
        service.watch(run.id(), 3, replayed::add);
        assertThat(replayed).isEqualTo(all.subList(3, all.size()));
    }

    @Test
    void watch_failingConsumer_isDroppedAndTheRunGoesOn() throws IOException {
        TrainingService service = home.openInProcess();

        Run run = service.start(spec().hyperparameter("behaviour", "wait").build());
        service.watch(run.id(), 0, _ -> {
            throw new IllegalStateException("a follower's mistake");
        });

        assertThat(await(service, run).state()).isEqualTo(Run.State.SUCCEEDED);
    }

    @Test
    void open_afterAStop_marksUnfinishedRunsFailedAndClearsTheirLitter() throws IOException {
        Path runs = Files.createDirectory(directory.resolve("runs"));
        TrainingService first = home.openInProcess();
        Run done = await(first, first.start(spec().build()));
        first.close();
        Path stopped = runs.resolve("run-2");
        Files.createDirectories(stopped.resolve("snapshot"));
        Files.writeString(stopped.resolve("snapshot/users"), "x");
        String queued = Files.readString(runs.resolve(done.id()).resolve("run.json"))
                .replace("\"run-1\"", "\"run-2\"")
                .replace("SUCCEEDED", "RUNNING");
        Files.writeString(stopped.resolve("run.json"), queued);
        Files.writeString(stopped.resolve("events.jsonl"), "{\"number\":1,\"time\":\"2026");
        Files.createDirectory(runs.resolve("run-3"));
        Files.createDirectory(runs.resolve("lost+found"));

        TrainingService second = home.openInProcess();

        Run failed = second.get("run-2");
        assertThat(failed.state()).isEqualTo(Run.State.FAILED);
        assertThat(failed.message()).contains("server stopped during the run").contains("start it again");
        assertThat(Files.exists(stopped.resolve("snapshot"))).isFalse();
        assertThat(Files.exists(runs.resolve("run-3"))).isFalse();
        assertThat(Files.exists(runs.resolve("lost+found"))).isTrue();
        assertThat(second.get(done.id())).isEqualTo(done);
        List<RunEvent> events = new ArrayList<>();
        second.watch("run-2", 0, events::add);
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.run()).contains(failed));
        assertThat(await(second, second.start(spec().build())).id()).isEqualTo("run-4");
    }

    @Test
    void open_afterAStopBetweenPublishingAndSayingSo_finishesTheRun() throws IOException {
        TrainingService first = home.openInProcess();
        Run done = await(first, first.start(spec().build()));
        first.close();
        Path files = directory.resolve("runs/run-1");
        WorkResult result = new WorkResult(Task.RANKING, "f", 4, true, 1, 7L << 20, done.holdout());
        Files.writeString(files.resolve("result.json"), RunJson.line(result));
        Files.writeString(files.resolve("run.json"), RunJson.line(done.ended(Run.State.RUNNING, "", Instant.EPOCH)));

        Run finished = home.openInProcess().get("run-1");

        assertThat(finished.state()).isEqualTo(Run.State.SUCCEEDED);
        assertThat(finished.versionName()).contains("films@1");
        assertThat(finished.metrics()).isEqualTo(done.metrics());
        assertThat(finished.peakBytes()).contains(7L << 20);
        assertThat(files.resolve("result.json")).doesNotExist();
    }

    @Test
    void open_versionOfAnEarlierRunOfThatName_doesNotFinishTheRun() throws IOException {
        TrainingService first = home.openInProcess();
        Run done = await(first, first.start(spec().build()));
        first.close();
        Path files = directory.resolve("runs/run-1");
        WorkResult result = new WorkResult(Task.RANKING, "f", 4, true, 1, 0, done.holdout());
        Files.writeString(files.resolve("result.json"), RunJson.line(result));
        Instant later = Instant.now().plusSeconds(60);
        Files.writeString(
                files.resolve("run.json"),
                RunJson.line(Run.queued("run-1", done.spec(), later).started(later)));

        assertThat(home.openInProcess().get("run-1").state()).isEqualTo(Run.State.FAILED);
    }

    @Test
    void start_moreThanAreKept_forgetsTheOldest() throws IOException {
        TrainingService service =
                home.open(TrainingOptions.defaults().withKeptRuns(2).inProcess());

        for (int run = 0; run < 4; run++) {
            await(service, service.start(spec().split("none").build()));
        }
        service.close();

        assertThat(home.openInProcess().list()).extracting(Run::id).containsExactly("run-4", "run-3");
        assertThat(directory.resolve("runs/run-1")).doesNotExist();
    }

    @Test
    void close_runAtWork_failsIt() throws Exception {
        TrainingService service = home.openInProcess();
        Run run = service.start(spec().hyperparameter("behaviour", "wait")
                .hyperparameter("sweeps", "40")
                .build());
        awaitState(service, run, Run.State.RUNNING);

        service.close();

        assertThat(service.get(run.id()).state()).isEqualTo(Run.State.FAILED);
        assertThat(service.get(run.id()).message()).contains("server stopped");
        assertThat(directory.resolve("runs/run-1/run.json")).content().contains("FAILED");
        assertThat(directory.resolve("runs/run-1/snapshot")).doesNotExist();
        assertThat(home.models.versions("films")).isEmpty();
    }
}
