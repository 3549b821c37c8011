package dev.latent.benchmarks.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option of commands that print a result, and the printing: records become JSON objects with names_like_this. */
public final class Output {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /** For whom a result is printed. */
    enum Format {
        /** For people. */
        TEXT,
        /** For programs. */
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            converter = FormatConverter.class,
            description = "Print for people or for programs (default: text).")
    private Format format = Format.TEXT;

    /** Creates the option with its default. */
    public Output() {}

    /**
     * Prints a result in the form asked for.
     *
     * @param out where to
     * @param result for programs: a record
     * @param text for people
     */
    public void print(PrintWriter out, Object result, Supplier<String> text) {
        out.println(format == Format.JSON ? json(result) : text.get());
        out.flush();
    }

    /**
     * Writes a record as JSON.
     *
     * @param result a record of numbers, texts, lists, maps and records
     * @return one line
     */
    public static String json(Object result) {
        try {
            return JSON.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write " + result.getClass() + " as JSON", e);
        }
    }

    /** Reads a format. */
    static final class FormatConverter implements ITypeConverter<Format> {
        @Override
        public Format convert(String word) {
            for (Format format : Format.values()) {
                if (format.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return format;
                }
            }
            throw new TypeConversionException("'" + word + "' is not one of text, json");
        }
    }
}
