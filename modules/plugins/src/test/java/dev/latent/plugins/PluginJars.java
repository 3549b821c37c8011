package dev.latent.plugins;

import dev.latent.spi.Algorithm;
import dev.latent.spi.SpiVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the plugins of {@code src/test/plugins} to jars; see the README there. */
final class PluginJars {

    private static final Path SOURCES = Path.of("src/test/plugins");
    private static final String NONE = "none";
    private static final Map<String, Jar> BUILT = new ConcurrentHashMap<>();

    /** A finished jar: its bytes, and what its folder says about it. */
    @SuppressWarnings("ArrayRecordComponent")
    record Jar(byte[] bytes, Properties properties) {

        Path writeTo(Path file) throws IOException {
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes);
        }
    }

    private PluginJars() {}

    static Jar sound(String name) {
        return BUILT.computeIfAbsent("sound/" + name, PluginJars::build);
    }

    static Jar fault(String name) {
        return BUILT.computeIfAbsent("faults/" + name, PluginJars::build);
    }

    static List<String> faults() throws IOException {
        try (Stream<Path> folders = Files.list(SOURCES.resolve("faults"))) {
            return folders.map(PluginCandidate::fileName).sorted().toList();
        }
    }

    /** The jar of a plugin without some of its classes. */
    static Jar without(String dropped, String folder, Map<String, String> changes) {
        Properties properties = properties(SOURCES.resolve(folder));
        properties.setProperty("drop", dropped);
        properties.putAll(changes);
        return build(SOURCES.resolve(folder), properties);
    }

    private static Jar build(String folder) {
        return build(SOURCES.resolve(folder), properties(SOURCES.resolve(folder)));
    }

    private static Properties properties(Path folder) {
        Properties properties = new Properties();
        Path file = folder.resolve("plugin.properties");
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return properties;
    }

    private static Jar build(Path folder, Properties properties) {
        try {
            Map<String, byte[]> entries = compile(folder, properties.containsKey("shared"));
            entries.keySet().removeIf(path -> path.startsWith(properties.getProperty("drop", "?")));
            String damage = properties.getProperty("damage", "");
            entries.replaceAll((path, bytes) -> path.equals("plugin/Main.class") ? damageClass(bytes, damage) : bytes);
            String provider = properties.getProperty("provider", "plugin.Main");
            if (!provider.equals(NONE)) {
                entries.put(
                        "META-INF/services/" + Algorithm.class.getName(), provider.getBytes(StandardCharsets.UTF_8));
            }
            return new Jar(damageJar(jar(manifest(folder, properties), entries), damage), properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] damageClass(byte[] bytes, String damage) {
        byte[] damaged = bytes.clone();
        switch (damage) {
            case "class-bytes" -> Arrays.fill(damaged, 10, 40, (byte) 0x7F);
            case "class-version" -> damaged[7] = (byte) (44 + 99);
            default -> {}
        }
        return damaged;
    }

    private static byte[] damageJar(byte[] bytes, String damage) {
        return switch (damage) {
            case "truncate" -> Arrays.copyOf(bytes, bytes.length / 2);
            case "empty" -> new byte[0];
            case "text" -> "This is the page of a download that failed.".getBytes(StandardCharsets.UTF_8);
            default -> bytes;
        };
    }

    private static Manifest manifest(Path folder, Properties properties) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        put(
                attributes,
                SpiVersion.PLUGIN_NAME_ATTRIBUTE,
                properties.getProperty("name", PluginCandidate.fileName(folder)));
        put(attributes, SpiVersion.PLUGIN_VERSION_ATTRIBUTE, properties.getProperty("version", "1.2.3"));
        put(attributes, SpiVersion.SPI_VERSION_ATTRIBUTE, properties.getProperty("spi", SpiVersion.current()));
        return manifest;
    }

    private static void put(Attributes attributes, String name, String value) {
        if (!value.equals(NONE)) {
            attributes.putValue(name, value);
        }
    }

    private static byte[] jar(Manifest manifest, Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static Map<String, byte[]> compile(Path folder, boolean alone) throws IOException {
        List<Path> sources = new ArrayList<>(javaFiles(folder));
        if (!alone) {
            sources.addAll(javaFiles(SOURCES.resolve("shared")));
        }
        Path target = Files.createTempDirectory(Path.of("target"), "plugin");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "-d",
                    target.toString(),
                    "-cp",
                    spi().toString(),
                    "-proc:none",
                    "--add-modules",
                    "jdk.incubator.vector");
            boolean done = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            if (!done) {
                throw new IllegalStateException(folder + " does not compile: " + messages);
            }
        }
        return read(target);
    }

    private static Path spi() {
        try {
            return Path.of(Algorithm.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static Map<String, byte[]> read(Path classes) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.put(classes.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return entries;
    }

    /** Copies a jar as a slow network would. */
    static void copySlowly(Jar jar, Path target, int pieces, long pauseMillis)
            throws IOException, InterruptedException {
        int step = jar.bytes().length / pieces + 1;
        try (OutputStream out = Files.newOutputStream(target)) {
            for (int start = 0; start < jar.bytes().length; start += step) {
                out.write(jar.bytes(), start, Math.min(step, jar.bytes().length - start));
                out.flush();
                Thread.sleep(pauseMillis);
            }
        }
    }
}
