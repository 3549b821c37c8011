package dev.latent.server.models;

import dev.latent.interactions.InteractionFile.Layout;
import dev.latent.models.ModelStore;
import dev.latent.models.VersionEvaluation;
import dev.latent.server.errors.ApiException;
import dev.latent.server.errors.FieldChecks;
import dev.latent.server.uploads.Upload;
import dev.latent.training.evaluations.EvaluationFailedException;
import dev.latent.training.evaluations.EvaluationFailedException.Reason;
import dev.latent.training.evaluations.EvaluationFollower;
import dev.latent.training.evaluations.EvaluationService;
import dev.latent.v1.EvaluateModelVersionRequest;
import dev.latent.v1.EvaluateModelVersionResponse;
import dev.latent.v1.EvaluationFile;
import dev.latent.v1.EvaluationFile.Content;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call to evaluate a version: takes its parts, starts the evaluation when all are there, and hands on what it tells.
 * When the client has gone or its deadline is over, the evaluation ends. What it throws ends the call.
 */
final class EvaluationStream implements StreamObserver<EvaluateModelVersionRequest>, EvaluationFollower {

    private static final Logger LOG = LoggerFactory.getLogger(EvaluationStream.class);

    private final ModelStore models;
    private final EvaluationService evaluations;
    private final Upload upload;
    private final ServerCallStreamObserver<EvaluateModelVersionResponse> responses;
    private final List<EvaluationFile> headers = new ArrayList<>();
    private volatile List<Path> files = List.of();
    private @Nullable EvaluationOrder order;
    private EvaluationService.@Nullable Ongoing ongoing; // guarded by this
    private boolean over; // guarded by this

    private EvaluationStream(
            ModelStore models,
            EvaluationService evaluations,
            Upload upload,
            ServerCallStreamObserver<EvaluateModelVersionResponse> responses) {
        this.models = models;
        this.evaluations = evaluations;
        this.upload = upload;
        this.responses = responses;
    }

    /** Begins to listen; must be called before the call's method returns. */
    static EvaluationStream open(
            ModelStore models,
            EvaluationService evaluations,
            Upload upload,
            ServerCallStreamObserver<EvaluateModelVersionResponse> responses) {
        EvaluationStream stream = new EvaluationStream(models, evaluations, upload, responses);
        responses.setOnCancelHandler(stream::cancel);
        responses.setOnCloseHandler(stream::cancel);
        return stream;
    }

    @Override
    public void onNext(EvaluateModelVersionRequest part) {
        boolean taken = false;
        try {
            take(part);
            taken = true;
        } catch (IOException e) {
            throw new UncheckedIOException("The upload cannot be stored", e);
        } finally {
            if (!taken) {
                discard();
            }
        }
    }

    private void take(EvaluateModelVersionRequest part) throws IOException {
        switch (part.getPartCase()) {
            case OPTIONS -> {
                if (order != null) {
                    throw ApiException.invalid("options", "come for the second time, expected once, first of all");
                }
                order = EvaluationOrder.of(part.getOptions(), models, evaluations.threads());
            }
            case FILE -> start(part.getFile());
            case CHUNK -> upload.write(part.getChunk());
            case PART_NOT_SET -> throw ApiException.invalid("part", "is missing, expected options, file or chunk");
        }
    }

    private EvaluationOrder getOrder() {
        return Optional.ofNullable(order)
                .orElseThrow(() -> ApiException.invalid("options", "are missing, expected first of all"));
    }

    private void start(EvaluationFile file) throws IOException {
        Content content = file.getContent();
        new FieldChecks()
                .require(getOrder().takesFiles(), "file", "comes with a protocol that takes none, expected 'given'")
                .require(
                        content == Content.CONTENT_TEST || content == Content.CONTENT_NEGATIVES,
                        "file.content",
                        "is not known, expected CONTENT_TEST or CONTENT_NEGATIVES")
                .require(
                        headers.stream().noneMatch(before -> before.getContent() == content),
                        "file.content",
                        "is " + content + " for the second time, expected each once")
                .check();
        upload.start(word(content));
        headers.add(file);
    }

    /** What errors call a file. */
    private static String word(Content content) {
        return content == Content.CONTENT_TEST ? "test" : "negatives";
    }

    @Override
    public void onCompleted() {
        boolean begun = false;
        try {
            EvaluationOrder given = getOrder();
            files = upload.finish();
            Optional<Path> test = file(Content.CONTENT_TEST);
            Optional<Path> negatives = file(Content.CONTENT_NEGATIVES);
            new FieldChecks()
                    .require(
                            test.isPresent() || (negatives.isEmpty() && !given.needsFiles()),
                            "file",
                            "is missing, expected a test for protocol 'given'")
                    .check();
            begin(evaluations.start(given.spec(test, negatives, layout()), this));
            begun = true;
        } catch (IOException e) {
            throw new UncheckedIOException("The upload cannot be stored", e);
        } catch (EvaluationFailedException e) {
            throw explained(e);
        } finally {
            if (!begun) {
                discard();
            }
        }
    }

    private Optional<Path> file(Content content) {
        for (int number = 0; number < files.size(); number++) {
            if (headers.get(number).getContent() == content) {
                return Optional.of(files.get(number));
            }
        }
        return Optional.empty();
    }

    private Layout layout() {
        return headers.stream()
                .filter(header -> header.getContent() == Content.CONTENT_TEST)
                .findFirst()
                .map(header -> switch (header.getLayout()) {
                    case LAYOUT_UNSPECIFIED -> Layout.DETECT;
                    case LAYOUT_TABLE -> Layout.TABLE;
                    case LAYOUT_LISTS -> Layout.LISTS;
                    case UNRECOGNIZED ->
                        throw ApiException.invalid(
                                "file.layout", "is not known, expected LAYOUT_TABLE, LAYOUT_LISTS or none");
                })
                .orElse(Layout.DETECT);
    }

    private void begin(EvaluationService.Ongoing started) {
        boolean late;
        synchronized (this) {
            ongoing = started;
            late = over;
        }
        if (late) {
            started.cancel();
        }
    }

    private void cancel() {
        EvaluationService.Ongoing working;
        synchronized (this) {
            over = true;
            working = ongoing;
        }
        if (working == null) {
            discard();
        } else {
            working.cancel(); // who tells its end discards what was uploaded
        }
    }

    @Override
    public synchronized void log(String line) {
        if (!over && responses.isReady()) { // a client that reads slowly misses lines
            responses.onNext(
                    EvaluateModelVersionResponse.newBuilder().setLogLine(line).build());
        }
    }

    @Override
    public void done(VersionEvaluation evaluation) {
        discard();
        synchronized (this) {
            if (!over) {
                over = true;
                responses.onNext(EvaluateModelVersionResponse.newBuilder()
                        .setEvaluation(EvaluationMessages.evaluation(evaluation))
                        .build());
                responses.onCompleted();
            }
        }
    }

    @Override
    public void failed(RuntimeException cause) {
        RuntimeException told = cause instanceof EvaluationFailedException failure ? explained(failure) : cause;
        discard();
        synchronized (this) {
            if (!over) {
                over = true;
                responses.onError(told);
            }
        }
    }

    /** Names fields at fault, and files as the client knows them. */
    private RuntimeException explained(EvaluationFailedException failure) {
        if (failure.reason() != Reason.REQUEST) {
            return failure;
        }
        String message = String.valueOf(failure.getMessage());
        for (Path file : files) {
            message = message.replace(file.toString(), String.valueOf(file.getFileName()));
        }
        return ApiException.invalid(headers.isEmpty() ? "options" : "file", "is refused: " + message);
    }

    @Override
    public void onError(Throwable cause) {
        cancel();
    }

    private void discard() {
        try {
            upload.close();
        } catch (IOException e) {
            LOG.warn("An upload could not be removed and will be when the server starts next: {}", e.toString());
        }
    }
}
