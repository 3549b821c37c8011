package dev.latent.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentilesTest {

    /** 1 to n µs, the largest first. */
    private static Percentiles descending(int n) {
        return new Percentiles(LongStream.rangeClosed(1, n)
                .map(value -> 1_000 * (n + 1 - value))
                .toArray());
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 0.5, 500",
        "1000, 0.99, 990",
        "1000, 0.999, 999",
        "1000, 1, 1000",
        "10, 0.999, 10",
        "1, 0.5, 1",
        "3, 0.5, 2",
        "20000, 0.999, 19980",
        "4000, 0.9, 3600"
    })
    void micros_isTheNearestRank(int n, double share, double expected) {
        assertThat(descending(n).micros(share)).isEqualTo(expected);
    }

    @Test
    void noTimes_orAShareOutOfRange_isRefused() {
        assertThatThrownBy(() -> new Percentiles(new long[0])).hasMessageContaining("at least one time");
        assertThatThrownBy(() -> descending(3).micros(0)).hasMessageContaining("got 0.0");
        assertThatThrownBy(() -> descending(3).micros(99)).hasMessageContaining("got 99.0");
    }
}
