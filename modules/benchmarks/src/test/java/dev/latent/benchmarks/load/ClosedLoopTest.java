package dev.latent.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void asynchronousAnswers_everyCallIsMadeOnce_neverMoreAtATimeThanAsked() throws InterruptedException {
        AtomicIntegerArray made = new AtomicIntegerArray(2_000);
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (ExecutorService answers = Executors.newFixedThreadPool(3)) {
            Phase phase = ClosedLoop.run(
                    (_, number, done) -> {
                        most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                        answers.execute(() -> {
                            made.incrementAndGet(number);
                            underWay.decrementAndGet();
                            done.accept(number % 100 == 0 ? "UNAVAILABLE" : "");
                        });
                    },
                    2_000,
                    8,
                    LONG);

            assertThat(phase.nanos()).hasSize(2_000).doesNotContain(0);
            assertThat(phase.errors()).isEqualTo(Map.of("UNAVAILABLE", 20));
        }
        for (int call = 0; call < 2_000; call++) {
            assertThat(made.get(call)).isEqualTo(1);
        }
        assertThat(most.get()).isLessThanOrEqualTo(8);
    }

    @Test
    void immediateAnswers_aMillionCalls_doNotPileUp() throws InterruptedException {
        Phase phase = ClosedLoop.run((_, _, done) -> done.accept(""), 1_000_000, 4, LONG);

        assertThat(phase.nanos()).hasSize(1_000_000);
        assertThat(phase.errors()).isEmpty();
    }

    @Test
    void noAnswer_endsWithAMessageThatSaysHowFarItCame() {
        assertThatThrownBy(() -> ClosedLoop.run((_, _, _) -> {}, 10, 2, Duration.ofMillis(20)))
                .hasMessageContaining("2 of 10 started");
    }

    @Test
    void figures_areMediansOfTheRounds() {
        LoadFigures figures = LoadFigures.of(List.of(
                new Phase(new long[] {1_000, 2_000, 3_000, 4_000}, 1_000_000, Map.of()),
                new Phase(new long[] {9_000, 9_000, 9_000, 9_000}, 4_000_000, Map.of("UNAVAILABLE", 2)),
                new Phase(new long[] {5_000, 5_000, 5_000, 5_000}, 2_000_000, Map.of())));

        assertThat(figures.calls()).isEqualTo(12);
        assertThat(figures.errors()).isEqualTo(2);
        assertThat(figures.requestsPerSecond()).isEqualTo(2_000);
        assertThat(figures.p50Micros()).isEqualTo(5);
        assertThat(figures.p999Micros()).isEqualTo(5);
    }
}
