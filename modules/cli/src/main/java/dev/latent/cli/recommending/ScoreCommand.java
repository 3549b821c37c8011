package dev.latent.cli.recommending;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.session.Titles;
import dev.latent.cli.terminal.Json;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Words;
import dev.latent.client.LatentClient;
import dev.latent.v1.GetModelRequest;
import dev.latent.v1.ItemScore;
import dev.latent.v1.ScoreRequest;
import dev.latent.v1.ScoreResponse;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the scores of items for a user. */
@Command(name = "score", description = "Show the scores of given items for a user.")
final class ScoreCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Parameters(index = "1", paramLabel = "USER", description = "Id of the user.")
    private String user = "";

    @Parameters(index = "2..*", arity = "1..*", paramLabel = "ITEM", description = "Ids of the items.")
    private List<String> items = List.of();

    @Option(names = "--alias", paramLabel = "NAME", description = "The alias whose version answers (default: live).")
    private String alias = "";

    ScoreCommand(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        ScoreResponse response = client.recommender()
                .score(ScoreRequest.newBuilder()
                        .setModel(model)
                        .setUserId(user)
                        .addAllItemIds(items)
                        .setAlias(alias)
                        .build());
        String dataset = client.models()
                .getModel(GetModelRequest.newBuilder().setName(model).build())
                .getModel()
                .getDataset();
        Map<String, String> titles = Titles.of(client, dataset, items);
        if (!isJson()) {
            say(RecommendationText.origin(
                    response.getVersion(), response.getFallback(), response.getFoldedIn(), response.getFromFeatures()));
        }
        show(() -> table(response, titles), () -> json(response, titles));
        return ExitCode.DONE;
    }

    private static Table table(ScoreResponse response, Map<String, String> titles) {
        Table table = Table.of(">ITEM", ">SCORE", "TITLE");
        for (ItemScore score : response.getScoresList()) {
            table.row(
                    score.getItemId(),
                    score.getKnown() ? Words.number(score.getScore()) : "unknown",
                    titles.getOrDefault(score.getItemId(), ""));
        }
        return table;
    }

    private static Object json(ScoreResponse response, Map<String, String> titles) {
        return Json.object(
                "version", response.getVersion(),
                "fallback", response.getFallback(),
                "scores",
                        response.getScoresList().stream()
                                .map(score -> Json.object(
                                        "item_id", score.getItemId(),
                                        "score", score.getScore(),
                                        "known", score.getKnown(),
                                        "title", titles.getOrDefault(score.getItemId(), "")))
                                .toList());
    }
}
