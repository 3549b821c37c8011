package dev.latent.cli.recommending;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.session.Health;
import dev.latent.cli.terminal.Json;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Words;
import dev.latent.client.LatentClient;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how fast recommendations come. */
@Command(
        name = "bench",
        description = {
            "Measure how fast recommendations come over one connection, beside a bare health check.",
            "Times are those of whole calls as this command sees them, after calls that are not counted."
        },
        footer = {"", "Example: latent bench movies 1 2 3 --requests 20000 --concurrency 8"})
final class BenchCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "USER", description = "Ids of users, asked for in turn.")
    private List<String> users = List.of();

    @Option(names = "--requests", paramLabel = "N", description = "Calls that are counted (default: 1000).")
    private int requests = 1000;

    @Option(names = "--warm-up", paramLabel = "N", description = "Calls before, not counted (default: 2000).")
    private int warmUp = 2000;

    @Option(names = "--concurrency", paramLabel = "N", description = "Calls at a time (default: 1).")
    private int concurrency = 1;

    @Option(names = "-k", paramLabel = "N", description = "Items a call (default: 10).")
    private int k = 10;

    BenchCommand(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) throws InterruptedException {
        Counts.check("--requests", requests);
        Counts.check("--concurrency", concurrency);
        Counts.check("-k", k);
        IntConsumer health = _ -> Health.check(client.channel());
        IntConsumer recommend = call -> client.recommend(model, users.get(call % users.size()), k);
        if (warmUp > 0) {
            LoadLoop.run(health, warmUp, concurrency);
            LoadLoop.run(recommend, warmUp, concurrency);
        }
        List<Measured> measured = List.of(
                new Measured("health Check", LoadLoop.run(health, requests, concurrency)),
                new Measured("Recommend", LoadLoop.run(recommend, requests, concurrency)));
        show(
                () -> table(measured),
                () -> measured.stream().map(BenchCommand::json).toList());
        return ExitCode.DONE;
    }

    /** One row of the result. */
    private record Measured(String call, Latencies latencies) {}

    private Table table(List<Measured> measured) {
        Table table = Table.of("CALL", ">CALLS", ">AT A TIME", ">PER SECOND", ">P50 µs", ">P99 µs", ">MAX µs");
        for (Measured row : measured) {
            table.row(
                    row.call(),
                    Words.count(requests),
                    concurrency,
                    Words.count(Math.round(row.latencies().perSecond())),
                    Words.count(row.latencies().micros(0.5)),
                    Words.count(row.latencies().micros(0.99)),
                    Words.count(row.latencies().micros(1)));
        }
        return table;
    }

    private static Map<String, Object> json(Measured row) {
        return Json.object(
                "call", row.call(),
                "calls", row.latencies().count(),
                "per_second", row.latencies().perSecond(),
                "p50_micros", row.latencies().micros(0.5),
                "p99_micros", row.latencies().micros(0.99),
                "max_micros", row.latencies().micros(1));
    }
}
