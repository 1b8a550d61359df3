package dev.corona.js.graal;

import com.oracle.truffle.js.runtime.JSAgent;
import com.oracle.truffle.js.runtime.JSRealm;
import com.oracle.truffle.js.runtime.objects.AsyncContext;

import java.util.concurrent.Callable;

/** The asynchronous context of JavaScript (what AsyncLocalStorage reads), kept apart between coroutines. */
public final class AsyncContexts {
    private AsyncContexts() {}

    /** The context of the running coroutine; opaque to everybody else. */
    public static Object current() {
        return agent().getAsyncContextMapping();
    }

    /** Runs {@code wait}, which may suspend the coroutine, and restores the coroutine's context after it. */
    public static <T> T keep(Callable<T> wait) throws Exception {
        JSAgent agent = agent();
        AsyncContext own = agent.getAsyncContextMapping();
        try {
            return wait.call();
        } finally {
            agent.asyncContextSwap(own);
        }
    }

    /** Makes {@code context} that of the running coroutine. */
    public static void enter(Object context) {
        agent().asyncContextSwap((AsyncContext) context);
    }

    private static JSAgent agent() {
        return JSRealm.get(null).getAgent();
    }
}
