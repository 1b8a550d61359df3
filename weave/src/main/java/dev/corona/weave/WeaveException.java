package dev.corona.weave;

/** Class files could not be woven; the message says which, why, and what to do. */
public final class WeaveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WeaveException(String message) {
        super(message);
    }

    WeaveException(String message, Throwable cause) {
        super(message, cause);
    }
}
