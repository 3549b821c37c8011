package dev.latent.training;

import dev.latent.interactions.Interaction;
import dev.latent.interactions.InteractionStore;
import dev.latent.interactions.RepeatPolicy;
import dev.latent.models.ModelDefinition;
import dev.latent.models.ModelStore;
import dev.latent.plugins.PluginRegistry;
import dev.latent.storage.FileOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A home with dataset {@code films} (popular and unpopular items, times, ratings), dataset {@code nothing}, model {@code
 * films} and the plugin {@code trial}.
 */
final class TestHome implements AutoCloseable {

    static final int USERS = 60;

    final Path root;
    final InteractionStore interactions;
    final ModelStore models;
    final PluginRegistry plugins;
    private final List<TrainingService> services = new ArrayList<>();

    private TestHome(Path root) throws IOException {
        this.root = root;
        TrialPlugin.install(root.resolve("plugins"));
        interactions = InteractionStore.open(root.resolve("interactions"), InteractionStore.Options.defaults());
        models = ModelStore.open(root.resolve("models"), FileOperations.system(), Clock.systemUTC());
        plugins = PluginRegistry.open(List.of(root.resolve("plugins")), Clock.systemUTC());
    }

    /** Opens a home that another process has left. */
    static TestHome reopen(Path root) throws IOException {
        return new TestHome(root);
    }

    static TestHome create(Path root) throws IOException {
        TestHome home = new TestHome(root);
        home.interactions.createDataset("films", RepeatPolicy.LAST);
        home.interactions.createDataset("nothing", RepeatPolicy.LAST);
        home.interactions.append("films", films());
        home.models.create(ModelDefinition.of("films", "films", "trial", Map.of()));
        return home;
    }

    private static List<Interaction> films() {
        SplittableRandom random = new SplittableRandom(3);
        List<Interaction> all = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            for (int item = 0; item < 40; item++) {
                if (random.nextInt(40) > item) {
                    long time = 1_600_000_000L + random.nextInt(1_000_000);
                    all.add(new Interaction("u" + user, "i" + item, 1 + random.nextInt(5), time, "rating"));
                }
            }
        }
        return all;
    }

    TrainingService open(TrainingOptions options) throws IOException {
        TrainingService service =
                TrainingService.open(root.resolve("runs"), interactions, models, plugins, options, Clock.systemUTC());
        services.add(service);
        return service;
    }

    TrainingService openInProcess() throws IOException {
        return open(TrainingOptions.defaults().withThreads(2).inProcess());
    }

    static TrainingSpec.Builder spec() {
        return TrainingSpec.builder("films", "films", "trial");
    }

    static TrainingSpec behaving(String behaviour) {
        return spec().hyperparameter("behaviour", behaviour).build();
    }

    /** Waits for the end of a run. */
    static Run await(TrainingService service, Run run) {
        return await(service, run, Duration.ofSeconds(60));
    }

    static Run await(TrainingService service, Run run, Duration limit) {
        try (RunWatch watch = service.watch(run.id(), Long.MAX_VALUE, _ -> {})) {
            return watch.end().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(
                    "Run did not end within " + limit + ": " + service.get(run.id()) + log(service, run.id()), e);
        }
    }

    static String log(TrainingService service, String id) {
        StringBuilder log = new StringBuilder();
        try (RunWatch _ = service.watch(
                id,
                0,
                event -> event.logLine().ifPresent(line -> log.append(line).append('\n')))) {
            return log.toString();
        }
    }

    List<String> pending() throws IOException {
        Path versions = root.resolve("models/films/versions");
        if (!Files.exists(versions)) {
            return List.of();
        }
        try (var entries = Files.list(versions)) {
            return entries.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("."))
                    .toList();
        }
    }

    @Override
    public void close() {
        services.forEach(TrainingService::close);
        plugins.close();
        interactions.close();
    }
}
