package dev.latent.server;

import dev.latent.server.ServerArguments.UsageException;
import dev.latent.server.config.ConfigException;
import dev.latent.server.config.ConfigLoader;
import dev.latent.server.config.ConfigSources;
import dev.latent.server.config.ServerConfig;
import dev.latent.server.home.Home;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The server's process: {@code latent serve}. Prints one line beginning with {@code ready} when everything that should be
 * live answers, and stops on SIGTERM.
 *
 * <p>Exit codes: 0 stopped, 1 error, 2 usage or configuration, 6 another process has the home, 7 a port is taken,
 * 8 something stored is damaged.
 */
public final class ServerMain {

    private static final Logger LOG = LoggerFactory.getLogger(ServerMain.class);

    /** The folder of plugins that came with the distribution, set by its launcher. */
    private static final String PLUGINS_PROPERTY = "latent.plugins";

    private final PrintStream out;
    private final PrintStream err;

    private ServerMain(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs a server until the process is told to stop.
     *
     * @param arguments see {@link ServerArguments#USAGE}
     */
    public static void main(String... arguments) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        new ServerMain(System.out, System.err).run(List.of(arguments));
    }

    private void run(List<String> arguments) {
        try {
            ServerArguments given = ServerArguments.parse(arguments);
            Home home = new Home(given.home());
            ServerConfig config = ConfigLoader.load(sources(given, home));
            logConfiguration(config);
            LatentServer server = LatentServer.start(home, plugins(given), config, Clock.systemUTC());
            stopAtEnd(server);
            out.println("ready grpc=" + config.grpc().host() + ":" + server.grpcPort() + " http="
                    + config.http().host() + ":" + server.httpPort() + " pid="
                    + ProcessHandle.current().pid() + " home=" + home.path());
            out.flush();
        } catch (UsageException | ConfigException e) {
            fail(ExitCode.USAGE, e);
        } catch (Throwable e) { // the border of the process: threads that were started must not keep it alive
            fail(ExitCode.of(e), e);
        }
    }

    private static ConfigSources sources(ServerArguments given, Home home) {
        Optional<Path> own = Optional.of(home.configuration()).filter(Files::exists);
        return new ConfigSources(given.config().or(() -> own), System.getenv(), given.settings());
    }

    private static List<Path> plugins(ServerArguments given) {
        return given
                .plugins()
                .or(() -> Optional.ofNullable(System.getProperty(PLUGINS_PROPERTY))
                        .map(Path::of))
                .stream()
                .toList();
    }

    private static void logConfiguration(ServerConfig config) {
        config.table().forEach(entry -> LOG.info("config {} = {} ({})", entry.key(), entry.value(), entry.origin()));
        UnsafeSettings.of(config).forEach(warning -> LOG.warn("unsafe: {}", warning));
    }

    private static void stopAtEnd(LatentServer server) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            LOG.info("stopping");
                            server.close();
                            LOG.info("stopped");
                            Runtime.getRuntime().halt(0); // the signal itself would end the process with 143
                        },
                        "stop"));
    }

    private void fail(int code, Throwable cause) {
        if (code == ExitCode.ERROR) {
            LOG.error("The server did not start", cause);
        }
        err.println("latent serve: " + ExitCode.message(cause));
        System.exit(code);
    }
}
