package dev.latent.interactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InteractionTest {

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("user_id", "", "i", 1f, 0L, "view"),
                Arguments.of("user_id", "x".repeat(513), "i", 1f, 0L, "view"),
                Arguments.of("user_id", "é".repeat(257), "i", 1f, 0L, "view"),
                Arguments.of("user_id", "a\nb", "i", 1f, 0L, "view"),
                Arguments.of("user_id", "a\u0000", "i", 1f, 0L, "view"),
                Arguments.of("user_id", "a\u0085", "i", 1f, 0L, "view"),
                Arguments.of("item_id", "u", "\uD83D", 1f, 0L, "view"),
                Arguments.of("item_id", "u", "\uDC7Dx", 1f, 0L, "view"),
                Arguments.of("item_id", "u", "", 1f, 0L, "view"),
                Arguments.of("value", "u", "i", Float.NaN, 0L, "view"),
                Arguments.of("value", "u", "i", Float.NEGATIVE_INFINITY, 0L, "view"),
                Arguments.of("time", "u", "i", 1f, -1L, "view"),
                Arguments.of("time", "u", "i", 1f, 1_700_000_000_000L, "view"),
                Arguments.of("type", "u", "i", 1f, 0L, ""),
                Arguments.of("type", "u", "i", 1f, 0L, "View"),
                Arguments.of("type", "u", "i", 1f, 0L, "1view"),
                Arguments.of("type", "u", "i", 1f, 0L, "v".repeat(33)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void badField_isRefusedByName(String field, String user, String item, float value, long time, String type) {
        assertThatThrownBy(() -> new Interaction(user, item, value, time, type))
                .isInstanceOfSatisfying(InvalidValueException.class, e -> {
                    assertThat(e.field()).isEqualTo(field);
                    assertThat(e.getMessage()).startsWith(field).doesNotContain("\n");
                });
    }

    @Test
    void oddButValidIds_areKept() {
        for (String id : List.of("../x", "=cmd", "a b", "👽", "é".repeat(256), "x".repeat(512), "\u05D0", "e\u0301")) {
            assertThat(new Interaction(id, id, -0.0f, Interaction.MAX_TIME, "a_b-9").userId())
                    .isEqualTo(id);
        }
    }

    @Test
    void itemRecord_badField_isRefused() {
        assertThatThrownBy(() -> ItemRecord.of("a", "t", "x", "x")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> ItemRecord.of("a", "t", "")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> ItemRecord.of("a", "t\u0007")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> ItemRecord.of("", "t")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> ItemRecord.of("a", "t".repeat(8193))).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void typeWeights_bad_areRefused() {
        for (float weight : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> TypeWeights.of(Map.of("view", weight))).isInstanceOf(InvalidValueException.class);
        }
        assertThatThrownBy(() -> TypeWeights.of(Map.of("View", 1f))).isInstanceOf(InvalidValueException.class);
        assertThat(TypeWeights.of(Map.of("view", 2f)).weight("rating")).isZero();
        assertThat(TypeWeights.ALL.weight("rating")).isEqualTo(1);
    }
}
