package dev.latent.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void values_keepTheirOrderAndType() {
        assertThat(Json.write(Json.object("b", 1L, "a", List.of(1.5, 0.1f, true, "x"), "c", Json.object())))
                .isEqualTo("{\"b\":1,\"a\":[1.5,0.1,true,\"x\"],\"c\":{}}");
    }

    @Test
    void numbersThatJsonLacks_areNull() {
        assertThat(Json.write(List.of(Double.NaN, Float.POSITIVE_INFINITY))).isEqualTo("[null,null]");
    }

    @Test
    void textThatDrivesATerminal_isEscapedAsJson() {
        assertThat(Json.write(List.of("\u001b[2J\u009b1m\u202E\n\"é千")))
                .isEqualTo("[\"\\u001B[2J\\u009b1m\\u202e\\n\\\"é千\"]");
    }
}
