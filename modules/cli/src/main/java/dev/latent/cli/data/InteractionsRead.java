package dev.latent.cli.data;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.session.Pages;
import dev.latent.cli.session.Titles;
import dev.latent.cli.terminal.Json;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Words;
import dev.latent.client.LatentClient;
import dev.latent.v1.Interaction;
import dev.latent.v1.ReadInteractionsRequest;
import dev.latent.v1.ReadInteractionsResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a user did. */
@Command(name = "read", description = "Show what a user did, in the order of arrival.")
final class InteractionsRead extends ClientCommand {

    @Parameters(index = "0", paramLabel = "DATASET", description = "Name of the dataset.")
    private String dataset = "";

    @Parameters(index = "1", paramLabel = "USER", description = "Id of the user.")
    private String user = "";

    @Option(names = "--top", paramLabel = "N", description = "Only the N with the highest values, highest first.")
    private int top;

    InteractionsRead(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        List<Interaction> all = Pages.all(
                token -> client.interactions()
                        .readInteractions(ReadInteractionsRequest.newBuilder()
                                .setDataset(dataset)
                                .setUserId(user)
                                .setPageSize(Pages.SIZE)
                                .setPageToken(token)
                                .build()),
                ReadInteractionsResponse::getInteractionsList,
                ReadInteractionsResponse::getNextPageToken);
        List<Interaction> shown = top > 0 ? highest(all) : all;
        Map<String, String> titles = Titles.of(
                client, dataset, shown.stream().map(Interaction::getItemId).toList());
        show(() -> table(shown, titles), () -> json(shown, titles));
        return ExitCode.DONE;
    }

    private List<Interaction> highest(List<Interaction> all) {
        return all.stream()
                .sorted(Comparator.comparingDouble(Interaction::getValue).reversed())
                .limit(top)
                .toList();
    }

    private static Table table(List<Interaction> interactions, Map<String, String> titles) {
        Table table = Table.of(">ITEM", ">VALUE", "TYPE", "TIME", "TITLE");
        for (Interaction interaction : interactions) {
            table.row(
                    interaction.getItemId(),
                    interaction.getValue(),
                    interaction.getType(),
                    Words.time(interaction.getTime()),
                    titles.getOrDefault(interaction.getItemId(), ""));
        }
        return table;
    }

    private static Object json(List<Interaction> interactions, Map<String, String> titles) {
        return interactions.stream()
                .map(interaction -> Json.object(
                        "item_id", interaction.getItemId(),
                        "value", interaction.getValue(),
                        "time", Words.time(interaction.getTime()),
                        "type", interaction.getType(),
                        "title", titles.getOrDefault(interaction.getItemId(), "")))
                .toList();
    }
}
