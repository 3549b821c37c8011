package dev.latent.cli.tuning;

import dev.latent.cli.terminal.ProgressLine;
import dev.latent.cli.terminal.Terminal;
import dev.latent.cli.terminal.Words;
import dev.latent.client.LatentClient;
import dev.latent.v1.GetTuningRequest;
import dev.latent.v1.GetTuningResponse;
import dev.latent.v1.ResumeTuningRequest;
import dev.latent.v1.StartTuningRequest;
import dev.latent.v1.Tuning;
import dev.latent.v1.TuningSweep;
import dev.latent.v1.TuningTrial;
import dev.latent.v1.WatchTuningRequest;
import dev.latent.v1.WatchTuningResponse;
import java.util.Iterator;
import java.util.TreeMap;

/** A search on a server: started or resumed, and followed to its end. Ctrl-C ends the following, not the search. */
final class ServerTuning {

    private final LatentClient client;
    private final ProgressLine progress;
    private String metric = "";
    private int trial;

    ServerTuning(LatentClient client, Terminal terminal) {
        this.client = client;
        this.progress = new ProgressLine(terminal);
    }

    Tuning start(StartTuningRequest request) {
        return client.training().startTuning(request).getTuning();
    }

    Tuning resume(String id) {
        return client.training()
                .resumeTuning(ResumeTuningRequest.newBuilder().setId(id).build())
                .getTuning();
    }

    /** Returns the search as it ended, with its report. */
    GetTuningResponse follow(Tuning tuning) {
        metric = tuning.getMetric();
        Iterator<WatchTuningResponse> events = client.training()
                .watchTuning(
                        WatchTuningRequest.newBuilder().setId(tuning.getId()).build());
        events.forEachRemaining(this::show);
        progress.clear();
        return client.training()
                .getTuning(GetTuningRequest.newBuilder()
                        .setId(tuning.getId())
                        .setWithReport(true)
                        .build());
    }

    private void show(WatchTuningResponse event) {
        switch (event.getWhatCase()) {
            case BEGUN -> trial = event.getBegun().getNumber();
            case SWEEP -> draw(event.getSweep());
            case ENDED -> progress.message(line(event.getEnded()));
            case TUNING -> {
                if (!event.getTuning().getRun().isEmpty()) {
                    progress.message("run " + event.getTuning().getRun() + " trains the best setting");
                }
            }
            case LOG_LINE, WHAT_NOT_SET -> {
                // nothing that a person waits for
            }
        }
    }

    private void draw(TuningSweep sweep) {
        progress.update(
                "trial " + trial,
                (double) sweep.getSweep() / Math.max(1, sweep.getSweeps()),
                "sweep " + sweep.getSweep() + "/" + sweep.getSweeps() + "  " + metric + " "
                        + Words.number(sweep.getMetric()),
                "");
    }

    private String line(TuningTrial ended) {
        String value = ended.hasMetric() ? metric + " " + Words.number(ended.getMetric()) : ended.getMessage();
        return "trial " + ended.getNumber() + "  " + Words.state(ended.getState(), "STATE_") + "  " + value + "  "
                + TrialLines.settings(new TreeMap<>(ended.getHyperparametersMap()));
    }
}
