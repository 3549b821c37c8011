package dev.latent.cli.training;

import dev.latent.cli.terminal.Printable;
import dev.latent.cli.terminal.ProgressLine;
import dev.latent.cli.terminal.Terminal;
import dev.latent.cli.terminal.Words;
import dev.latent.client.LatentClient;
import dev.latent.v1.GetRunRequest;
import dev.latent.v1.Run;
import dev.latent.v1.RunProgress;
import dev.latent.v1.WatchRunRequest;
import dev.latent.v1.WatchRunResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;

/**
 * Shows a run to a person until it has ended, and comes back to it when the server goes away for a moment. Ctrl-C ends
 * the watching, not the run, and says so.
 */
final class RunFollower {

    private static final int ATTEMPTS = 10;
    private static final long PAUSE_MILLIS = 1000;
    private static final int PLAIN_LINES = 4;

    private final LatentClient client;
    private final Terminal terminal;
    private final ProgressLine progress;
    private final boolean showLog;
    private long lastEvent;
    private String lastNumbers = "";

    RunFollower(LatentClient client, Terminal terminal, boolean showLog) {
        this.client = client;
        this.terminal = terminal;
        this.progress = new ProgressLine(terminal);
        this.showLog = showLog;
    }

    /** Returns the run as it ended. */
    Run follow(String id) throws InterruptedException {
        Thread farewell = new Thread(() -> sayGoodbye(id), "farewell");
        Runtime.getRuntime().addShutdownHook(farewell);
        try {
            watch(id);
        } finally {
            progress.clear();
            Runtime.getRuntime().removeShutdownHook(farewell);
        }
        return client.training()
                .getRun(GetRunRequest.newBuilder().setId(id).build())
                .getRun();
    }

    private void sayGoodbye(String id) {
        progress.clear();
        terminal.err()
                .println(Printable.of("Stopped watching; run " + id + " goes on. 'latent runs watch " + id
                        + "' comes back to it, 'latent runs cancel " + id + "' ends it."));
    }

    private void watch(String id) throws InterruptedException {
        int failures = 0;
        while (true) {
            long before = lastEvent;
            try {
                readEvents(id);
                return;
            } catch (StatusRuntimeException e) {
                failures = lastEvent > before ? 1 : failures + 1;
                if (e.getStatus().getCode() != Status.Code.UNAVAILABLE || lastEvent == 0 || failures > ATTEMPTS) {
                    throw e;
                }
                progress.message("The server went away; asking again for run " + id);
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private void readEvents(String id) {
        Iterator<WatchRunResponse> events = client.training()
                .watchRun(WatchRunRequest.newBuilder()
                        .setId(id)
                        .setAfterEvent(lastEvent)
                        .build());
        while (events.hasNext()) {
            WatchRunResponse event = events.next();
            lastEvent = event.getEvent();
            show(event);
        }
    }

    private void show(WatchRunResponse event) {
        switch (event.getWhatCase()) {
            case RUN -> showState(event.getRun());
            case PROGRESS -> showProgress(event.getProgress());
            case LOG_LINE -> {
                if (showLog) {
                    progress.message("log: " + event.getLogLine());
                }
            }
            case WHAT_NOT_SET -> {
                // A newer server's event that this command cannot show.
            }
        }
    }

    private void showState(Run run) {
        switch (run.getState()) {
            case STATE_QUEUED -> progress.update("queued", -1, "run " + run.getId(), "run " + run.getId());
            case STATE_RUNNING -> progress.update("running", -1, "run " + run.getId(), "run " + run.getId());
            default -> progress.clear();
        }
    }

    private void showProgress(RunProgress now) {
        String phase = String.format("%-8s", now.getPhase());
        String sweep = now.getSweeps() > 0 ? now.getSweep() + "/" + now.getSweeps() : "";
        String numbers = (RunText.values(now.getLossList()) + "  " + RunText.values(now.getMetricsList())).strip();
        String remaining = now.hasRemaining()
                ? "  ETA " + Words.span(Duration.ofSeconds(now.getRemaining().getSeconds()))
                : "";
        String text = (sweep + "  " + numbers).strip();
        progress.update(phase, now.getFraction(), text + remaining, isWorthALine(now, numbers) ? text : "");
    }

    /** Whether a reader of plain lines wants to know: some sweeps of each phase, each when its losses are there. */
    private boolean isWorthALine(RunProgress now, String numbers) {
        boolean news = !(now.getPhase() + numbers).equals(lastNumbers);
        lastNumbers = now.getPhase() + numbers;
        int step = Math.max(1, now.getSweeps() / PLAIN_LINES);
        boolean milestone = now.getSweep() % step == 0 || now.getSweep() == now.getSweeps();
        return news && !numbers.isEmpty() && milestone;
    }
}
