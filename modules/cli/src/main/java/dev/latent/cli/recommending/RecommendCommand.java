package dev.latent.cli.recommending;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.terminal.Json;
import dev.latent.client.LatentClient;
import dev.latent.v1.RecommendRequest;
import dev.latent.v1.RecommendResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Recommends items to a user. */
@Command(
        name = "recommend",
        description = "Show the best items for a user, without those the user knows.",
        footer = {"", "Example: latent recommend movies 42 -k 5 --category Children,Animation"})
final class RecommendCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Parameters(index = "1", paramLabel = "USER", description = "Id of the user.")
    private String user = "";

    @Option(names = "-k", paramLabel = "N", description = "How many, 1 to 1000 (default: 10).")
    private int k = 10;

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Option(names = "--include-seen", description = "Items of the user's history too.")
    private boolean includeSeen;

    @Option(names = "--alias", paramLabel = "NAME", description = "The alias whose version answers (default: live).")
    private String alias = "";

    RecommendCommand(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        RecommendResponse response = client.recommend(RecommendRequest.newBuilder()
                .setModel(model)
                .setUserId(user)
                .setK(Counts.check("-k", k))
                .setExcludeSeen(!includeSeen)
                .setFilter(filter.toProto())
                .setAlias(alias)
                .setIncludeTitles(true)
                .build());
        if (!isJson()) {
            say(RecommendationText.origin(
                    response.getVersion(), response.getFallback(), response.getFoldedIn(), response.getFromFeatures()));
        }
        show(() -> RecommendationText.table(response.getRecommendationsList()), () -> json(response));
        return ExitCode.DONE;
    }

    private static Object json(RecommendResponse response) {
        return Json.object(
                "version", response.getVersion(),
                "fallback", response.getFallback(),
                "recommendations", RecommendationText.json(response.getRecommendationsList()));
    }
}
