package dev.latent.cli.recommending;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.terminal.Json;
import dev.latent.client.LatentClient;
import dev.latent.v1.SimilarItemsRequest;
import dev.latent.v1.SimilarItemsResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the items nearest to an item. */
@Command(name = "similar", description = "Show the items nearest to an item; the score is the cosine of their vectors.")
final class SimilarCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Parameters(index = "1", paramLabel = "ITEM", description = "Id of the item.")
    private String item = "";

    @Option(names = "-k", paramLabel = "N", description = "How many, 1 to 1000 (default: 10).")
    private int k = 10;

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Option(names = "--alias", paramLabel = "NAME", description = "The alias whose version answers (default: live).")
    private String alias = "";

    SimilarCommand(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        SimilarItemsResponse response = client.recommender()
                .similarItems(SimilarItemsRequest.newBuilder()
                        .setModel(model)
                        .setItemId(item)
                        .setK(Counts.check("-k", k))
                        .setFilter(filter.toProto())
                        .setAlias(alias)
                        .setIncludeTitles(true)
                        .build());
        if (!isJson()) {
            say(RecommendationText.origin(response.getVersion(), "", false, false));
        }
        show(() -> RecommendationText.table(response.getItemsList()), () -> json(response));
        return ExitCode.DONE;
    }

    private static Object json(SimilarItemsResponse response) {
        return Json.object("version", response.getVersion(), "items", RecommendationText.json(response.getItemsList()));
    }
}
