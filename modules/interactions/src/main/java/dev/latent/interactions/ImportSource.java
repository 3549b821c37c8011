package dev.latent.interactions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A file to import.
 *
 * @param path where it is
 * @param name what problems call it
 * @param kind what is in it
 */
record ImportSource(Path path, String name, Kind kind) {

    /** What a file holds; told by its name, else by its header. */
    enum Kind {
        /** One interaction a line, or an item a line: the header decides. */
        TABLE,
        /** {@code u.data} and {@code ratings.dat} of MovieLens: user, item, rating, time without a header. */
        MOVIELENS_RATINGS,
        /** {@code movies.dat} of MovieLens: {@code id::title::genre|genre}, Latin-1 or UTF-8. */
        MOVIELENS_MOVIES,
        /** {@code u.item} of MovieLens: id, title, dates, link and a flag for each genre, Latin-1. */
        MOVIELENS_ITEMS,
        /** An item a line, under a header that names the item column; what is asked for where no interactions are. */
        ITEMS,
        /** A user a line, under a header that names the user column; such a file is called {@code users.csv} or {@code .tsv}. */
        USERS,
        /** {@code u.user} of MovieLens: id, age, gender, occupation and zip code, parted by bars. */
        MOVIELENS_USERS,
        /** {@code users.dat} of MovieLens: {@code id::gender::age::occupation::zip code}. */
        MOVIELENS_USERS_DAT,
        /** {@code u.genre} of MovieLens: the names of the flags. */
        MOVIELENS_GENRES
    }

    /** The folders that are known: a file of interactions and those that may lie beside it. */
    private static final List<List<String>> FOLDERS = List.of(
            List.of("ratings.csv", "movies.csv", "users.csv"),
            List.of("ratings.dat", "movies.dat", "users.dat"),
            List.of("u.data", "u.genre", "u.item", "u.user"),
            List.of("interactions.csv", "items.csv", "users.csv"));

    static ImportSource of(Path path, String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        if (plain.endsWith(".gz")) {
            plain = plain.substring(0, plain.length() - 3);
        }
        Kind kind = switch (plain) {
            case "u.data", "ratings.dat" -> Kind.MOVIELENS_RATINGS;
            case "movies.dat" -> Kind.MOVIELENS_MOVIES;
            case "u.item" -> Kind.MOVIELENS_ITEMS;
            case "u.genre" -> Kind.MOVIELENS_GENRES;
            case "u.user" -> Kind.MOVIELENS_USERS;
            case "users.dat" -> Kind.MOVIELENS_USERS_DAT;
            case "users.csv", "users.tsv" -> Kind.USERS;
            default -> Kind.TABLE;
        };
        return new ImportSource(path, name, kind);
    }

    /** Whether it holds users and nothing else. */
    boolean isOfUsers() {
        return kind == Kind.USERS || kind == Kind.MOVIELENS_USERS || kind == Kind.MOVIELENS_USERS_DAT;
    }

    /** The names of the flags of {@code u.item}, from the file beside it; empty when there is none. */
    List<ImportSource> genresBeside() {
        List<ImportSource> genres = new ArrayList<>();
        addIfThere(path.resolveSibling(""), "u.genre", genres);
        return genres;
    }

    /** Returns what there is to import at a path: a file, or the files of the first known folder layout. */
    static List<ImportSource> find(Path path) {
        if (Files.isRegularFile(path)) {
            return List.of(of(path, String.valueOf(path.getFileName())));
        }
        if (!Files.isDirectory(path)) {
            throw new InvalidValueException("path", "'" + path + "' is neither a file nor a folder");
        }
        for (List<String> layout : FOLDERS) {
            List<ImportSource> sources = new ArrayList<>();
            for (String name : layout) {
                addIfThere(path, name, sources);
            }
            if (!sources.isEmpty() && sources.getFirst().name().startsWith(layout.getFirst())) {
                return sources;
            }
        }
        throw new InvalidValueException(
                "path",
                "'" + path + "' holds none of ratings.csv, ratings.dat, u.data and interactions.csv (plain or .gz);"
                        + " give one of these folders, or a file");
    }

    private static void addIfThere(Path folder, String name, List<ImportSource> sources) {
        for (String candidate : List.of(name, name + ".gz")) {
            Path file = folder.resolve(candidate);
            if (Files.isRegularFile(file)) {
                sources.add(of(file, candidate));
                return;
            }
        }
    }
}
