package dev.corona.js.host;

import dev.corona.errors.LoopException;
import dev.corona.js.graal.AsyncContexts;

import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/**
 * The way from Java into JavaScript's terms: runs work on behalf of a script so that a Java error arrives as a JavaScript
 * error with a name, a message and, where Node has one, a code. For the loop's thread.
 */
public final class Guest {
    private final Value makeError;

    /** @param makeError a function of (name, message, code) that returns a new error */
    public Guest(Value makeError) {
        this.makeError = makeError;
    }

    /** The function of (name, message, code) that makes errors. */
    public Value makeError() {
        return makeError;
    }

    /** Runs work that does not wait. */
    public <T> T call(Callable<T> work) {
        try {
            return work.call();
        } catch (Exception | StackOverflowError e) {
            throw toGuest(e);
        }
    }

    /** Runs work that may suspend the coroutine; its asynchronous context is the same afterwards. */
    public <T> T await(Callable<T> work) {
        try {
            return AsyncContexts.keep(work);
        } catch (Exception | StackOverflowError e) {
            throw toGuest(e);
        }
    }

    /** A new JavaScript error, ready to be thrown. */
    public RuntimeException error(String name, String message, @Nullable String code) {
        return errorValue(name, message, code).throwException();
    }

    /** A new JavaScript error as a value. */
    public Value errorValue(String name, String message, @Nullable String code) {
        return makeError.execute(name, message, code);
    }

    /** {@code error} as JavaScript sees it when it is thrown. */
    public RuntimeException toGuest(Throwable error) {
        return switch (error) {
            case PolyglotException e -> e;
            case CompletionException e when e.getCause() != null -> toGuest(e.getCause());
            default -> errorOf(error).throwException();
        };
    }

    /** The value that a script has thrown, which need not be an error; null if none did. */
    public @Nullable Value thrown(Throwable error) {
        return error instanceof PolyglotException e && e.isGuestException() ? thrownValue(e) : null;
    }

    private Value thrownValue(PolyglotException error) {
        ProxyExecutable thrower =
                arguments -> {
                    throw error;
                };
        return makeError.getMember("thrownBy").execute(thrower);
    }

    /** {@code error} as a JavaScript value. */
    public Value errorOf(Throwable error) {
        if (error instanceof PolyglotException e && e.isGuestException()) return thrownValue(e);
        String message =
                error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        return switch (error) {
            case LoopException.WouldBlock e ->
                    errorValue("WouldBlockError", message, "EWOULDBLOCK");
            case CancellationException e -> errorValue("CancelledError", message, "ECANCELED");
            case NoSuchFileException e ->
                    errorValue("Error", "no such file or directory: " + message, "ENOENT");
            case IllegalArgumentException e -> errorValue("TypeError", message, null);
            case StackOverflowError e ->
                    errorValue("RangeError", "Maximum call stack size exceeded", null);
            case dev.corona.io.IoException e -> errorValue("Error", message, ErrorCodes.of(e));
            case java.io.IOException e -> errorValue("Error", message, "EIO");
            default -> errorValue("Error", message, null);
        };
    }
}
