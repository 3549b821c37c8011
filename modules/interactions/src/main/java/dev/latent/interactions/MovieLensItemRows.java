package dev.latent.interactions;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns the lines of {@code u.item} into item records: id, title, two dates, a link and a flag for each genre. */
final class MovieLensItemRows implements FileImport.Lines {

    private static final int FIXED_FIELDS = 5;
    private static final String UNKNOWN = "unknown";

    private final String file;
    private final List<String> genres;
    private final Map<String, ItemRecord> items;
    private final ProblemLog problems;

    MovieLensItemRows(String file, List<String> genres, Map<String, ItemRecord> items, ProblemLog problems) {
        this.file = file;
        this.genres = genres;
        this.items = items;
        this.problems = problems;
    }

    @Override
    public void line(CsvRecord record) {
        int fields = record.getFieldCount();
        int expected = FIXED_FIELDS + genres.size();
        if (genres.isEmpty() ? fields < FIXED_FIELDS : fields != expected) {
            String names =
                    genres.isEmpty() ? "" : " and a flag for each of the " + genres.size() + " genres of u.genre";
            problems.line(
                    file,
                    record.getStartingLineNumber(),
                    0,
                    "has " + fields + " fields, expected " + expected + ": id, title, release date, video date, link"
                            + names);
            return;
        }
        try {
            ItemRecord item = item(record);
            items.put(item.id(), item);
        } catch (InvalidValueException exception) {
            int column = exception.field().equals("id") ? 1 : exception.field().equals("title") ? 2 : 0;
            problems.line(file, record.getStartingLineNumber(), column, exception.getMessage());
        }
    }

    private ItemRecord item(CsvRecord record) {
        List<String> categories = new ArrayList<>();
        for (int genre = 0; genre < genres.size(); genre++) {
            if (record.getField(FIXED_FIELDS + genre).equals("1")
                    && !genres.get(genre).equals(UNKNOWN)) {
                categories.add(genres.get(genre));
            }
        }
        Map<String, String> attributes = new TreeMap<>();
        addUnlessEmpty(attributes, "release_date", record.getField(2));
        addUnlessEmpty(attributes, "url", record.getField(4));
        return new ItemRecord(record.getField(0), record.getField(1).strip(), categories, attributes, true);
    }

    private static void addUnlessEmpty(Map<String, String> attributes, String name, String text) {
        if (!text.isBlank()) {
            attributes.put(name, text.strip());
        }
    }
}
