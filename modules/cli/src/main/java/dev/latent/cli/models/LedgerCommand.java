package dev.latent.cli.models;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.session.Pages;
import dev.latent.cli.terminal.Json;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Words;
import dev.latent.client.LatentClient;
import dev.latent.v1.LedgerEntry;
import dev.latent.v1.ListLedgerEntriesRequest;
import dev.latent.v1.ListLedgerEntriesResponse;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows who moved a model's aliases, when and why. */
@Command(name = "ledger", description = "Show who moved a model's aliases, when and why, newest first.")
final class LedgerCommand extends ClientCommand {

    @Parameters(paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    LedgerCommand(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        List<LedgerEntry> entries = Pages.all(
                token -> client.models()
                        .listLedgerEntries(ListLedgerEntriesRequest.newBuilder()
                                .setModel(model)
                                .setPageSize(Pages.SIZE)
                                .setPageToken(token)
                                .build()),
                ListLedgerEntriesResponse::getEntriesList,
                ListLedgerEntriesResponse::getNextPageToken);
        show(
                () -> table(entries),
                () -> entries.stream().map(LedgerCommand::json).toList());
        return ExitCode.DONE;
    }

    private static Table table(List<LedgerEntry> entries) {
        Table table = Table.of("TIME", "ACTION", "ALIAS", ">GENERATION", "FROM", "TO", "BY", "REASON");
        for (LedgerEntry entry : entries) {
            table.row(
                    Words.time(entry.getTime()),
                    action(entry),
                    entry.getAlias(),
                    entry.getGeneration(),
                    entry.getFromVersion(),
                    entry.getToVersion(),
                    entry.getActor(),
                    entry.getReason());
        }
        return table;
    }

    private static String action(LedgerEntry entry) {
        return Words.state(entry.getAction(), "ACTION_");
    }

    private static Map<String, Object> json(LedgerEntry entry) {
        return Json.object(
                "time", Words.time(entry.getTime()),
                "action", action(entry),
                "alias", entry.getAlias(),
                "generation", entry.getGeneration(),
                "from_version", entry.getFromVersion(),
                "to_version", entry.getToVersion(),
                "actor", entry.getActor(),
                "reason", entry.getReason());
    }
}
