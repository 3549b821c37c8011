package dev.latent.training.tuning;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A search as one HTML page that needs nothing else: the best setting trained once more, what was tried, the metric and the
 * parts of the loss after each sweep. What colours tell is told by line styles, marks and the table as well.
 */
public final class TuningReport {

    private static final int WIDE = 940;
    private static final int NARROW = 460;

    private final TuningResult result;
    private final TrialStyles styles;
    private final StringBuilder page = new StringBuilder();

    private TuningReport(TuningResult result) {
        this.result = result;
        styles = new TrialStyles(result);
    }

    /**
     * Writes a search.
     *
     * @param result to show
     * @return the page
     */
    public static String html(TuningResult result) {
        return new TuningReport(result).write();
    }

    private String write() {
        String title = "Tuning of " + result.facts().getOrDefault("algorithm", "")
                + result.facts().entrySet().stream()
                        .filter(fact -> fact.getKey().equals("title"))
                        .map(fact -> ": " + fact.getValue())
                        .findFirst()
                        .orElse("");
        page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(Markup.escape(title))
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(Markup.escape(title))
                .append("</h1>\n");
        best();
        parallel();
        sweeps();
        losses();
        trials();
        facts();
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private static String style() {
        try (InputStream file = TuningReport.class.getResourceAsStream("report.css")) {
            if (file == null) {
                throw new IllegalStateException("report.css is missing from the jar of " + TuningReport.class);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void best() {
        FinalRun finish = result.finish();
        long failed = count(Trial.State.FAILED);
        page.append("<p class=\"lead\">Best of ")
                .append(result.trials().size())
                .append(" trials (")
                .append(count(Trial.State.COMPLETE))
                .append(" complete, ")
                .append(count(Trial.State.PRUNED))
                .append(" ended early")
                .append(failed == 0 ? "" : ", " + failed + " failed")
                .append("): trial ")
                .append(result.best().number())
                .append(" with ")
                .append(Markup.escape(result.metric().name()))
                .append(" <strong>")
                .append(Markup.number(result.best().metric().orElseThrow()))
                .append("</strong>")
                .append(gain())
                .append("</p>\n<pre>");
        finish.set()
                .forEach((name, value) -> page.append("--set ")
                        .append(Markup.escape(name + "=" + value))
                        .append('\n'));
        page.append("</pre>\n<section>\n<h2>The best setting trained once more</h2>\n<p>")
                .append(Markup.escape(finish.protocol()))
                .append(", ")
                .append(finish.users())
                .append(" users, ")
                .append(Markup.number(finish.seconds()))
                .append(" s. The settings were chosen by this very part, so expect a little less on new data.</p>\n");
        measures(finish);
        page.append("</section>\n");
    }

    private String gain() {
        Trial first = result.trials().getFirst();
        return first.metric().isEmpty() || styles.isBest(first)
                ? ""
                : " (the defaults: " + Markup.number(first.metric().getAsDouble()) + ")";
    }

    private long count(Trial.State state) {
        return result.trials().stream().filter(trial -> trial.state() == state).count();
    }

    private void measures(FinalRun finish) {
        page.append(
                "<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">measure</th><th scope=\"col\">this</th>");
        finish.baselines()
                .keySet()
                .forEach(name -> page.append("<th scope=\"col\">")
                        .append(Markup.escape(name))
                        .append("</th>"));
        page.append("</tr></thead>\n<tbody>\n");
        finish.metrics().forEach((name, value) -> {
            page.append("<tr><th scope=\"row\">").append(Markup.escape(name)).append("</th>");
            page.append("<td>").append(Markup.number(value)).append("</td>");
            for (Map<String, Double> baseline : finish.baselines().values()) {
                Double other = baseline.get(name);
                page.append("<td>")
                        .append(other == null ? "" : Markup.number(other))
                        .append("</td>");
            }
            page.append("</tr>\n");
        });
        page.append("</tbody></table></div>\n");
    }

    private void parallel() {
        page.append("<section>\n<h2>What was tried</h2>\n<p>One line a trial. ")
                .append(LEGEND)
                .append("</p>\n<figure>");
        page.append(new ParallelCoordinates(result, styles).draw()).append("</figure>\n</section>\n");
    }

    private static final String LEGEND = "<span class=\"key\">worst "
            + "<i class=\"s0\"></i><i class=\"s1\"></i><i class=\"s2\"></i><i class=\"s3\"></i><i class=\"s4\"></i>"
            + "<i class=\"s5\"></i> better, <i class=\"b\"></i> best (thick); ended early: dashed; failed: dotted.</span>";

    private void sweeps() {
        page.append("<section>\n<h2>")
                .append(Markup.escape(result.metric().name()))
                .append(" of the validation part</h2>\n<figure>")
                .append(new SweepChart(result, styles, WIDE, 300)
                        .draw(result.metric().name(), TrialSweep::metric))
                .append("</figure>\n</section>\n");
    }

    private void losses() {
        Set<String> parts = new LinkedHashSet<>();
        result.trials()
                .forEach(trial -> trial.sweeps()
                        .forEach(sweep -> parts.addAll(sweep.loss().keySet())));
        if (parts.isEmpty()) {
            return;
        }
        page.append(
                        "<section>\n<h2>Parts of the loss</h2>\n<p>Losses of different settings do not compare; their shapes do. ")
                .append(parts.contains("unobserved") ? "The unobserved part should not dominate the observed one." : "")
                .append("</p>\n<div class=\"panels\">\n");
        SweepChart chart = new SweepChart(result, styles, NARROW, 250);
        for (String part : parts) {
            page.append("<figure><figcaption>")
                    .append(Markup.escape(partName(part)))
                    .append("</figcaption>")
                    .append(chart.draw(part, sweep -> sweep.loss().getOrDefault(part, Double.NaN)))
                    .append("</figure>\n");
        }
        page.append("</div>\n</section>\n");
    }

    private static String partName(String part) {
        return switch (part) {
            case "observed" -> "L_S, observed";
            case "unobserved" -> "L_I, unobserved";
            case "regularization" -> "R, regularization";
            default -> part;
        };
    }

    private void trials() {
        List<String> names = new ArrayList<>(result.trials().getFirst().set().keySet());
        page.append("<section>\n<h2>Trials</h2>\n<div class=\"scroll\"><table>\n<thead><tr>");
        List<String> heads =
                new ArrayList<>(List.of("trial", "state", result.metric().name(), "sweeps", "seconds"));
        heads.addAll(names);
        heads.forEach(name ->
                page.append("<th scope=\"col\">").append(Markup.escape(name)).append("</th>"));
        page.append("</tr></thead>\n<tbody>\n");
        for (Trial trial : result.trials()) {
            row(trial, names);
        }
        page.append("</tbody></table></div>\n</section>\n");
    }

    private void row(Trial trial, List<String> names) {
        boolean best = styles.isBest(trial);
        page.append(best ? "<tr class=\"best\">" : "<tr>")
                .append("<th scope=\"row\">")
                .append(trial.number())
                .append(best ? " ★ best" : "")
                .append("</th><td class=\"text\">")
                .append(trial.state().name().toLowerCase(Locale.ROOT))
                .append(trial.message().isEmpty() ? "" : "<br>" + Markup.escape(trial.message()))
                .append("</td><td>")
                .append(
                        trial.metric().isPresent()
                                ? Markup.number(trial.metric().getAsDouble())
                                : "")
                .append("</td><td>")
                .append(trial.sweeps().size())
                .append("</td><td>")
                .append(Markup.number(trial.seconds()))
                .append("</td>");
        names.forEach(name -> page.append("<td>")
                .append(Markup.escape(trial.set().getOrDefault(name, "")))
                .append("</td>"));
        page.append("</tr>\n");
    }

    private void facts() {
        page.append("<section>\n<h2>How it was searched</h2>\n<dl>\n");
        result.facts()
                .forEach((name, value) -> page.append("<dt>")
                        .append(Markup.escape(name))
                        .append("</dt><dd>")
                        .append(Markup.escape(value))
                        .append("</dd>\n"));
        page.append(
                        "</dl>\n<p>Proposals by a tree-structured Parzen estimator (Bergstra et al. 2011), trials ended early by")
                .append(" asynchronous successive halving over sweeps (Li et al. 2020).</p>\n</section>\n");
    }
}
