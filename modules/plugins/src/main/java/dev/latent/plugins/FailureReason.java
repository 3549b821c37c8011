package dev.latent.plugins;

import dev.latent.spi.SpiVersion;
import java.util.Arrays;
import java.util.ServiceConfigurationError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what plugin code threw into a sentence for the operator: what is wrong and the next step. */
final class FailureReason {

    private static final Pattern CLASS_FILE_VERSION = Pattern.compile("class file version (\\d+)");
    private static final int CLASS_FILE_VERSION_OF_JAVA_0 = 44;

    private FailureReason() {}

    static String of(Throwable thrown) {
        Throwable root = unwrap(thrown);
        return switch (root) {
            case UnsupportedClassVersionError e -> tooNew(e);
            case NoClassDefFoundError e -> missing(className(e));
            case ClassNotFoundException e -> missing(className(e));
            case NoSuchMethodException e -> provider("no constructor " + e.getMessage());
            case IncompatibleClassChangeError e ->
                "it does not link against SPI " + SpiVersion.current() + " or its own jars: " + describe(e)
                        + "; rebuild it against latent-spi " + SpiVersion.current();
            case ClassFormatError e -> "a class file is damaged: " + describe(e) + "; build or copy the jar again";
            case ServiceConfigurationError e -> provider(String.valueOf(e.getMessage()));
            default -> "its code threw " + describe(root) + place(root) + "; tell the plugin's author";
        };
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable current = thrown;
        while (current.getCause() != null
                && (current instanceof ServiceConfigurationError
                        || current instanceof ExceptionInInitializerError
                        || current instanceof ReflectiveOperationException
                        || isEcho(current))) {
            current = current.getCause();
        }
        return current;
    }

    /** The second use of a class whose static initialiser threw says only that it could not be initialised. */
    private static boolean isEcho(Throwable thrown) {
        return thrown instanceof NoClassDefFoundError && thrown.getCause() instanceof ExceptionInInitializerError;
    }

    private static String tooNew(UnsupportedClassVersionError error) {
        Matcher matcher = CLASS_FILE_VERSION.matcher(String.valueOf(error.getMessage()));
        String needs = matcher.find()
                ? "Java " + (Integer.parseInt(matcher.group(1)) - CLASS_FILE_VERSION_OF_JAVA_0)
                : "a newer Java";
        return "it was compiled for " + needs + ", this process runs Java "
                + Runtime.version().feature() + " (" + error.getMessage() + "); compile it with --release "
                + Runtime.version().feature() + " or start Latent on " + needs;
    }

    private static String missing(String className) {
        return "class '" + className + "' is missing: it is in none of the plugin's jars and not part of the SPI or the"
                + " JDK; put the jar that holds it into the plugin's folder, plugins/<name>/";
    }

    private static String provider(String message) {
        return "its META-INF/services file does not name a usable algorithm: " + message
                + "; it must name a public class that implements dev.latent.spi.Algorithm and has a public constructor"
                + " without parameters";
    }

    private static String className(Throwable thrown) {
        return String.valueOf(thrown.getMessage()).replace('/', '.');
    }

    private static String describe(Throwable thrown) {
        String message = thrown.getMessage();
        return thrown.getClass().getName() + (message == null ? "" : ": " + message);
    }

    private static String place(Throwable thrown) {
        return place(thrown.getStackTrace());
    }

    /** Where plugin code was, for its author; the innermost frame of a plugin, or else of anything. */
    static String place(StackTraceElement[] trace) {
        return Arrays.stream(trace)
                .filter(frame -> String.valueOf(frame.getClassLoaderName()).startsWith(PluginClassLoader.NAME_PREFIX))
                .findFirst()
                .or(() -> Arrays.stream(trace).findFirst())
                .map(frame -> " at " + frame.getClassName() + "." + frame.getMethodName() + " (" + frame.getFileName()
                        + ":" + frame.getLineNumber() + ")")
                .orElse("");
    }
}
