package dev.latent.cli.session;

import io.grpc.StatusRuntimeException;
import java.time.Duration;

/** A failed call, with whom it was made to. */
final class CallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient StatusRuntimeException failure;
    private final String address;
    private final Duration timeout;

    CallException(StatusRuntimeException failure, String address, Duration timeout) {
        super(failure);
        this.failure = failure;
        this.address = address;
        this.timeout = timeout;
    }

    StatusRuntimeException failure() {
        return failure;
    }

    String address() {
        return address;
    }

    Duration timeout() {
        return timeout;
    }
}
