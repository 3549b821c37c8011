package dev.latent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerArgumentsTest {

    @Test
    void nothingGiven_takesTheHomeOfTheUser() {
        ServerArguments arguments = ServerArguments.parse(List.of());

        assertThat(arguments.home()).isEqualTo(Path.of(System.getProperty("user.home"), ".latent"));
        assertThat(arguments.config()).isEmpty();
        assertThat(arguments.plugins()).isEmpty();
        assertThat(arguments.settings()).isEmpty();
    }

    @Test
    void everythingGiven_isRead() {
        ServerArguments arguments = ServerArguments.parse(
                List.of("--home", "/h", "--grpc-port=1", "--http-port", "2", "--config", "/c.yaml", "--plugins=/p"));

        assertThat(arguments.home()).isEqualTo(Path.of("/h"));
        assertThat(arguments.config()).contains(Path.of("/c.yaml"));
        assertThat(arguments.plugins()).contains(Path.of("/p"));
        assertThat(arguments.settings())
                .containsExactlyInAnyOrderEntriesOf(Map.of("server.grpc.port", "1", "server.http.port", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--home", "--hoem", "serve", "-h"})
    void malformedArgument_isRefusedWithTheUsage(String argument) {
        assertThatThrownBy(() -> ServerArguments.parse(List.of(argument)))
                .isInstanceOf(ServerArguments.UsageException.class)
                .hasMessageContaining(argument)
                .hasMessageContaining("usage: latent serve");
    }
}
