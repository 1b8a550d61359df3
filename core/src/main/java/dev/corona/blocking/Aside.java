package dev.corona.blocking;

import dev.corona.async.Task;
import dev.corona.errors.LoopException;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engines;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Callable;

/** The body of a continuation with a thread of its own, and its result. Not woven: a woven task cannot be left through it. */
final class Aside<T extends @Nullable Object> implements Runnable {
    private final Callable<? extends T> body;
    private @Nullable T result;

    private Aside(Callable<? extends T> body) {
        this.body = body;
    }

    /** {@link Blocking#call}. */
    static <T extends @Nullable Object> T call(Callable<? extends T> body) throws Exception {
        Continuation caller = Continuation.current();
        if (caller == null || Task.currentOrNull() == null)
            throw new LoopException.NotInTask("code that may hold a monitor");
        if (caller.engine().traits().ownThread()) return body.call();
        Aside<T> aside = new Aside<>(body);
        Engines.threads().create("blocking call", aside).resume();
        return aside.result();
    }

    @Override
    public void run() {
        try {
            result = body.call();
        } catch (Exception e) {
            throw Aside.<RuntimeException>sneak(e);
        }
    }

    @SuppressWarnings("NullAway") // as nullable as T itself when the body has ended
    private T result() {
        return result;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> RuntimeException sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
