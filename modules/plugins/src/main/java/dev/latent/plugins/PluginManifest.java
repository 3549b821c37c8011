package dev.latent.plugins;

import dev.latent.spi.Algorithm;
import dev.latent.spi.SpiVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the jars of a candidate state about themselves, read before any class of them is loaded.
 *
 * @param name the plugin's name, or the candidate's when the attribute is missing
 * @param version empty when the attribute is missing
 * @param spiVersion empty when the attribute is missing
 * @param problems what to correct, in the order in which it was found
 */
record PluginManifest(String name, String version, String spiVersion, List<String> problems) {

    private static final String SERVICE_FILE = "META-INF/services/" + Algorithm.class.getName();
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern VERSION = Pattern.compile("[\\p{Graph}][\\p{Graph} ]{0,63}");
    private static final Pattern SPI_VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");
    private static final byte[] ZIP_ENTRY = {'P', 'K', 3, 4};

    /** What one jar says. */
    private record Statement(Path jar, Attributes attributes, boolean hasProviderFile) {

        private boolean isPlugin() {
            return Stream.of(
                            SpiVersion.PLUGIN_NAME_ATTRIBUTE,
                            SpiVersion.PLUGIN_VERSION_ATTRIBUTE,
                            SpiVersion.SPI_VERSION_ATTRIBUTE)
                    .anyMatch(attribute -> attributes.getValue(attribute) != null);
        }
    }

    static PluginManifest read(PluginCandidate candidate) {
        List<String> problems = new ArrayList<>();
        List<Statement> statements = new ArrayList<>();
        for (Path jar : candidate.jarPaths()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                statements.add(new Statement(jar, mainAttributes(file), file.getEntry(SERVICE_FILE) != null));
            } catch (IOException | SecurityException e) {
                problems.add(unreadable(jar, e));
            }
        }
        List<Statement> plugins =
                statements.stream().filter(Statement::isPlugin).toList();
        if (problems.isEmpty()) {
            checkOne(candidate, statements, plugins, problems);
        }
        Attributes attributes = plugins.size() == 1 ? plugins.getFirst().attributes() : new Attributes();
        if (problems.isEmpty()) {
            checkAttributes(attributes, problems);
        }
        return new PluginManifest(
                value(attributes, SpiVersion.PLUGIN_NAME_ATTRIBUTE, candidate.name()),
                value(attributes, SpiVersion.PLUGIN_VERSION_ATTRIBUTE, ""),
                value(attributes, SpiVersion.SPI_VERSION_ATTRIBUTE, ""),
                List.copyOf(problems));
    }

    private static Attributes mainAttributes(JarFile file) throws IOException {
        Manifest manifest = file.getManifest();
        return manifest == null ? new Attributes() : manifest.getMainAttributes();
    }

    private static String value(Attributes attributes, String name, String absent) {
        String value = attributes.getValue(name);
        return value == null ? absent : value;
    }

    private static String unreadable(Path jar, Exception cause) {
        String what = PluginCandidate.fileName(jar);
        try (InputStream in = Files.newInputStream(jar)) {
            byte[] start = in.readNBytes(ZIP_ENTRY.length);
            String kind = start.length == 0
                    ? "is empty"
                    : Arrays.equals(start, ZIP_ENTRY) ? "is cut short or damaged" : "is not a jar (no zip file)";
            return what + " (" + Files.size(jar) + " bytes) " + kind + ": " + cause.getMessage() + "; copy it again";
        } catch (IOException e) {
            return what + " cannot be read: " + e + "; make it readable to the user that runs Latent";
        }
    }

    private static void checkOne(
            PluginCandidate candidate, List<Statement> statements, List<Statement> plugins, List<String> problems) {
        if (statements.isEmpty()) {
            problems.add("the folder holds no .jar file; copy the plugin's jars into it or remove it");
        } else if (plugins.isEmpty()) {
            problems.add((statements.size() == 1
                            ? "its manifest has no "
                            : "none of the manifests of its " + statements.size() + " jars has a ")
                    + SpiVersion.PLUGIN_NAME_ATTRIBUTE + ", expected " + SpiVersion.PLUGIN_NAME_ATTRIBUTE + ", "
                    + SpiVersion.PLUGIN_VERSION_ATTRIBUTE + " and " + SpiVersion.SPI_VERSION_ATTRIBUTE
                    + "; add them where the jar is built");
        } else if (plugins.size() > 1) {
            problems.add("the manifests of " + plugins.size() + " of its jars state a plugin ("
                    + String.join(
                            ", ",
                            plugins.stream()
                                    .map(plugin -> PluginCandidate.fileName(plugin.jar()))
                                    .toList())
                    + "), expected one; give each plugin a folder of its own beside " + candidate.name());
        } else if (statements.stream().noneMatch(Statement::hasProviderFile)) {
            problems.add("it has no file " + SERVICE_FILE + "; add it with the name of the algorithm's class in it");
        }
    }

    private static void checkAttributes(Attributes attributes, List<String> problems) {
        checkMatch(attributes, SpiVersion.PLUGIN_NAME_ATTRIBUTE, NAME, problems);
        checkMatch(attributes, SpiVersion.PLUGIN_VERSION_ATTRIBUTE, VERSION, problems);
        if (checkMatch(attributes, SpiVersion.SPI_VERSION_ATTRIBUTE, SPI_VERSION, problems)) {
            checkSpiVersion(attributes.getValue(SpiVersion.SPI_VERSION_ATTRIBUTE), problems);
        }
    }

    private static boolean checkMatch(Attributes attributes, String name, Pattern pattern, List<String> problems) {
        String value = attributes.getValue(name);
        boolean matches = value != null && pattern.matcher(value).matches();
        if (!matches) {
            problems.add("its manifest attribute " + name + " is " + shown(value) + ", expected a match of " + pattern
                    + "; correct it where the jar is built");
        }
        return matches;
    }

    private static String shown(@Nullable String value) {
        return value == null ? "missing" : "'" + value + "'";
    }

    private static void checkSpiVersion(String value, List<String> problems) {
        Matcher matcher = SPI_VERSION.matcher(value);
        if (!matcher.matches()) {
            return;
        }
        int major = Integer.parseInt(matcher.group(1));
        int minor = Integer.parseInt(matcher.group(2));
        if (major != SpiVersion.MAJOR) {
            problems.add("it was built for SPI " + value + ", this is SPI " + SpiVersion.current()
                    + " and loads plugins for " + SpiVersion.MAJOR + ".0 to " + SpiVersion.current()
                    + "; get a build of it for SPI " + SpiVersion.MAJOR);
        } else if (minor > SpiVersion.MINOR) {
            problems.add("it was built for SPI " + value + ", newer than this SPI " + SpiVersion.current()
                    + "; update Latent or get an older build of the plugin");
        }
    }
}
