package dev.latent.server.config;

import dev.latent.interactions.InteractionStore;
import dev.latent.server.grpc.GrpcOptions;
import dev.latent.server.home.Home;
import dev.latent.server.serving.ServingOptions;
import dev.latent.server.uploads.UploadOptions;
import dev.latent.training.TrainingOptions;
import dev.latent.training.TrainingOptions.ChildProcess;
import java.time.Clock;
import java.util.List;

/** Makes each feature's options from what was configured. */
public final class FeatureOptions {

    private FeatureOptions() {}

    static GrpcOptions grpc(ServerConfig config) {
        LimitsConfig limits = config.limits();
        return new GrpcOptions(
                config.grpc().host(),
                config.grpc().port(),
                config.grpc().threads(),
                config.grpc().stopGrace().duration(),
                new GrpcOptions.Limits(
                        limits.servingMessage().toInt(),
                        limits.message().toInt(),
                        limits.metadata().toInt(),
                        limits.callsPerConnection(),
                        limits.resets(),
                        limits.connectionIdle().duration(),
                        limits.connectionAge().duration()));
    }

    static UploadOptions uploads(ServerConfig config, Home home) {
        return new UploadOptions(
                home.uploads(),
                config.interactions().importLimit().bytes(),
                config.interactions().importFiles());
    }

    static ServingOptions serving(ServerConfig config) {
        return new ServingOptions(
                config.serving().cachedUsers(),
                config.serving().warmUp().duration(),
                config.serving().inlineCost());
    }

    /** How the interaction store uses the machine. */
    public static InteractionStore.Options interactions(ServerConfig config, Clock clock) {
        return new InteractionStore.Options(
                config.interactions().cache().bytes(),
                config.interactions().writeBuffer().bytes(),
                clock);
    }

    /** How runs are carried out. */
    public static TrainingOptions training(ServerConfig config) {
        TrainingConfig training = config.training();
        ChildProcess like = ChildProcess.likeThis();
        TrainingOptions options = TrainingOptions.defaults()
                .withConcurrency(training.concurrency())
                .withQueueLimit(training.queue())
                .withKeptRuns(training.keep())
                .withSnapshotBytes(training.snapshots().bytes())
                .withProcess(new ChildProcess(
                        training.java().orElse(like.java()),
                        like.classPath(),
                        training.heap().map(ByteSize::bytes).orElse(like.heapBytes()),
                        training.jvmArguments().orElse(List.of())));
        if (training.threads().isPresent()) {
            options = options.withThreads(training.threads().get());
        }
        if (training.memory().isPresent()) {
            options = options.withMemoryBytes(training.memory().get().bytes());
        }
        return training.timeLimit().isPresent()
                ? options.withTimeLimit(training.timeLimit().get().duration())
                : options;
    }
}
