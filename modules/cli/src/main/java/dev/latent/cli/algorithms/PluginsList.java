package dev.latent.cli.algorithms;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.session.Pages;
import dev.latent.cli.terminal.Json;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Words;
import dev.latent.client.LatentClient;
import dev.latent.v1.ListPluginsRequest;
import dev.latent.v1.ListPluginsResponse;
import dev.latent.v1.Plugin;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists plugins. */
@Command(
        name = "list",
        description = {"List plugins: LOADED, REJECTED before any of their code ran, or FAILED while loading."})
final class PluginsList extends ClientCommand {

    PluginsList(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        List<Plugin> plugins = Pages.all(
                token -> client.algorithms()
                        .listPlugins(ListPluginsRequest.newBuilder()
                                .setPageSize(Pages.SIZE)
                                .setPageToken(token)
                                .build()),
                ListPluginsResponse::getPluginsList,
                ListPluginsResponse::getNextPageToken);
        show(() -> table(plugins), () -> json(plugins));
        return ExitCode.DONE;
    }

    private static Table table(List<Plugin> plugins) {
        Table table = Table.of("NAME", "VERSION", "SPI", "STATE", "ALGORITHMS", "REASON");
        for (Plugin plugin : plugins) {
            table.row(
                    plugin.getName(),
                    plugin.getVersion(),
                    plugin.getSpiVersion(),
                    Words.state(plugin.getState(), "STATE_"),
                    String.join(",", plugin.getAlgorithmsList()),
                    plugin.getReason());
        }
        return table;
    }

    private static Object json(List<Plugin> plugins) {
        return plugins.stream()
                .map(plugin -> Json.object(
                        "name", plugin.getName(),
                        "version", plugin.getVersion(),
                        "state", Words.state(plugin.getState(), "STATE_"),
                        "reason", plugin.getReason()))
                .toList();
    }
}
