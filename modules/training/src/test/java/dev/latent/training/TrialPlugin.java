package dev.latent.training;

import dev.latent.spi.Algorithm;
import dev.latent.spi.SpiVersion;
import dev.latent.storage.FileOperations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles the plugin {@code trial} against the SPI alone and packs it as a stranger would. */
final class TrialPlugin {

    static final String VERSION = "1.2.3";

    /** Compiled once for all tests of a process. */
    private static final byte[] JAR = build();

    private TrialPlugin() {}

    /** Puts the jar into a directory of plugins. */
    static Path install(Path plugins) throws IOException {
        return Files.write(Files.createDirectories(plugins).resolve("trial.jar"), JAR);
    }

    /** Puts a jar of another content in its place, at once. */
    static void replace(Path plugins) throws IOException {
        Path changed = Files.createTempFile("trial", ".jar");
        try (ZipInputStream before = new ZipInputStream(new ByteArrayInputStream(JAR));
                ZipOutputStream after = new ZipOutputStream(Files.newOutputStream(changed))) {
            for (ZipEntry entry = before.getNextEntry(); entry != null; entry = before.getNextEntry()) {
                after.putNextEntry(new ZipEntry(entry.getName()));
                before.transferTo(after);
            }
            after.putNextEntry(new ZipEntry("changed"));
        }
        Files.move(changed, plugins.resolve("trial.jar"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] build() {
        try {
            Path work = Files.createTempDirectory("trial");
            Path source = work.resolve("TrialAlgorithm.java");
            try (InputStream input = TrialPlugin.class.getResourceAsStream("/plugins/trial/TrialAlgorithm.java")) {
                Files.write(source, input.readAllBytes());
            }
            Path classes = Files.createDirectory(work.resolve("classes"));
            compile(source, classes);
            Path jar = work.resolve("trial.jar");
            pack(classes, jar);
            byte[] bytes = Files.readAllBytes(jar);
            FileOperations.system().deleteTree(work);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compile(Path source, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter output = new StringWriter();
        boolean compiled = compiler.getTask(
                        output,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-cp", spiPath()),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
                .call();
        if (!compiled) {
            throw new IOException("The trial plugin does not compile: " + output);
        }
    }

    private static String spiPath() {
        try {
            URI location = Algorithm.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            return Path.of(location).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pack(Path classes, Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue(SpiVersion.SPI_VERSION_ATTRIBUTE, SpiVersion.current());
        attributes.putValue(SpiVersion.PLUGIN_NAME_ATTRIBUTE, "trial");
        attributes.putValue(SpiVersion.PLUGIN_VERSION_ATTRIBUTE, VERSION);
        try (OutputStream output = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(output, manifest);
                Stream<Path> files = Files.list(classes)) {
            entries.putNextEntry(new JarEntry("META-INF/services/" + Algorithm.class.getName()));
            entries.write("TrialAlgorithm\n".getBytes(StandardCharsets.UTF_8));
            for (Path file : files.toList()) {
                entries.putNextEntry(new JarEntry(file.getFileName().toString()));
                entries.write(Files.readAllBytes(file));
            }
        }
    }
}
