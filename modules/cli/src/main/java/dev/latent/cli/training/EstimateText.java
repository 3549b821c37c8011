package dev.latent.cli.training;

import com.google.protobuf.Duration;
import dev.latent.cli.terminal.Json;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Words;
import dev.latent.v1.RunEstimate;
import java.util.Map;

/** Estimates of runs in words. */
final class EstimateText {

    private static final double NANOS = 1e9;

    private EstimateText() {}

    static Table table(RunEstimate estimate) {
        return Table.of("FIELD", ">VALUE")
                .row("users", estimate.getUsers())
                .row("items", estimate.getItems())
                .row("interactions", estimate.getInteractions())
                .row("snapshot", Words.size(estimate.getSnapshotBytes()))
                .row("heap", Words.size(estimate.getHeapBytes()))
                .row("native", Words.size(estimate.getNativeBytes()))
                .row("total", Words.size(estimate.getTotalBytes()))
                .row("heap limit", Words.size(estimate.getHeapLimitBytes()))
                .row("memory limit", Words.size(estimate.getMemoryLimitBytes()))
                .row("sweeps", estimate.getSweeps() == 0 ? "unknown" : Integer.toString(estimate.getSweeps()))
                .row("time of a sweep", time(estimate.hasSweepTime(), estimate.getSweepTime()))
                .row("time of training", time(estimate.hasTrainingTime(), estimate.getTrainingTime()))
                .row("fits", estimate.getFits() ? "yes" : "no");
    }

    private static String time(boolean known, Duration time) {
        return known ? Words.number(seconds(time)) + " s" : "unknown";
    }

    private static double seconds(Duration time) {
        return time.getSeconds() + time.getNanos() / NANOS;
    }

    static Map<String, Object> json(RunEstimate estimate) {
        return Json.object(
                "users", estimate.getUsers(),
                "items", estimate.getItems(),
                "interactions", estimate.getInteractions(),
                "longest_user_row", estimate.getLongestUserRow(),
                "longest_item_row", estimate.getLongestItemRow(),
                "snapshot_bytes", estimate.getSnapshotBytes(),
                "heap_bytes", estimate.getHeapBytes(),
                "native_bytes", estimate.getNativeBytes(),
                "total_bytes", estimate.getTotalBytes(),
                "heap_limit_bytes", estimate.getHeapLimitBytes(),
                "memory_limit_bytes", estimate.getMemoryLimitBytes(),
                "memory_limit_source", estimate.getMemoryLimitSource(),
                "sweeps", estimate.getSweeps(),
                "seconds_per_sweep", seconds(estimate.getSweepTime()),
                "training_seconds", seconds(estimate.getTrainingTime()),
                "fits", estimate.getFits(),
                "problem", estimate.getProblem(),
                "note", estimate.getNote());
    }
}
