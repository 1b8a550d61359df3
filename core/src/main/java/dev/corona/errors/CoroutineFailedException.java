package dev.corona.errors;

/**
 * The body of a coroutine ended with an error that cannot reach its receiver as it is: a checked exception that left a
 * coexpression or a generator, or any error that left a member of a ring. The message names the coroutine; the cause is
 * the error, with the body's stack. The stack of this exception is the receiver's.
 */
public final class CoroutineFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CoroutineFailedException(String what, Throwable cause) {
        super("%s failed: %s".formatted(what, cause), cause);
    }
}
