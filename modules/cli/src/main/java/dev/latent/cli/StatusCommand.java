package dev.latent.cli;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.session.Health;
import dev.latent.cli.session.Pages;
import dev.latent.cli.terminal.Json;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Words;
import dev.latent.client.LatentClient;
import dev.latent.v1.Alias;
import dev.latent.v1.ListModelsRequest;
import dev.latent.v1.ListModelsResponse;
import dev.latent.v1.ListPluginsRequest;
import dev.latent.v1.ListRunsRequest;
import dev.latent.v1.Model;
import dev.latent.v1.Plugin;
import dev.latent.v1.Run;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Shows how a server is. */
@Command(
        name = "status",
        description = "Show whether a server serves, and what; exit code 7 when it is there but not ready.")
final class StatusCommand extends ClientCommand {

    private static final String SERVING = "SERVING";

    StatusCommand(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        String health = Health.check(client.channel()).name();
        List<Model> models = models(client);
        Map<String, Long> plugins = plugins(client);
        Map<String, Long> runs = runs(client);
        show(() -> table(health, models, plugins, runs), () -> json(health, models, plugins, runs));
        return health.equals(SERVING) ? ExitCode.DONE : ExitCode.UNAVAILABLE;
    }

    private static List<Model> models(LatentClient client) {
        return Pages.all(
                token -> client.models()
                        .listModels(ListModelsRequest.newBuilder()
                                .setPageSize(Pages.SIZE)
                                .setPageToken(token)
                                .build()),
                ListModelsResponse::getModelsList,
                ListModelsResponse::getNextPageToken);
    }

    private static Map<String, Long> plugins(LatentClient client) {
        return client
                .algorithms()
                .listPlugins(
                        ListPluginsRequest.newBuilder().setPageSize(Pages.SIZE).build())
                .getPluginsList()
                .stream()
                .collect(Collectors.groupingBy(StatusCommand::state, Collectors.counting()));
    }

    /** The latest runs by state. */
    private static Map<String, Long> runs(LatentClient client) {
        return client
                .training()
                .listRuns(ListRunsRequest.newBuilder().setPageSize(Pages.SIZE).build())
                .getRunsList()
                .stream()
                .collect(Collectors.groupingBy(StatusCommand::state, Collectors.counting()));
    }

    private static String state(Plugin plugin) {
        return Words.state(plugin.getState(), "STATE_");
    }

    private static String state(Run run) {
        return Words.state(run.getState(), "STATE_");
    }

    private Table table(String health, List<Model> models, Map<String, Long> plugins, Map<String, Long> runs) {
        Table table = Table.of("WHAT", "STATE")
                .row("server " + address(), health)
                .row("plugins", Words.pairs(plugins))
                .row("runs", Words.pairs(runs));
        for (Model model : models) {
            if (model.getAliasesCount() == 0) {
                table.row("model " + model.getName(), "nothing promoted yet");
            }
            for (Alias alias : model.getAliasesList()) {
                table.row("model " + model.getName() + " " + alias.getName(), state(alias));
            }
        }
        return table;
    }

    private static String state(Alias alias) {
        String state = alias.getVersion() + " " + Words.state(alias.getState(), "STATE_");
        return alias.getStateReason().isEmpty() ? state : state + ": " + alias.getStateReason();
    }

    private Object json(String health, List<Model> models, Map<String, Long> plugins, Map<String, Long> runs) {
        return Json.object(
                "server", address(),
                "health", health,
                "plugins", plugins,
                "runs", runs,
                "models", models.stream().map(StatusCommand::json).toList());
    }

    private static Map<String, Object> json(Model model) {
        return Json.object(
                "name", model.getName(),
                "aliases",
                        model.getAliasesList().stream()
                                .map(alias -> Json.object(
                                        "name", alias.getName(),
                                        "version", alias.getVersion(),
                                        "state", Words.state(alias.getState(), "STATE_"),
                                        "reason", alias.getStateReason()))
                                .toList());
    }
}
