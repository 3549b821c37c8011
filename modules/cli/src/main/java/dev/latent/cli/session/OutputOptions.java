package dev.latent.cli.session;

import dev.latent.cli.terminal.Json;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Terminal;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of commands that print data. */
public final class OutputOptions {

    /** For whom data is printed. */
    enum Format {
        /** For people. */
        TEXT,
        /** For programs. */
        JSON
    }

    /** When to use colours. */
    enum Color {
        /** On terminals, unless NO_COLOR is set. */
        AUTO,
        /** Always. */
        ALWAYS,
        /** Never. */
        NEVER
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            order = 890,
            converter = FormatConverter.class,
            description = "Print for people or for programs (default: text).")
    private Format format = Format.TEXT;

    @Option(
            names = "--color",
            paramLabel = "auto|always|never",
            order = 891,
            converter = ColorConverter.class,
            description = "When to use colours (default: auto; NO_COLOR is honoured).")
    private Color color = Color.AUTO;

    /**
     * Prints data in the form asked for.
     *
     * @param terminal where to
     * @param table for people
     * @param json for programs, as for {@link Json#write}
     */
    void print(Terminal terminal, Supplier<Table> table, Supplier<Object> json) {
        if (isJson()) {
            terminal.out().println(Json.write(json.get()));
        } else {
            table.get().print(terminal.out(), isColored(terminal));
        }
    }

    boolean isJson() {
        return format == Format.JSON;
    }

    private boolean isColored(Terminal terminal) {
        return switch (color) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> terminal.outIsTerminal() && terminal.colorsAllowed();
        };
    }

    /** Reads a format. */
    static final class FormatConverter implements ITypeConverter<Format> {
        @Override
        public Format convert(String word) {
            return wordOf(Format.class, word, "text, json");
        }
    }

    /** Reads when to use colours. */
    static final class ColorConverter implements ITypeConverter<Color> {
        @Override
        public Color convert(String word) {
            return wordOf(Color.class, word, "auto, always, never");
        }
    }

    private static <E extends Enum<E>> E wordOf(Class<E> type, String word, String expected) {
        for (E value : type.getEnumConstants()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
                return value;
            }
        }
        throw new TypeConversionException("'" + word + "' is not one of " + expected);
    }
}
