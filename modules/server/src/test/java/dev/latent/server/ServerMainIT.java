package dev.latent.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process. */
class ServerMainIT {

    private static final Pattern READY =
            Pattern.compile("ready grpc=127\\.0\\.0\\.1:(\\d+) http=127\\.0\\.0\\.1:(\\d+) pid=(\\d+) home=(.*)");
    private static final int SECONDS = 60;

    @TempDir
    private Path folder;

    /** A server's process; what it says goes to files. */
    private static final class ServerProcess implements AutoCloseable {

        private final Process process;
        private final BufferedReader out;
        private final Path errors;

        ServerProcess(Path errors, List<String> arguments, Map<String, String> environment) throws IOException {
            this.errors = errors;
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "--add-modules",
                    "jdk.incubator.vector",
                    "--enable-native-access=ALL-UNNAMED",
                    "-Dguice_custom_class_loading=CHILD",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ServerMain.class.getName()));
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().putAll(environment);
            process = builder.start();
            out = process.inputReader(StandardCharsets.UTF_8);
        }

        Matcher awaitReady() throws IOException {
            Matcher matcher = READY.matcher(String.valueOf(out.readLine()));
            assertThat(matcher.matches()).as(said()).isTrue();
            return matcher;
        }

        int exitCode() throws InterruptedException, IOException {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as(said()).isTrue();
            return process.exitValue();
        }

        String said() throws IOException {
            return Files.readString(errors);
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private ServerProcess server(String name, String... arguments) throws IOException {
        return new ServerProcess(folder.resolve(name + ".log"), List.of(arguments), Map.of());
    }

    private String home() {
        return folder.resolve("home").toString();
    }

    @Test
    void server_saysReadyServesAndEndsWithZeroOnSigterm() throws Exception {
        try (ServerProcess server = server("a", "--home", home(), "--grpc-port", "0", "--http-port", "0")) {
            Matcher ready = server.awaitReady();
            assertThat(ready.group(3)).isEqualTo(Long.toString(server.process.pid()));
            assertThat(ready.group(4)).isEqualTo(home());
            assertThat(folder.resolve("home/plugins")).isDirectory();
            ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", Integer.parseInt(ready.group(1)))
                    .usePlaintext()
                    .build();
            assertThat(HealthGrpc.newBlockingStub(channel)
                            .check(HealthCheckRequest.getDefaultInstance())
                            .getStatus())
                    .isEqualTo(ServingStatus.SERVING);
            channel.shutdownNow();

            server.process.toHandle().destroy(); // SIGTERM, and the pipes stay open

            assertThat(server.exitCode()).as(server.said()).isZero();
            assertThat(server.out.readLine()).as("one line on standard output").isNull();
            assertThat(server.said()).contains("config server.grpc.port = 0 (command line)", "stopped");
        }
    }

    @Test
    void secondServerOfAHome_endsWithSixAndNamesTheFirst() throws Exception {
        try (ServerProcess first = server("a", "--home", home(), "--grpc-port", "0", "--http-port", "0")) {
            first.awaitReady();
            try (ServerProcess second = server("b", "--home", home(), "--grpc-port", "0", "--http-port", "0")) {
                assertThat(second.exitCode()).isEqualTo(6);
                assertThat(second.said()).contains("is held by process " + first.process.pid());
            }
            first.process.destroyForcibly().waitFor();
            try (ServerProcess third = server("c", "--home", home(), "--grpc-port", "0", "--http-port", "0")) {
                third.awaitReady();
            }
        }
    }

    @Test
    void portInUse_endsWithSevenAndNamesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            try (ServerProcess server = server("a", "--home", home(), "--grpc-port", port, "--http-port", "0")) {
                assertThat(server.exitCode()).as(server.said()).isEqualTo(7);
                assertThat(server.said()).contains("gRPC port cannot be listened on at 127.0.0.1:" + port);
            }
            try (ServerProcess server = server("b", "--home", home(), "--grpc-port", "0", "--http-port", port)) {
                assertThat(server.exitCode()).as(server.said()).isEqualTo(7);
                assertThat(server.said()).contains("HTTP port cannot be listened on at 127.0.0.1:" + port);
            }
        }
    }

    @Test
    void wrongConfiguration_endsWithTwoAndTellsEveryProblem() throws Exception {
        Path file = Files.writeString(folder.resolve("my.yaml"), "server: {grpc: {prot: 1}}\nlimits: {resets: 0}\n");

        try (ServerProcess server = server("a", "--home", home(), "--config", file.toString())) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.said()).contains("did you mean 'server.grpc.port'", "limits.resets");
        }
        try (ServerProcess server = server("b", "--hoem", home())) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.said()).contains("--hoem", "usage: latent serve");
        }
    }

    @Test
    void addressForEverybody_isWarnedOf() throws Exception {
        Path errors = folder.resolve("a.log");
        try (ServerProcess server = new ServerProcess(
                errors,
                List.of("--home", home(), "--grpc-port", "0", "--http-port", "0"),
                Map.of("LATENT_SERVER_GRPC_HOST", "0.0.0.0"))) {
            assertThat(server.out.readLine()).startsWith("ready grpc=0.0.0.0:");
            assertThat(server.said()).contains("unsafe: server.grpc.host is 0.0.0.0");
        }
    }
}
