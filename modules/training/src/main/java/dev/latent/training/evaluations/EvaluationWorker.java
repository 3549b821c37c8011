package dev.latent.training.evaluations;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.latent.models.EvaluationFacts;
import dev.latent.storage.FileOperations;
import dev.latent.training.ChildCommand;
import dev.latent.training.ChildDeath;
import dev.latent.training.ChildLines;
import dev.latent.training.RunJson;
import dev.latent.training.TrainingOptions;
import dev.latent.training.evaluations.EvaluationFailedException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes an evaluation in a process of its own, {@link EvaluationProcess}. For one use; may be stopped by any thread. */
final class EvaluationWorker {

    private final TrainingOptions.ChildProcess settings;
    private final Optional<Duration> timeLimit;
    private final Consumer<String> log;
    private final ChildLines child = new ChildLines(this::accept);
    private volatile @Nullable EvaluationFacts facts;
    private volatile EvaluationMessage.@Nullable Failure failure;

    EvaluationWorker(TrainingOptions options, Consumer<String> log) {
        settings = options.process().orElseGet(TrainingOptions.ChildProcess::likeThis);
        timeLimit = options.timeLimit();
        this.log = log;
    }

    /** Measures; the directory is for nothing else. */
    EvaluationFacts work(EvaluationTask task, Path directory) throws IOException, InterruptedException {
        RunJson.replace(directory.resolve(EvaluationProcess.TASK), task, FileOperations.system());
        Path crashLog = directory.resolve("crash.log");
        List<String> main = List.of(EvaluationProcess.class.getName(), directory.toString());
        Optional<Integer> status = child.run(
                ChildCommand.of(settings, settings.heapBytes(), task.spec().threads(), crashLog, main), timeLimit);
        EvaluationFacts found = facts;
        EvaluationMessage.Failure told = failure;
        if (found != null) {
            return found;
        }
        if (told != null) {
            throw new EvaluationFailedException(told.reason(), told.message());
        }
        if (child.isStopped()) {
            throw new EvaluationFailedException(Reason.CANCELLED, "The evaluation was cancelled");
        }
        if (status.isEmpty()) {
            throw new EvaluationFailedException(
                    Reason.FAILED,
                    "The evaluation took longer than the time limit of a run, " + timeLimit.orElseThrow()
                            + ", and was ended; raise training.time-limit or measure with less");
        }
        throw new EvaluationFailedException(
                Reason.FAILED, ChildDeath.describe(status.get(), settings.heapBytes(), crashLog, child.lastWords()));
    }

    private void accept(String line) {
        try {
            EvaluationMessage message = RunJson.parse(line, EvaluationMessage.class);
            message.logLine().ifPresent(log);
            message.facts().ifPresent(value -> facts = value);
            message.failure().ifPresent(value -> failure = value);
        } catch (JsonProcessingException e) {
            child.keep(line); // written past System.out by native code
        }
    }

    void stop() {
        child.stop();
    }
}
