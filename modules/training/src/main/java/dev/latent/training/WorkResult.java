package dev.latent.training;

import dev.latent.evaluation.HoldoutReport;
import dev.latent.spi.Task;
import java.util.Optional;

/**
 * What the work of a run came to; the version lies at its destination.
 *
 * @param task what the model predicts
 * @param snapshotFingerprint of what it was trained on
 * @param sweeps of the published model
 * @param refit whether the published model was trained on everything after the measurement
 * @param seconds from start to end
 * @param peakBytes most memory that the process had at a time, its part of the snapshot included; 0 when not known
 * @param holdout what was measured
 */
record WorkResult(
        Task task,
        String snapshotFingerprint,
        int sweeps,
        boolean refit,
        double seconds,
        long peakBytes,
        Optional<HoldoutReport> holdout) {}
