package dev.latent.storage;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Reads and durably writes small JSON files by one strict mapper: unknown and duplicate keys, missing or null values,
 * fractions for whole numbers and text after the end are refused. Instants are ISO-8601.
 */
public final class JsonFiles {

    /** What a file may hold; a larger one is refused before it is read. */
    public static final long MAXIMUM_BYTES = 64L << 20;

    /** How the name of a file ends that {@link #replace(Path, Object, FileOperations)} has not put in its place yet. */
    public static final String TEMPORARY_SUFFIX = ".tmp";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new InstantModule())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private JsonFiles() {}

    /**
     * Returns the mapper.
     *
     * @return shared; not to be configured further (use {@code rebuild()})
     */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /**
     * Reads a file into a value.
     *
     * @param file a regular file, not a link
     * @param type a record
     * @param <T> its type
     * @return what the file holds
     * @throws CorruptFileException when it is missing, too large, no JSON or not of the type
     * @throws IOException when it cannot be read
     */
    public static <T> T read(Path file, Class<T> type) throws IOException {
        return parse(file, readBytes(file), type, MAPPER);
    }

    /**
     * Reads a file that must be small.
     *
     * @param file a regular file, not a link
     * @return its bytes
     * @throws CorruptFileException when it is missing or too large
     * @throws IOException when it cannot be read
     */
    public static byte[] readBytes(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            String actual = Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? "a link or a directory" : "missing";
            throw new CorruptFileException(file, "the file", actual, "a regular file");
        }
        long size = Files.size(file);
        if (size > MAXIMUM_BYTES) {
            throw new CorruptFileException(file, "length", size + " bytes", "at most " + MAXIMUM_BYTES);
        }
        return Files.readAllBytes(file);
    }

    /**
     * Turns bytes of a file into a value.
     *
     * @param file named by errors
     * @param bytes the text
     * @param type a record
     * @param mapper this class's, possibly rebuilt with more types
     * @param <T> its type
     * @return the value
     * @throws CorruptFileException when the text is no JSON or not of the type
     */
    public static <T> T parse(Path file, byte[] bytes, Class<T> type, JsonMapper mapper) throws CorruptFileException {
        try {
            T value = mapper.readValue(bytes, type);
            if (value == null) {
                throw new CorruptFileException(file, "the content", "null", "a JSON object");
            }
            return value;
        } catch (CorruptFileException exception) {
            throw exception;
        } catch (IOException exception) {
            throw corrupt(file, exception, type.getSimpleName());
        }
    }

    /**
     * Turns bytes of a file into a tree.
     *
     * @param file named by errors
     * @param bytes the text
     * @return an object
     * @throws CorruptFileException when the text is no JSON object
     */
    public static JsonNode parseTree(Path file, byte[] bytes) throws CorruptFileException {
        JsonNode tree = parse(file, bytes, JsonNode.class, MAPPER);
        if (!tree.isObject()) {
            throw new CorruptFileException(
                    file, "the content", tree.getNodeType().toString(), "a JSON object");
        }
        return tree;
    }

    private static CorruptFileException corrupt(Path file, IOException cause, String expected) {
        String message = cause instanceof JsonProcessingException json
                ? json.getOriginalMessage() + key(json) + place(json)
                : String.valueOf(cause.getMessage());
        CorruptFileException corrupt = new CorruptFileException(
                file, "the content", "not readable (" + message + ")", "JSON of a " + expected);
        corrupt.initCause(cause);
        return corrupt;
    }

    private static String key(JsonProcessingException exception) {
        if (!(exception instanceof JsonMappingException mapping)
                || mapping.getPath().isEmpty()) {
            return "";
        }
        return mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? Integer.toString(step.getIndex()) : step.getFieldName())
                .collect(Collectors.joining(".", ", at ", ""));
    }

    private static String place(JsonProcessingException exception) {
        return exception.getLocation() == null
                ? ""
                : ", line " + exception.getLocation().getLineNr() + ", column "
                        + exception.getLocation().getColumnNr();
    }

    /**
     * Writes a new file and forces it; its name is durable once its directory is forced.
     *
     * @param file must not exist
     * @param value what to write
     * @param operations the seam
     * @throws IOException when it exists or cannot be written
     */
    public static void writeNew(Path file, Object value, FileOperations operations) throws IOException {
        writeNew(file, bytesOf(value), operations);
    }

    /**
     * Writes a new file and forces it; its name is durable once its directory is forced.
     *
     * @param file must not exist
     * @param bytes what to write
     * @param operations the seam
     * @throws IOException when it exists or cannot be written
     */
    public static void writeNew(Path file, byte[] bytes, FileOperations operations) throws IOException {
        try (DurableFile output = operations.createNewFile(file)) {
            output.write(ByteBuffer.wrap(bytes));
            output.force();
        }
    }

    /**
     * Replaces a file, or creates it: a reader sees the old or the new content, whole. Durable when it returns. What a
     * stop in the middle leaves, {@code <file>.tmp}, is removed by the next call.
     *
     * @param file what to replace; writers exclude each other by a lock
     * @param value what to write
     * @param operations the seam
     * @throws IOException when it cannot be written
     */
    public static void replace(Path file, Object value, FileOperations operations) throws IOException {
        replace(file, bytesOf(value), operations);
    }

    /**
     * Replaces a file as {@link #replace(Path, Object, FileOperations)} does.
     *
     * @param file what to replace; writers exclude each other by a lock
     * @param bytes what to write
     * @param operations the seam
     * @throws IOException when it cannot be written
     */
    public static void replace(Path file, byte[] bytes, FileOperations operations) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY_SUFFIX);
        if (Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)) {
            operations.delete(temporary);
        }
        writeNew(temporary, bytes, operations);
        operations.replace(temporary, file);
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            operations.forceDirectory(parent);
        }
    }

    private static byte[] bytesOf(Object value) throws IOException {
        byte[] bytes = MAPPER.writeValueAsBytes(value);
        return ByteBuffer.allocate(bytes.length + 1).put(bytes).put((byte) '\n').array();
    }
}
