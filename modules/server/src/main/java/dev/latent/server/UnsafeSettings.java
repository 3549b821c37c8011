package dev.latent.server;

import dev.latent.server.config.ServerConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Settings that somebody should know of who did not mean them. */
final class UnsafeSettings {

    private UnsafeSettings() {}

    /** A sentence each. */
    static List<String> of(ServerConfig config) {
        List<String> warnings = new ArrayList<>();
        check("server.grpc.host", config.grpc().host(), warnings);
        check("server.http.host", config.http().host(), warnings);
        return warnings;
    }

    private static void check(String key, String host, List<String> warnings) {
        if (!isLoopback(host)) {
            warnings.add(key + " is " + host + ": whoever reaches this address can read and change everything, in"
                    + " plain text and without a password; use 127.0.0.1 or protect it by a proxy");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
