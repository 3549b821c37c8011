package dev.latent.cli.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The commands by name, in the order of the help. Each is made only when it is added to a command line: to read the
 * declarations of all commands takes most of the time in which one starts.
 */
public final class CommandTable {

    private final Map<String, Supplier<?>> commands = new LinkedHashMap<>();

    /**
     * Takes in a command.
     *
     * @param name as typed
     * @param command makes it
     * @return this
     */
    public CommandTable add(String name, Supplier<?> command) {
        commands.put(name, command);
        return this;
    }

    /**
     * Adds one command to a command line, or all when there is none of that name.
     *
     * @param root to which
     * @param name as typed
     */
    public void addTo(CommandLine root, String name) {
        Supplier<?> one = commands.get(name);
        if (one != null) {
            root.addSubcommand(name, one.get());
        } else {
            commands.forEach((each, command) -> root.addSubcommand(each, command.get()));
        }
    }
}
