package dev.latent.interactions;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads a file of candidates: one line for each line of a test file, the user and then the items among which the test item
 * is ranked, parted by tabs, else by commas, else by blanks. In place of the user a line may name both, {@code
 * (user,item)}. Packed by gzip or not.
 */
public final class CandidateFile {

    private static final Pattern TABS = Pattern.compile("\t+");
    private static final Pattern COMMAS = Pattern.compile(",");
    private static final Pattern BLANKS = Pattern.compile(" +");

    private CandidateFile() {}

    /**
     * One line.
     *
     * @param number from 1
     * @param user whose list
     * @param candidates at least one
     */
    public record Line(long number, String user, List<String> candidates) {

        /** Copies the candidates. */
        public Line {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * Reads a file.
     *
     * @param file what to read
     * @return its lines in order, empty ones left out
     * @throws IOException when it does not exist or cannot be read
     * @throws InvalidValueException when a line has no candidate or an id that is none: with file, line and reason
     */
    public static List<Line> read(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        long number = 0;
        try (InputStream bytes = Files.newInputStream(file);
                BufferedReader text = new BufferedReader(TextInput.open(
                        bytes, StandardCharsets.UTF_8, ImportOptions.defaults().limits()))) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                number++;
                if (!line.isBlank()) {
                    lines.add(parse(line.strip(), number));
                }
            }
        } catch (ContentException e) {
            throw refused(file, e.line(), String.valueOf(e.getMessage()));
        } catch (InvalidValueException e) {
            throw refused(file, number, String.valueOf(e.getMessage()));
        }
        if (lines.isEmpty()) {
            throw refused(file, 0, "holds no line, expected one for each line of the test: user, candidates");
        }
        return lines;
    }

    private static InvalidValueException refused(Path file, long line, String reason) {
        return new InvalidValueException("file", file + (line > 0 ? ":" + line : "") + ": " + reason);
    }

    private static Line parse(String text, long number) {
        Pattern separator = text.indexOf('\t') >= 0 ? TABS : afterPair(text).indexOf(',') >= 0 ? COMMAS : BLANKS;
        String[] fields = separator.split(afterPair(text), 0);
        List<String> candidates = new ArrayList<>();
        for (int index = 1; index < fields.length; index++) {
            checkId("candidate", fields[index].strip());
            candidates.add(fields[index].strip());
        }
        String user = text.startsWith("(") ? userOfPair(text) : fields[0].strip();
        checkId("user_id", user);
        if (candidates.isEmpty()) {
            throw new InvalidValueException("line", "has no candidate, expected user, then at least one item");
        }
        return new Line(number, user, candidates);
    }

    /** The line from the end of {@code (user,item)} on; the whole line when it does not begin so. */
    private static String afterPair(String text) {
        return text.startsWith("(") ? text.substring(text.indexOf(')') + 1) : text;
    }

    private static String userOfPair(String text) {
        int comma = text.indexOf(',');
        int end = text.indexOf(')');
        if (comma < 0 || end < comma) {
            throw new InvalidValueException("line", "begins with '(', expected (user,item)");
        }
        return text.substring(1, comma).strip();
    }

    private static void checkId(String field, String id) {
        FileImport.checkDecoded(field, id);
        Names.checkId(field, id);
    }
}
