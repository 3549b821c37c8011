package dev.latent.cli.sample;

/**
 * An invented user.
 *
 * @param id from 1
 * @param taste what suits them
 * @param favourite the kind of film they like best
 * @param mildness how many stars above others they give
 */
record Viewer(int id, Taste taste, FilmKind favourite, double mildness) {}
