package dev.latent.models;

import java.io.Serial;

/** What the model store refuses, by kind; each kind has the fields that its message is made of. */
public abstract sealed class ModelStoreException extends RuntimeException
        permits NotFoundException,
                AlreadyExistsException,
                ConflictException,
                CorruptException,
                IncompatibleException,
                PreconditionException,
                InvalidNameException {

    @Serial
    private static final long serialVersionUID = 1L;

    ModelStoreException(String message) {
        super(message);
    }

    ModelStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
