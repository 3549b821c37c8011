package dev.latent.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.latent.storage.FileOperations;
import dev.latent.storage.JsonFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * How runs are written: the mapper of {@link JsonFiles} with optional values and numbers that are not finite (the loss of a
 * run that diverges), one line a value.
 */
public final class RunJson {

    private static final JsonMapper MAPPER = JsonFiles.mapper()
            .rebuild()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES) // what earlier releases did not write
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .disable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private RunJson() {}

    /**
     * Writes a value as one line, without its end.
     *
     * @param value a record
     * @return JSON
     */
    public static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("A " + value.getClass().getSimpleName() + " cannot be written as JSON", e);
        }
    }

    /**
     * Reads a value from one line.
     *
     * @param line JSON
     * @param type a record
     * @param <T> its type
     * @return the value
     * @throws JsonProcessingException when it is none
     */
    public static <T> T parse(String line, Class<T> type) throws JsonProcessingException {
        return MAPPER.readValue(line, type);
    }

    /**
     * Reads a file.
     *
     * @param file small
     * @param type a record
     * @param <T> its type
     * @return the value
     * @throws IOException when it cannot be read or is none
     */
    public static <T> T read(Path file, Class<T> type) throws IOException {
        return JsonFiles.parse(file, JsonFiles.readBytes(file), type, MAPPER);
    }

    /**
     * Writes a file durably in place of what it was.
     *
     * @param file to be there afterwards
     * @param value a record
     * @param operations do it
     * @throws IOException when it cannot be written
     */
    public static void replace(Path file, Object value, FileOperations operations) throws IOException {
        JsonFiles.replace(file, MAPPER.valueToTree(value), operations);
    }
}
