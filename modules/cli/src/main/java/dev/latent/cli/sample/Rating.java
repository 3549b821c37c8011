package dev.latent.cli.sample;

/**
 * One rating.
 *
 * @param user id of the viewer
 * @param film id of the film
 * @param halfStars 1 to 10
 * @param time seconds since 1970
 */
record Rating(int user, int film, int halfStars, long time) {}
