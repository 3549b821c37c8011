package dev.latent.training.tuning;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** When a search stops trying: after its time, less what the trials of earlier processes took. */
final class Deadline {

    private final Optional<Duration> left;
    private final long started = System.nanoTime();

    private Deadline(Optional<Duration> left) {
        this.left = left;
    }

    static Deadline of(Optional<Duration> time, List<Trial> earlier) {
        double spent = earlier.stream().mapToDouble(Trial::seconds).sum();
        return new Deadline(time.map(limit -> limit.minusMillis((long) (spent * 1000))));
    }

    boolean isOver() {
        return left.isPresent() && System.nanoTime() - started >= left.get().toNanos();
    }
}
