package dev.latent.cli.sample;

import java.util.List;

/**
 * An invented film.
 *
 * @param id from 1
 * @param title with the year
 * @param categories two or three
 * @param kind its kind
 * @param place on the axes of taste
 * @param quality how much better than others of its kind it is found, in stars
 * @param fame how much likelier than others it is watched
 */
record Film(int id, String title, List<String> categories, FilmKind kind, Taste place, double quality, double fame) {

    Film {
        categories = List.copyOf(categories);
    }
}
