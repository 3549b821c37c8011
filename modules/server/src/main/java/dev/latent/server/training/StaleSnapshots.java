package dev.latent.server.training;

import dev.latent.server.datasets.DatasetChanges;
import dev.latent.training.TrainingService;
import jakarta.inject.Inject;

/**
 * Deletes the snapshots of earlier runs once what they copied was deleted or replaced. New interactions alone do not hurry:
 * the next run clears away.
 */
final class StaleSnapshots implements DatasetChanges.Listener {

    private final TrainingService runs;

    @Inject
    StaleSnapshots(TrainingService runs, DatasetChanges changes) {
        this.runs = runs;
        changes.addListener(this);
    }

    @Override
    public void userChanged(String dataset, String userId) {}

    @Override
    public void userDeleted(String dataset, String userId) {
        runs.pruneSnapshots();
    }

    @Override
    public void itemsChanged(String dataset) {}

    @Override
    public void datasetChanged(String dataset) {
        runs.pruneSnapshots();
    }
}
