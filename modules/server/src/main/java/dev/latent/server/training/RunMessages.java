package dev.latent.server.training;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.latent.evaluation.HoldoutReport;
import dev.latent.training.RunEvent;
import dev.latent.v1.NamedValue;
import dev.latent.v1.Run;
import dev.latent.v1.RunProgress;
import dev.latent.v1.WatchRunResponse;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Translates between runs and the contract. */
final class RunMessages {

    private static final String BASELINE = "popularity";
    private static final double NANOS = 1e9;

    private RunMessages() {}

    static Run run(dev.latent.training.Run run) {
        Run.Builder message = Run.newBuilder()
                .setId(run.id())
                .setModel(run.model())
                .setDataset(run.spec().dataset())
                .setAlgorithm(run.spec().algorithm())
                .putAllHyperparameters(run.spec().hyperparameters())
                .setSeed(run.spec().seed())
                .setState(state(run.state()))
                .setProgress(progress(run.progress()))
                .setVersion(run.versionName().orElse(""))
                .setMessage(run.message())
                .putAllMetrics(run.metrics())
                .putAllBaselineMetrics(run.baselines().getOrDefault(BASELINE, Map.of()))
                .setCreateTime(time(run.created()))
                .setActor(run.spec().requestedBy())
                .setPeakMemoryBytes(run.peakBytes().orElse(0L))
                .setEvaluationProtocol(
                        run.holdout().map(HoldoutReport::protocol).orElse(""));
        run.spec().warmStart().ifPresent(version -> message.setStartVersion(run.model() + "@" + version));
        run.started().ifPresent(started -> message.setStartTime(time(started)));
        run.ended().ifPresent(ended -> message.setEndTime(time(ended)));
        return message.build();
    }

    private static Run.State state(dev.latent.training.Run.State state) {
        return switch (state) {
            case QUEUED -> Run.State.STATE_QUEUED;
            case RUNNING -> Run.State.STATE_RUNNING;
            case SUCCEEDED -> Run.State.STATE_SUCCEEDED;
            case FAILED -> Run.State.STATE_FAILED;
            case CANCELLED -> Run.State.STATE_CANCELLED;
        };
    }

    private static RunProgress progress(dev.latent.training.RunProgress progress) {
        RunProgress.Builder message = RunProgress.newBuilder()
                .setPhase(progress.phase().name().toLowerCase(Locale.ROOT))
                .setSweep(progress.sweep())
                .setSweeps(progress.sweeps())
                .setFraction(progress.fraction())
                .addAllLoss(values(progress.loss()))
                .addAllMetrics(values(progress.metrics()));
        progress.remainingSeconds().ifPresent(seconds -> message.setRemaining(duration(seconds)));
        return message.build();
    }

    private static List<NamedValue> values(Map<String, Double> values) {
        return values.entrySet().stream()
                .map(entry -> NamedValue.newBuilder()
                        .setName(entry.getKey())
                        .setValue(entry.getValue())
                        .build())
                .toList();
    }

    static Duration duration(double seconds) {
        long whole = (long) seconds;
        return Duration.newBuilder()
                .setSeconds(whole)
                .setNanos((int) ((seconds - whole) * NANOS))
                .build();
    }

    static WatchRunResponse event(RunEvent event) {
        WatchRunResponse.Builder message =
                WatchRunResponse.newBuilder().setEvent(event.number()).setTime(time(event.time()));
        event.run().ifPresent(run -> message.setRun(run(run)));
        event.progress().ifPresent(progress -> message.setProgress(progress(progress)));
        event.logLine().ifPresent(message::setLogLine);
        return message.build();
    }

    private static Timestamp time(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
