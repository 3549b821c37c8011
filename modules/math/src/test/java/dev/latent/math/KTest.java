package dev.latent.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KTest {
    @Test
    void lanes_always_positive() {
        assertThat(K.lanes()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void a_b_c(int x) {
        assertThat(x).isPositive();
    }

    @Test
    @Tag("datasets")
    void d_e_f() {
        assertThat(System.getProperty("latent.datasets")).isNotNull();
    }
}
