package dev.latent.plugins;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The names that loaded plugins hold, which a further plugin cannot have.
 *
 * @param plugins where the plugin of a name was loaded from
 * @param algorithms where the algorithm of a name was loaded from
 */
record NamesInUse(Map<String, Path> plugins, Map<String, Path> algorithms) {

    static NamesInUse by(Stream<LoadedPlugin> loaded) {
        NamesInUse names = new NamesInUse(new HashMap<>(), new HashMap<>());
        loaded.forEach(plugin -> {
            names.plugins.put(plugin.name(), plugin.path());
            plugin.algorithmNames().forEach(algorithm -> names.algorithms.put(algorithm, plugin.path()));
        });
        return names;
    }

    void checkPlugin(String name) throws PluginRefusedException {
        check("plugin", name, plugins);
    }

    void checkAlgorithm(String name) throws PluginRefusedException {
        check("algorithm", name, algorithms);
    }

    private static void check(String what, String name, Map<String, Path> taken) throws PluginRefusedException {
        Path holder = taken.get(name);
        if (holder != null) {
            throw PluginRefusedException.nameTaken(
                    what + " name '" + name + "' is taken by " + holder + "; remove one of the two or rename it");
        }
    }
}
