package dev.latent.cli.sample;

import dev.latent.cli.session.BaseCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Words;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the sample catalogue. */
@Command(
        name = "sample",
        description = {
            "Write a small catalogue of invented films, with ratings by invented users, as a MovieLens folder.",
            "Tastes are planted: who likes children's films should be recommended children's films."
        },
        footer = {"", "Example: latent sample /tmp/sample && latent import movies /tmp/sample"})
public final class SampleCommand extends BaseCommand {

    @Parameters(paramLabel = "DIR", description = "Where to; it is created when it does not exist.")
    private Path folder = Path.of("");

    @Option(names = "--seed", paramLabel = "N", description = "Of another world (default: the usual one).")
    private long seed = SampleCatalogue.SEED;

    /**
     * Makes the command.
     *
     * @param context the world around it
     */
    public SampleCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws IOException {
        SampleCatalogue catalogue = SampleCatalogue.of(seed);
        SampleFolder.write(catalogue, folder);
        say(Words.count(catalogue.films().size()) + " films, "
                + Words.count(catalogue.viewers().size()) + " users and "
                + Words.count(catalogue.ratings().size()) + " ratings are in " + folder
                + ". Users with a clear taste:");
        Table table = Table.of(">USER", "LIKES");
        for (FilmKind kind : FilmKind.all()) {
            table.row(catalogue.typicalViewer(kind).id(), kind.liking());
        }
        table.print(terminal().out(), false);
        return ExitCode.DONE.number();
    }
}
