package dev.latent.training;

import dev.latent.plugins.LoadedPlugin;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The process that asks a plugin what a run needs: reads an {@link EstimateTask} from standard input and writes an
 * {@link EstimateAnswer} to standard output, one line each. Ends itself at once when standard input ends.
 */
public final class EstimateProcess {

    private EstimateProcess() {}

    /**
     * Answers one question.
     *
     * @param arguments none
     * @throws IOException when the question cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        System.setOut(System.err);
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        EstimateTask task = RunJson.parse(questions.readLine(), EstimateTask.class);
        Thread.ofPlatform().daemon().name("latent-parent").start(() -> endWithParent(questions));
        answers.print(RunJson.line(answer(task)) + "\n");
        answers.flush();
        Runtime.getRuntime().halt(0); // threads that a plugin left behind do not keep the process
    }

    private static void endWithParent(BufferedReader questions) {
        try {
            while (questions.readLine() != null) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            // the pipe is broken: as good as its end
        } finally {
            Runtime.getRuntime().halt(ParentPipe.ORPHANED);
        }
    }

    private static EstimateAnswer answer(EstimateTask task) {
        try (LoadedPlugin plugin = RunProcess.load(task.plugin(), task.pluginSha256())) {
            return EstimateWork.answer(task, RunProcess.find(plugin, task.algorithm()));
        } catch (Throwable e) { // a thread border: the parent hears of everything
            return EstimateAnswer.unknown(FailureText.of("estimate", e));
        }
    }
}
