package dev.latent.server.training;

import com.google.protobuf.Timestamp;
import dev.latent.training.tuning.Trial;
import dev.latent.training.tuning.TrialSweep;
import dev.latent.training.tuning.TuningEvent;
import dev.latent.training.tunings.TuningNews;
import dev.latent.v1.NamedValue;
import dev.latent.v1.Tuning;
import dev.latent.v1.TuningSweep;
import dev.latent.v1.TuningTrial;
import dev.latent.v1.WatchTuningResponse;
import java.time.Instant;
import java.util.List;

/** Translates between searches and the contract. */
final class TuningMessages {

    private TuningMessages() {}

    static Tuning tuning(dev.latent.training.tunings.Tuning tuning, List<TuningNews> news) {
        Tuning.Builder message = Tuning.newBuilder()
                .setId(tuning.id())
                .setModel(tuning.spec().model())
                .setDataset(tuning.spec().dataset())
                .setAlgorithm(tuning.spec().algorithm())
                .setMetric(tuning.spec().goal().metric())
                .setState(state(tuning.state()))
                .setMessage(tuning.message())
                .setRun(tuning.run())
                .setCreateTime(time(tuning.created()));
        tuning.ended().ifPresent(ended -> message.setEndTime(time(ended)));
        news.forEach(
                item -> item.event().flatMap(TuningEvent::end).ifPresent(trial -> message.addTrials(trial(trial))));
        return message.build();
    }

    private static Timestamp time(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    private static Tuning.State state(dev.latent.training.tunings.Tuning.State state) {
        return switch (state) {
            case QUEUED -> Tuning.State.STATE_QUEUED;
            case SEARCHING -> Tuning.State.STATE_SEARCHING;
            case TRAINING -> Tuning.State.STATE_TRAINING;
            case SUCCEEDED -> Tuning.State.STATE_SUCCEEDED;
            case FAILED -> Tuning.State.STATE_FAILED;
            case CANCELLED -> Tuning.State.STATE_CANCELLED;
            case INTERRUPTED -> Tuning.State.STATE_INTERRUPTED;
        };
    }

    private static TuningTrial trial(Trial trial) {
        TuningTrial.Builder message = TuningTrial.newBuilder()
                .setNumber(trial.number())
                .putAllHyperparameters(trial.set())
                .setState(
                        switch (trial.state()) {
                            case COMPLETE -> TuningTrial.State.STATE_COMPLETE;
                            case PRUNED -> TuningTrial.State.STATE_PRUNED;
                            case FAILED -> TuningTrial.State.STATE_FAILED;
                        })
                .setSeconds(trial.seconds())
                .setMessage(trial.message());
        trial.metric().ifPresent(message::setMetric);
        return message.build();
    }

    private static TuningSweep sweep(TrialSweep sweep) {
        TuningSweep.Builder message = TuningSweep.newBuilder()
                .setSweep(sweep.number())
                .setSweeps(sweep.planned())
                .setMetric(sweep.metric());
        sweep.loss()
                .forEach((name, value) ->
                        message.addLoss(NamedValue.newBuilder().setName(name).setValue(value)));
        return message.build();
    }

    static WatchTuningResponse news(int number, TuningNews news) {
        WatchTuningResponse.Builder message = WatchTuningResponse.newBuilder().setEvent(number);
        news.tuning().ifPresent(tuning -> message.setTuning(tuning(tuning, List.of())));
        news.logLine().ifPresent(message::setLogLine);
        news.event().ifPresent(event -> add(event, message));
        return message.build();
    }

    private static void add(TuningEvent event, WatchTuningResponse.Builder message) {
        event.search().ifPresent(facts -> message.setLogLine("Search of " + facts.get("space")));
        event.begin()
                .ifPresent(start -> message.setBegun(
                        TuningTrial.newBuilder().setNumber(start.number()).putAllHyperparameters(start.set())));
        event.sweep().ifPresent(sweep -> message.setSweep(sweep(sweep)));
        event.end().ifPresent(trial -> message.setEnded(trial(trial)));
        event.finish().ifPresent(run -> message.setLogLine("Trained the best setting again: " + run.metrics()));
    }
}
