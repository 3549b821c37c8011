package dev.latent.benchmarks.load;

import dev.latent.benchmarks.report.Machine;
import dev.latent.benchmarks.report.Output;
import dev.latent.benchmarks.report.UsageException;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code bench load}. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Keep a number of Recommend calls under way and print rate and latencies, beside those of bare health checks"
                    + " in alternating rounds of the same run.",
            "Ends with 1 when a call failed."
        })
public final class LoadCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    @Option(names = "--server", required = true, paramLabel = "HOST:PORT", description = "The server.")
    private String server = "";

    @Option(names = "--model", required = true, paramLabel = "MODEL", description = "A model with a live version.")
    private String model = "";

    @Option(
            names = "--users",
            required = true,
            paramLabel = "FILE|N",
            description = "Whom to ask for, in turn: a file whose first column holds ids, or N for the ids 1 to N.")
    private String users = "";

    @Option(names = "--calls", paramLabel = "N", description = "Recommend calls that are counted (default: 20000).")
    private int calls = 20_000;

    @Option(names = "--concurrency", paramLabel = "N", description = "Calls at a time (default: 8).")
    private int concurrency = 8;

    @Option(names = "--connections", paramLabel = "N", description = "Connections (default: 1).")
    private int connections = 1;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each kind of call (default: 5).")
    private int rounds = 5;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Calls of each kind before, not counted (default: 20000).")
    private int warmUp = 20_000;

    @Option(names = "-k", paramLabel = "N", description = "Items a call (default: 10).")
    private int k = 10;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Of one round (default: 120).")
    private int timeout = 120;

    @Mixin
    private Output output = new Output();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Creates the command, to be filled in by the command line. */
    public LoadCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        UsageException.checkCount("--calls", calls, 1);
        UsageException.checkCount("--concurrency", concurrency, 1);
        UsageException.checkCount("--connections", connections, 1);
        UsageException.checkCount("--rounds", rounds, 1);
        UsageException.checkCount("--warm-up", warmUp, 0);
        UsageException.checkCount("--timeout", timeout, 1);
        if (calls < rounds) {
            throw new UsageException("--calls is " + calls + ", expected at least one a round of --rounds " + rounds);
        }
        List<String> ids = UserIds.read(users);
        List<ManagedChannel> channels = connect();
        try {
            LoadReport report = measure(ids, new ServerCalls(List.<Channel>copyOf(channels), model, ids, k));
            output.print(spec.commandLine().getOut(), report, report::text);
            return report.recommend().errors() + report.healthCheck().errors() == 0 ? 0 : FAILED;
        } finally {
            channels.forEach(ManagedChannel::shutdownNow);
        }
    }

    /** One event loop a connection hears the answers and starts the next calls: the client itself waits for nothing. */
    private List<ManagedChannel> connect() {
        return IntStream.range(0, connections)
                .<ManagedChannel>mapToObj(_ -> Grpc.newChannelBuilder(server, InsecureChannelCredentials.create())
                        .directExecutor()
                        .build())
                .toList();
    }

    private LoadReport measure(List<String> ids, ServerCalls server) throws InterruptedException {
        Machine machine = Machine.current();
        run(server.recommend(), warmUp);
        run(server.healthCheck(), warmUp);
        long before = server.fallbacks();
        List<Phase> recommend = new ArrayList<>();
        List<Phase> check = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            int count = calls / rounds + (round < calls % rounds ? 1 : 0);
            recommend.add(run(server.recommend(), count));
            check.add(run(server.healthCheck(), count));
        }
        return new LoadReport(
                this.server,
                model,
                ids.size(),
                k,
                concurrency,
                connections,
                rounds,
                LoadFigures.of(recommend),
                LoadFigures.of(check),
                server.fallbacks() - before,
                machine);
    }

    private Phase run(CallFactory factory, int count) throws InterruptedException {
        return ClosedLoop.run(factory, count, concurrency, Duration.ofSeconds(timeout));
    }
}
