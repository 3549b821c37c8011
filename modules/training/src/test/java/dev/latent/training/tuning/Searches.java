package dev.latent.training.tuning;

import dev.latent.spi.Snapshot;
import dev.latent.testkit.InMemorySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small searches over {@link ShiftAlgorithm} and ratings around 3. */
final class Searches {

    static final ShiftAlgorithm ALGORITHM = new ShiftAlgorithm(7);

    /** Predictions are clipped to the range of the ratings: these keep it wide, the mean staying at 3. */
    private static final float[] FAR = {-9, 15};

    private Searches() {}

    static Snapshot ratings() {
        return ratings(12);
    }

    static Snapshot ratings(int items) {
        InMemorySnapshot.Builder builder = InMemorySnapshot.builder(20, items);
        for (int user = 0; user < 20; user++) {
            for (int item = user % 2; item < items; item += 2) {
                builder.add(user, item, item < 2 ? FAR[item] : 2 + (user + item) % 3);
            }
        }
        return builder.build();
    }

    static TuningRequest request(int trials) {
        return new TuningRequest(Map.of(), new TuningMetric("rmse"), trials, Optional.empty(), 7, 1);
    }

    /** Keeps what it is told. */
    static final class Ear implements TuningListener {
        final List<TuningEvent> events = new ArrayList<>();
        final List<String> lines = new ArrayList<>();

        @Override
        public void event(TuningEvent event) {
            events.add(event);
        }

        @Override
        public void log(String line) {
            lines.add(line);
        }
    }

    /** Trials without what differs from one machine's hour to the next. */
    static List<String> withoutTimes(List<Trial> trials) {
        return trials.stream()
                .map(trial -> trial.number() + " " + trial.set() + " " + trial.state() + " " + trial.metric() + " "
                        + trial.message() + " "
                        + trial.sweeps().stream()
                                .map(sweep -> sweep.number() + ":" + sweep.metric() + sweep.loss())
                                .toList())
                .toList();
    }
}
