package dev.latent.plugins;

import dev.latent.spi.Algorithm;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The class loader of one plugin: its own jars, the JDK's modules and the one SPI package; nothing else of the host.
 *
 * <p>The SPI comes from the host even when a jar brings a copy of it, since parents are asked first.
 */
final class PluginClassLoader extends URLClassLoader {

    private static final Logger LOG = LoggerFactory.getLogger(PluginClassLoader.class);

    /** By which frames of plugin code are told from others in a stack trace. */
    static final String NAME_PREFIX = "latent-plugin-";

    static {
        registerAsParallelCapable();
    }

    PluginClassLoader(String plugin, List<Path> jars) {
        super(NAME_PREFIX + plugin, urls(jars), SpiOnly.INSTANCE);
    }

    /** Closes the jars; one that cannot be closed is nothing its user could do anything about. */
    void shut() {
        try {
            close();
        } catch (IOException e) {
            LOG.warn("Class loader {} could not close a jar", getName(), e);
        }
    }

    private static URL[] urls(List<Path> jars) {
        return jars.stream().map(PluginClassLoader::url).toArray(URL[]::new);
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("Plugin jar " + jar + " has no URL", e);
        }
    }

    /** The platform loader, which sees all modules of the JDK that the process resolved, and the SPI package. */
    private static final class SpiOnly extends ClassLoader {

        private static final SpiOnly INSTANCE = new SpiOnly();
        private static final String SPI_PACKAGE = Algorithm.class.getPackageName();

        static {
            registerAsParallelCapable();
        }

        private SpiOnly() {
            super("latent-spi", ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (packageOf(name).equals(SPI_PACKAGE)) {
                return Class.forName(name, false, Algorithm.class.getClassLoader());
            }
            throw new ClassNotFoundException(name);
        }

        private static String packageOf(String className) {
            int end = className.lastIndexOf('.');
            return end < 0 ? "" : className.substring(0, end);
        }
    }
}
