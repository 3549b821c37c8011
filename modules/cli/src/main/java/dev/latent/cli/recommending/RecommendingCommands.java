package dev.latent.cli.recommending;

import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.CommandTable;

/** The commands about answers: {@code recommend}, {@code similar}, {@code score} and {@code bench}. */
public final class RecommendingCommands {

    private RecommendingCommands() {}

    /**
     * Adds the commands.
     *
     * @param table to which
     * @param context the world around them
     */
    public static void addTo(CommandTable table, CommandContext context) {
        table.add("recommend", () -> new RecommendCommand(context))
                .add("similar", () -> new SimilarCommand(context))
                .add("score", () -> new ScoreCommand(context))
                .add("bench", () -> new BenchCommand(context));
    }
}
