package dev.latent.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.latent.plugins.LoadedAlgorithm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks plugins for estimates, each time in a process of its own that is ended when it takes too long. Thread-safe.
 *
 * @param options how the process is started; without one the plugin is asked inside this process, for tests
 * @param timeLimit after which the process is ended
 */
record PluginEstimates(TrainingOptions options, Duration timeLimit) {

    private static final Logger LOG = LoggerFactory.getLogger(PluginEstimates.class);
    private static final long END_SECONDS = 10;

    /** Returns what the plugin says; an answer that explains itself when it does not say anything. */
    EstimateAnswer ask(EstimateTask task, LoadedAlgorithm algorithm) throws InterruptedException {
        if (options.process().isEmpty()) {
            return EstimateWork.answer(task, algorithm);
        }
        try {
            return ask(task, options.process().get());
        } catch (IOException e) {
            LOG.warn("Plugin '{}' cannot be asked for an estimate", algorithm.pluginName(), e);
            return EstimateAnswer.unknown(
                    "Plugin '" + algorithm.pluginName() + "' could not be asked for an estimate: " + e.getMessage());
        }
    }

    private EstimateAnswer ask(EstimateTask task, TrainingOptions.ChildProcess settings)
            throws IOException, InterruptedException {
        Path crashLog = Path.of("/dev/null");
        Process child = ChildCommand.of(
                        settings,
                        settings.heapBytes(),
                        task.threads(),
                        crashLog,
                        List.of(EstimateProcess.class.getName()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream questions = child.getOutputStream()) {
            questions.write((RunJson.line(task) + "\n").getBytes(StandardCharsets.UTF_8));
            questions.flush();
            return answer(task, child);
        } finally {
            child.descendants().forEach(ProcessHandle::destroyForcibly);
            child.destroyForcibly().waitFor(END_SECONDS, TimeUnit.SECONDS);
        }
    }

    private EstimateAnswer answer(EstimateTask task, Process child) throws IOException, InterruptedException {
        CompletableFuture<String> line = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("latent-estimate").start(() -> readLine(child, line));
        String answer;
        try {
            answer = line.get(timeLimit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return EstimateAnswer.unknown("Algorithm '" + task.algorithm() + "' did not tell what it needs within "
                    + timeLimit.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new IOException("its answer cannot be read: " + e.getMessage(), e);
        }
        if (answer.isEmpty()) {
            return EstimateAnswer.unknown("Algorithm '" + task.algorithm()
                    + "' was asked what it needs, and its process" + " ended with status " + child.waitFor());
        }
        try {
            return RunJson.parse(answer, EstimateAnswer.class);
        } catch (JsonProcessingException e) {
            throw new IOException("its process answered something else", e);
        }
    }

    private static void readLine(Process child, CompletableFuture<String> line) {
        try (BufferedReader reader = child.inputReader(StandardCharsets.UTF_8)) {
            String answer = reader.readLine();
            line.complete(answer == null ? "" : answer);
        } catch (IOException e) {
            line.completeExceptionally(e);
        }
    }
}
