package dev.latent.models;

/**
 * Which code trained a version.
 *
 * @param name of the algorithm
 * @param version of its plugin
 * @param spiVersion that the plugin was built for
 * @param sha256 of the plugin's jars; empty when not known
 */
public record AlgorithmIdentity(String name, String version, String spiVersion, String sha256) {}
