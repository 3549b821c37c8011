package dev.latent.server.http;

/**
 * Where the HTTP port listens.
 *
 * @param host a name or an address of this machine
 * @param port 0 for a free one
 */
public record HttpAddress(String host, int port) {}
