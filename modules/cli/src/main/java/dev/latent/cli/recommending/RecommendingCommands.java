package dev.latent.cli.recommending;

import dev.latent.cli.session.CommandContext;
import picocli.CommandLine;

/** The commands about answers: {@code recommend}, {@code similar}, {@code score} and {@code bench}. */
public final class RecommendingCommands {

    private RecommendingCommands() {}

    /**
     * Adds the commands.
     *
     * @param root to which
     * @param context the world around them
     */
    public static void addTo(CommandLine root, CommandContext context) {
        root.addSubcommand(new RecommendCommand(context))
                .addSubcommand(new SimilarCommand(context))
                .addSubcommand(new ScoreCommand(context))
                .addSubcommand(new BenchCommand(context));
    }
}
