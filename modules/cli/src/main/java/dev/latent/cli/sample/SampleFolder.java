package dev.latent.cli.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Writes a catalogue as a MovieLens folder: {@code ratings.csv} and {@code movies.csv}. */
final class SampleFolder {

    private static final String RATINGS = "ratings.csv";
    private static final String MOVIES = "movies.csv";

    private SampleFolder() {}

    static void write(SampleCatalogue catalogue, Path folder) throws IOException {
        Files.createDirectories(folder);
        writeLines(
                folder.resolve(MOVIES),
                Stream.concat(
                        Stream.of("movieId,title,genres"),
                        catalogue.films().stream().map(SampleFolder::line)));
        writeLines(
                folder.resolve(RATINGS),
                Stream.concat(
                        Stream.of("userId,movieId,rating,timestamp"),
                        catalogue.ratings().stream().map(SampleFolder::line)));
    }

    private static void writeLines(Path file, Stream<String> lines) throws IOException {
        List<String> all = lines.toList();
        Files.writeString(file, String.join("\n", all) + "\n", StandardCharsets.UTF_8);
    }

    /** No title holds a comma or a quote. */
    private static String line(Film film) {
        return film.id() + "," + film.title() + "," + String.join("|", film.categories());
    }

    private static String line(Rating rating) {
        return String.format(
                Locale.ROOT,
                "%d,%d,%d.%d,%d",
                rating.user(),
                rating.film(),
                rating.halfStars() / 2,
                rating.halfStars() % 2 * 5,
                rating.time());
    }
}
