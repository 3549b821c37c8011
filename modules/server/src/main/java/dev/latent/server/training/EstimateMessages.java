package dev.latent.server.training;

import dev.latent.v1.RunEstimate;

/** Translates estimates into the contract. */
final class EstimateMessages {

    private EstimateMessages() {}

    static RunEstimate estimate(dev.latent.training.RunEstimate estimate) {
        RunEstimate.Builder message = RunEstimate.newBuilder()
                .setUsers(estimate.shape().users())
                .setItems(estimate.shape().items())
                .setInteractions(estimate.shape().interactions())
                .setLongestUserRow(estimate.shape().longestUserRow())
                .setLongestItemRow(estimate.shape().longestItemRow())
                .setSnapshotBytes(estimate.snapshotBytes())
                .setHeapBytes(estimate.heapBytes())
                .setNativeBytes(estimate.nativeBytes())
                .setTotalBytes(estimate.totalBytes())
                .setSweeps(estimate.sweeps())
                .setHeapLimitBytes(estimate.capacity().heapBytes())
                .setMemoryLimitBytes(estimate.capacity().totalBytes())
                .setMemoryLimitSource(estimate.capacity().source())
                .setFits(estimate.fits())
                .setProblem(estimate.problem())
                .setNote(estimate.note());
        if (estimate.trainingSeconds() > 0) {
            message.setSweepTime(RunMessages.duration(estimate.secondsPerSweep()))
                    .setTrainingTime(RunMessages.duration(estimate.trainingSeconds()));
        }
        return message.build();
    }
}
