package dev.latent.cli.sample;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A small world of invented films and viewers, in the manner of the textbook's example: films and viewers are points in
 * a plane whose axes run from children's films to adults' and from quiet to loud, and a viewer watches and likes what is
 * near. A model that finds those axes again recommends children's films to those who like children's films.
 *
 * <p>The same seed gives the same world on every machine.
 *
 * @param films by id
 * @param viewers by id
 * @param ratings by viewer, then by time
 */
record SampleCatalogue(List<Film> films, List<Viewer> viewers, List<Rating> ratings) {

    static final long SEED = 20_260_131;

    private static final int FILMS_A_KIND = 36;
    private static final int VIEWERS = 640;
    private static final int FEWEST_RATINGS = 18;
    private static final int MOST_RATINGS = 60;
    private static final long FIRST_TIME = 1_704_067_200; // 2024-01-01
    private static final int START_SPREAD = 600 * 86_400;
    private static final int LONGEST_PAUSE = 4 * 86_400;

    SampleCatalogue {
        films = List.copyOf(films);
        viewers = List.copyOf(viewers);
        ratings = List.copyOf(ratings);
    }

    /** Makes the world of a seed. */
    static SampleCatalogue of(long seed) {
        Random random = new Random(seed);
        List<Film> films = films(random);
        List<Viewer> viewers = viewers(random);
        List<Rating> ratings = new ArrayList<>();
        for (Viewer viewer : viewers) {
            ratings.addAll(ratings(viewer, films, random));
        }
        return new SampleCatalogue(films, viewers, ratings);
    }

    private static List<Film> films(Random random) {
        List<Film> films = new ArrayList<>();
        for (FilmKind kind : FilmKind.all()) {
            List<String> titles = titles(kind, random);
            for (int number = 0; number < FILMS_A_KIND; number++) {
                films.add(film(films.size() + 1, titles.get(number), kind, random));
            }
        }
        return films;
    }

    /** As many titles as a kind has films: each beginning and each ending equally often. */
    private static List<String> titles(FilmKind kind, Random random) {
        List<String> titles = new ArrayList<>();
        int endings = kind.endings().size();
        for (int round = 0; titles.size() < FILMS_A_KIND; round++) {
            for (int beginning = 0; beginning < kind.beginnings().size(); beginning++) {
                titles.add(kind.beginnings().get(beginning) + kind.endings().get((beginning + 5 * round) % endings));
            }
        }
        Collections.shuffle(titles, random);
        return titles;
    }

    private static Film film(int id, String title, FilmKind kind, Random random) {
        List<String> categories = new ArrayList<>(kind.categories());
        if (random.nextInt(3) > 0) {
            categories.add(kind.extras().get(random.nextInt(kind.extras().size())));
        }
        return new Film(
                id,
                title + " (" + (1990 + random.nextInt(36)) + ")",
                categories,
                kind,
                near(kind, 0.08, random),
                0.35 * random.nextGaussian(),
                StrictMath.exp(0.6 * random.nextGaussian()));
    }

    private static Taste near(FilmKind kind, double spread, Random random) {
        return new Taste(
                kind.audience() + spread * random.nextGaussian(), kind.pace() + spread * random.nextGaussian());
    }

    private static List<Viewer> viewers(Random random) {
        List<FilmKind> kinds = FilmKind.all();
        List<Viewer> viewers = new ArrayList<>();
        for (int id = 1; id <= VIEWERS; id++) {
            FilmKind favourite = kinds.get(random.nextInt(kinds.size()));
            viewers.add(new Viewer(id, near(favourite, 0.15, random), favourite, 0.3 * random.nextGaussian()));
        }
        return viewers;
    }

    private static List<Rating> ratings(Viewer viewer, List<Film> films, Random random) {
        int count = FEWEST_RATINGS + random.nextInt(MOST_RATINGS - FEWEST_RATINGS + 1);
        long time = FIRST_TIME + random.nextInt(START_SPREAD);
        List<Rating> ratings = new ArrayList<>();
        for (Film film : watched(viewer, films, count, random)) {
            ratings.add(new Rating(viewer.id(), film.id(), halfStars(viewer, film, random), time));
            time += 3600 + random.nextInt(LONGEST_PAUSE);
        }
        return ratings;
    }

    /** Draws without replacement, in proportion to fame and affinity: the largest keys of u^(1/weight). */
    private static List<Film> watched(Viewer viewer, List<Film> films, int count, Random random) {
        record Draw(Film film, double key) {}
        List<Draw> draws = new ArrayList<>();
        for (Film film : films) {
            double weight = film.fame() * (0.04 + viewer.taste().affinity(film.place()));
            draws.add(new Draw(film, StrictMath.log(1 - random.nextDouble()) / weight));
        }
        draws.sort(Comparator.comparingDouble(Draw::key).reversed());
        List<Film> watched =
                new ArrayList<>(draws.subList(0, count).stream().map(Draw::film).toList());
        Collections.shuffle(watched, random);
        return watched;
    }

    private static int halfStars(Viewer viewer, Film film, Random random) {
        double stars = 1.5
                + 3 * viewer.taste().affinity(film.place())
                + film.quality()
                + viewer.mildness()
                + 0.35 * random.nextGaussian();
        return Math.clamp(Math.round(2 * stars), 1, 10);
    }

    /** The viewer whose taste is most purely that of a kind of film. */
    Viewer typicalViewer(FilmKind kind) {
        Taste centre = new Taste(kind.audience(), kind.pace());
        return viewers.stream()
                .max(Comparator.comparingDouble(viewer -> viewer.taste().affinity(centre)))
                .orElseThrow();
    }
}
