package dev.latent.training.tunings;

import dev.latent.interactions.StoredSnapshot;
import dev.latent.plugins.LoadedPlugin;
import dev.latent.training.FailureText;
import dev.latent.training.RunJson;
import dev.latent.training.RunProcess;
import dev.latent.training.tuning.Tuner;
import dev.latent.training.tuning.TuningEvent;
import dev.latent.training.tuning.TuningListener;
import dev.latent.training.tuning.TuningReport;
import dev.latent.training.tuning.TuningResult;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The process of a search: reads {@code task.json} in the directory that is its argument, searches from where {@code
 * journal.jsonl} ends, writes {@code report.html} and tells its parent in JSON lines on standard output. Ends itself at once
 * when standard input ends, because then the parent is gone.
 */
public final class TuningProcess {

    /** Exit status after the best setting or a failure was told. */
    static final int DONE = 0;

    private static final int ORPHANED = 4;

    private TuningProcess() {}

    /**
     * Searches.
     *
     * @param arguments the directory of the search
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Thread.ofPlatform().daemon().name("latent-parent").start(() -> endWithParent(System.in));
        work(new TuningFiles(Path.of(arguments[0])), message -> {
            out.print(RunJson.line(message) + "\n");
            out.flush();
        });
        Runtime.getRuntime().halt(DONE); // threads that a plugin left behind do not keep the process
    }

    private static void endWithParent(InputStream input) {
        try {
            input.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            // the pipe is broken: as good as its end
        } finally {
            Runtime.getRuntime().halt(ORPHANED);
        }
    }

    /** Searches and tells how it went. */
    static void work(TuningFiles files, Consumer<TuningMessage> parent) {
        try {
            TuningTask task = RunJson.read(files.task(), TuningTask.class);
            parent.accept(TuningMessage.best(search(task, files, parent)));
        } catch (Throwable e) { // a thread border: the parent hears of everything
            parent.accept(TuningMessage.failed(FailureText.of(files.id(), e)));
        }
    }

    private static java.util.Map<String, String> search(
            TuningTask task, TuningFiles files, Consumer<TuningMessage> parent) throws IOException {
        TuningListener listener = new TuningListener() {
            @Override
            public void event(TuningEvent event) {
                parent.accept(TuningMessage.of(event));
            }

            @Override
            public void log(String line) {
                parent.accept(TuningMessage.log(line));
            }

            @Override
            public boolean isCancelled() {
                return Thread.currentThread().isInterrupted();
            }
        };
        try (LoadedPlugin plugin = RunProcess.load(task.plugin(), task.pluginSha256());
                StoredSnapshot snapshot = StoredSnapshot.open(Path.of(task.snapshot()))) {
            Tuner tuner = new Tuner(
                    RunProcess.find(plugin, task.algorithm()), task.goal().request(), listener);
            TuningResult result = tuner.run(snapshot, files.journal());
            Files.writeString(files.report(), TuningReport.html(result));
            return result.best().set();
        }
    }
}
