package dev.latent.cli.tuning;

import dev.latent.cli.terminal.ProgressLine;
import dev.latent.cli.terminal.Terminal;
import dev.latent.cli.terminal.Words;
import dev.latent.training.tuning.Trial;
import dev.latent.training.tuning.TrialSweep;
import dev.latent.training.tuning.TuningEvent;
import dev.latent.training.tuning.TuningListener;
import dev.latent.training.tuning.TuningRequest;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells a person of each trial as it ends, and of the sweeps in between on a terminal. */
final class TrialLines implements TuningListener {

    private final ProgressLine progress;
    private final TuningRequest request;
    private int trial;

    TrialLines(Terminal terminal, TuningRequest request) {
        this.progress = new ProgressLine(terminal);
        this.request = request;
    }

    @Override
    public void event(TuningEvent event) {
        event.begin().ifPresent(start -> trial = start.number());
        event.sweep().ifPresent(this::draw);
        event.end().ifPresent(ended -> progress.message(line(ended)));
    }

    private void draw(TrialSweep sweep) {
        String text = "sweep " + sweep.number() + "/" + sweep.planned() + "  "
                + request.metric().name() + " " + Words.number(sweep.metric());
        progress.update("trial " + trial, (double) trial / Math.max(trial, request.trials()), text, "");
    }

    private String line(Trial ended) {
        String value = ended.metric().isPresent()
                ? request.metric().name() + " " + Words.number(ended.metric().getAsDouble())
                : ended.message();
        return "trial " + ended.number() + "  " + ended.state() + "  " + value + "  " + settings(ended.set());
    }

    static String settings(Map<String, String> set) {
        return set.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    @Override
    public void log(String line) {
        progress.message(line);
    }

    void end() {
        progress.clear();
    }
}
