package dev.corona.errors;

/**
 * The error that unwinds the stack of a coroutine which is being closed, so that its {@code finally} blocks run. It is
 * thrown by the suspension the coroutine was waiting in, carries no stack trace, and must not be swallowed: code that
 * catches {@link Throwable} rethrows it.
 */
public final class Unwinding extends Error {
    private static final long serialVersionUID = 1L;

    public Unwinding(String what) {
        super(what + " is being closed", null, false, false);
    }
}
