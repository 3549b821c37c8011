package dev.latent.server.config;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/**
 * Reads a configuration and checks all of it before anything is refused. For one thread.
 *
 * <p>Of one key, a flag goes before the variable {@code LATENT_<KEY>}, that before the file, that before the default.
 */
public final class ConfigLoader {

    private static final int FILE = 100;
    private static final int ENVIRONMENT = 200;
    private static final int FLAGS = 300;
    private static final int REPLACEMENTS = 400;
    private static final int CONVERTERS = 200;
    private static final Pattern SECRET = Pattern.compile(".*(password|secret|token|private-key).*");
    private static final Pattern SOURCE = Pattern.compile(".*\\[source=(.*)]");
    private static final Pattern CODE = Pattern.compile("SRCFG\\d+: ");
    private static final Pattern CONVERSION = Pattern.compile(
            "(?s).*The config property (\\S+) with the config value \".*\" threw an Exception whilst being converted (.*)");

    private final SortedMap<String, String> keys = ConfigKeys.defaults();
    private final List<String> problems = new ArrayList<>();
    private final List<ConfigSource> sources = new ArrayList<>();
    private final Map<Class<?>, Object> features = new HashMap<>();

    private ConfigLoader() {}

    /**
     * Reads a configuration.
     *
     * @throws ConfigException telling everything that is wrong
     */
    public static ServerConfig load(ConfigSources sources) {
        return new ConfigLoader().read(sources);
    }

    private ServerConfig read(ConfigSources given) {
        given.file().ifPresent(this::addFile);
        addEnvironment(given.environment());
        sources.add(new PropertiesConfigSource(given.flags(), "command line", FLAGS));
        try (ValidatorFactory validators = Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory()) {
            ConfigKeys.MAPPINGS.forEach(feature -> map(feature, validators.getValidator()));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new ServerConfig(
                feature(GrpcConfig.class),
                feature(HttpConfig.class),
                feature(LimitsConfig.class),
                feature(TrainingConfig.class),
                feature(InteractionsConfig.class),
                feature(ServingConfig.class),
                table(builder().build()));
    }

    private <F> F feature(Class<F> type) {
        return type.cast(Objects.requireNonNull(features.get(type)));
    }

    private void addFile(Path file) {
        try {
            YamlConfigSource source = new YamlConfigSource(file.toString(), Files.readString(file), FILE);
            sources.add(source);
            for (String name : source.getPropertyNames()) {
                String key = ConfigKeys.withoutIndex(name);
                if (!keys.containsKey(key)) {
                    problems.add(file + ": unknown key '" + key + "'" + meant(key, keys.keySet()));
                }
            }
        } catch (IOException e) {
            problems.add(file + " cannot be read: " + e);
        } catch (RuntimeException e) { // the parser's own family
            problems.add(
                    file + " is not YAML: " + String.valueOf(e.getMessage()).replace('\n', ' '));
        }
    }

    private static String meant(String name, Iterable<String> candidates) {
        return ConfigKeys.closest(name, candidates)
                .map(close -> "; did you mean '" + close + "'?")
                .orElse("; etc/latent.yaml of the distribution names all keys");
    }

    private void addEnvironment(Map<String, String> environment) {
        Map<String, String> byVariable = new TreeMap<>();
        keys.keySet().forEach(key -> byVariable.put(ConfigKeys.variable(key), key));
        Map<String, String> values = new HashMap<>();
        new TreeMap<>(environment).forEach((variable, value) -> {
            String key = byVariable.get(variable);
            if (key != null) {
                values.put(key, value);
            } else if (ConfigKeys.isMeantAsKey(variable, keys)) {
                problems.add("environment: unknown variable " + variable + meant(variable, byVariable.keySet()));
            }
        });
        sources.add(new PropertiesConfigSource(values, "environment", ENVIRONMENT));
    }

    private SmallRyeConfigBuilder builder() {
        return new SmallRyeConfigBuilder()
                .withSources(sources)
                .withDefaultValues(keysWithDefault())
                .withConverter(ByteSize.class, CONVERTERS, ByteSize::of)
                .withConverter(TimeSpan.class, CONVERTERS, TimeSpan::of)
                .withValidateUnknown(false);
    }

    private Map<String, String> keysWithDefault() {
        Map<String, String> defaults = new HashMap<>(keys);
        defaults.values().removeIf(String::isEmpty);
        return defaults;
    }

    /** Maps a feature; what cannot be read is told and taken as not set, so that the rest of the feature is checked too. */
    private void map(Class<?> feature, Validator validator) {
        Map<String, String> unreadable = new HashMap<>();
        try {
            features.put(feature, mapped(feature, validator, unreadable));
        } catch (ConfigValidationException e) {
            addProblems(e, unreadable);
        }
        if (unreadable.isEmpty()) {
            return;
        }
        try {
            mapped(feature, validator, unreadable);
        } catch (ConfigValidationException e) {
            addProblems(e, unreadable);
        }
    }

    private Object mapped(Class<?> feature, Validator validator, Map<String, String> replacements) {
        SmallRyeConfig config = builder()
                .withSources(new PropertiesConfigSource(replacements, "replacements", REPLACEMENTS))
                .withMapping(feature)
                .withValidator((BeanValidationConfigValidator) () -> validator)
                .build();
        return config.getConfigMapping(feature);
    }

    private void addProblems(ConfigValidationException failure, Map<String, String> unreadable) {
        for (int index = 0; index < failure.getProblemCount(); index++) {
            String message =
                    CODE.matcher(failure.getProblem(index).getMessage()).replaceAll("");
            Matcher conversion = CONVERSION.matcher(message);
            if (conversion.matches()) {
                String key = conversion.group(1);
                unreadable.put(key, keys.getOrDefault(key, ""));
                problems.add(key + ": " + conversion.group(2));
            } else {
                problems.add(message + actual(message));
            }
        }
    }

    private String actual(String problem) {
        String key = problem.substring(0, Math.max(0, problem.indexOf(' ')));
        String value =
                keys.containsKey(key) ? builder().build().getConfigValue(key).getRawValue() : null;
        return value == null ? "" : ", is " + value;
    }

    private List<ConfigEntry> table(SmallRyeConfig config) {
        List<ConfigEntry> table = new ArrayList<>();
        for (String key : keys.keySet()) {
            ConfigValue value = config.getConfigValue(key);
            if (value.getValue() != null) {
                boolean secret = SECRET.matcher(key).matches();
                table.add(new ConfigEntry(key, secret ? "(hidden)" : value.getValue(), origin(value)));
            }
        }
        return table;
    }

    private static String origin(ConfigValue value) {
        String name = value.getConfigSourceName();
        return name == null || value.getConfigSourceOrdinal() < FILE
                ? "default"
                : SOURCE.matcher(name).replaceAll("$1");
    }
}
