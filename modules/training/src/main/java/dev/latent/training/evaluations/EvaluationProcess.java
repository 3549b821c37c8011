package dev.latent.training.evaluations;

import dev.latent.interactions.InvalidValueException;
import dev.latent.training.FailureText;
import dev.latent.training.RunJson;
import dev.latent.training.evaluations.EvaluationFailedException.Reason;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The process of an evaluation: reads {@code task.json} in the directory that is its argument, measures, and tells its
 * parent in JSON lines on standard output. Ends itself at once when standard input ends, because then the parent is gone.
 */
public final class EvaluationProcess {

    static final String TASK = "task.json";

    /** Exit status after a result or a failure was told. */
    static final int DONE = 0;

    private static final int ORPHANED = 4;

    private EvaluationProcess() {}

    /**
     * Measures.
     *
     * @param arguments the directory of the evaluation
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Thread.ofPlatform().daemon().name("latent-parent").start(() -> endWithParent(System.in));
        Consumer<EvaluationMessage> parent = message -> {
            synchronized (out) {
                out.print(RunJson.line(message) + "\n");
                out.flush();
            }
        };
        parent.accept(work(Path.of(arguments[0]), line -> parent.accept(EvaluationMessage.log(line))));
        Runtime.getRuntime().halt(DONE); // threads that a plugin left behind do not keep the process
    }

    private static void endWithParent(InputStream input) {
        try {
            input.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // the pipe is broken: as good as its end
        } finally {
            Runtime.getRuntime().halt(ORPHANED);
        }
    }

    private static EvaluationMessage work(Path directory, Consumer<String> log) {
        try {
            EvaluationTask task = RunJson.read(directory.resolve(TASK), EvaluationTask.class);
            return EvaluationMessage.of(EvaluationWork.run(task, log));
        } catch (EvaluationFailedException e) {
            return EvaluationMessage.failed(e.reason(), String.valueOf(e.getMessage()));
        } catch (InvalidValueException | IllegalArgumentException e) {
            return EvaluationMessage.failed(Reason.REQUEST, String.valueOf(e.getMessage()));
        } catch (Throwable e) { // a thread border: the parent hears of everything
            return EvaluationMessage.failed(
                    Reason.FAILED, FailureText.of(directory.getFileName().toString(), e));
        }
    }
}
