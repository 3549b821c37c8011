package dev.latent.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.latent.v1.Plugin;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource({"0,0s", "0.05,50ms", "-5,0s", "119,119s", "120,2m", "7199,119m", "7200,2h", "172799,47h", "172800,2d"})
    void span_isInItsLargestUnit(double seconds, String expected) {
        assertThat(Words.span(Duration.ofMillis(Math.round(1000 * seconds)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0,0 B", "1023,1023 B", "1024,1.0 KiB", "1536,1.5 KiB", "3565158,3.4 MiB", "5368709120,5.0 GiB"})
    void size_isInItsLargestUnit(long bytes, String expected) {
        assertThat(Words.size(bytes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0.0000",
        "0.31415,0.3142",
        "-0.5,-0.5000",
        "12.3456,12.35",
        "999.99,999.99",
        "'12345.6','12,346'",
        "0.00012,1.200e-04",
        "1e12,1.000e+12",
        "NaN,NaN"
    })
    void number_hasFourFigures(double value, String expected) {
        assertThat(Words.number(value)).isEqualTo(expected);
    }

    @Test
    void state_losesItsPrefix() {
        assertThat(Words.state(Plugin.State.STATE_REJECTED, "STATE_")).isEqualTo("REJECTED");
        assertThat(Words.state(Plugin.State.UNRECOGNIZED, "STATE_")).isEqualTo("UNRECOGNIZED");
    }

    @Test
    void time_isUtcToTheSecond_andEmptyWhenUnset() {
        Timestamp time =
                Timestamp.newBuilder().setSeconds(1_769_860_800).setNanos(999).build();

        assertThat(Words.time(time)).isEqualTo("2026-01-31T12:00:00Z");
        assertThat(Words.age(time, Instant.parse("2026-01-31T12:03:30Z"))).isEqualTo("3m");
        assertThat(Words.time(Timestamp.getDefaultInstance())).isEmpty();
        assertThat(Words.age(Timestamp.getDefaultInstance(), Instant.EPOCH)).isEmpty();
    }

    @Test
    void pairs_areByName() {
        assertThat(Words.pairs(Map.of("b", 2, "a", 1))).isEqualTo("a=1, b=2");
    }
}
