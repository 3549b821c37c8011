package dev.latent.cli.session;

import picocli.CommandLine;

/** Puts commands together. */
public final class Commands {

    private Commands() {}

    /**
     * Makes a noun that only groups its verbs.
     *
     * @param context the world around it
     * @param name the noun
     * @param description for the help
     * @param verbs with {@link picocli.CommandLine.Command} names of their own
     * @return to be added to the root
     */
    public static CommandLine group(CommandContext context, String name, String description, BaseCommand... verbs) {
        return group(new GroupCommand(context), name, description, verbs);
    }

    /**
     * Makes a noun that does something when no verb is given, as a rule list.
     *
     * @param noun what it does then
     * @param name the noun
     * @param description for the help
     * @param verbs with {@link picocli.CommandLine.Command} names of their own
     * @return to be added to the root
     */
    public static CommandLine group(BaseCommand noun, String name, String description, BaseCommand... verbs) {
        CommandLine group = new CommandLine(noun);
        group.getCommandSpec().name(name).usageMessage().description(description);
        for (BaseCommand verb : verbs) {
            group.addSubcommand(verb);
        }
        return group;
    }
}
