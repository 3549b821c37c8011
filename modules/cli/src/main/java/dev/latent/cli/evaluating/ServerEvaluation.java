package dev.latent.cli.evaluating;

import com.google.protobuf.ByteString;
import dev.latent.cli.session.UploadCall;
import dev.latent.cli.terminal.ProgressLine;
import dev.latent.v1.EvaluateModelVersionRequest;
import dev.latent.v1.EvaluateModelVersionResponse;
import dev.latent.v1.EvaluationFile;
import dev.latent.v1.EvaluationOptions;
import dev.latent.v1.ModelServiceGrpc;
import dev.latent.v1.ModelVersionEvaluation;
import io.grpc.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An evaluation on a server: sends the files, and waits while it is measured. Ctrl-C ends it there too. For one use. */
final class ServerEvaluation {

    private static final int CHUNK_BYTES = 256 * 1024;

    private final Channel channel;
    private final ProgressLine progress;
    private final Consumer<String> log;
    private final UploadCall<EvaluateModelVersionRequest, EvaluateModelVersionResponse> call =
            new UploadCall<>(this::tell);

    ServerEvaluation(Channel channel, ProgressLine progress, Consumer<String> log) {
        this.channel = channel;
        this.progress = progress;
        this.log = log;
    }

    private void tell(EvaluateModelVersionResponse response) {
        if (response.hasLogLine()) {
            log.accept(response.getLogLine());
            progress.update("evaluate", -1, response.getLogLine(), "");
        }
    }

    /** Returns what it came to; without a limit it may take any time. */
    ModelVersionEvaluation evaluate(
            EvaluationOptions options, Map<EvaluationFile, Path> files, Optional<Duration> limit)
            throws IOException, InterruptedException {
        ModelServiceGrpc.ModelServiceStub stub = ModelServiceGrpc.newStub(channel);
        limit.map(time -> stub.withDeadlineAfter(time.toMillis(), TimeUnit.MILLISECONDS))
                .orElse(stub)
                .evaluateModelVersion(call);
        try {
            call.put(
                    EvaluateModelVersionRequest.newBuilder().setOptions(options).build());
            for (Map.Entry<EvaluationFile, Path> file : files.entrySet()) {
                send(file.getKey(), file.getValue());
            }
        } catch (IOException e) {
            call.cancel("A file could not be read", e);
            throw e;
        }
        call.complete();
        return call.await().getEvaluation();
    }

    private void send(EvaluationFile header, Path file) throws IOException, InterruptedException {
        call.put(EvaluateModelVersionRequest.newBuilder().setFile(header).build());
        byte[] buffer = new byte[CHUNK_BYTES];
        try (InputStream bytes = Files.newInputStream(file)) {
            for (int count = bytes.readNBytes(buffer, 0, CHUNK_BYTES);
                    count > 0 && !call.isOver();
                    count = bytes.readNBytes(buffer, 0, CHUNK_BYTES)) {
                call.put(EvaluateModelVersionRequest.newBuilder()
                        .setChunk(ByteString.copyFrom(buffer, 0, count))
                        .build());
            }
        }
    }
}
