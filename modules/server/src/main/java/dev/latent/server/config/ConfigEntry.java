package dev.latent.server.config;

/**
 * One key as it is in effect.
 *
 * @param key its name
 * @param value as text, hidden when it is a secret
 * @param origin where it was set
 */
public record ConfigEntry(String key, String value, String origin) {}
