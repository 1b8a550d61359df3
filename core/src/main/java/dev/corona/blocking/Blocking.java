package dev.corona.blocking;

import dev.corona.errors.CoroutineStateException;
import dev.corona.errors.LoopException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Runs code in a task that was not written for one. */
public final class Blocking {
    /** A read or a write. */
    @FunctionalInterface
    interface Transfer {
        int run() throws IOException;
    }

    private Blocking() {}

    /**
     * Runs {@code body} as a part of the calling task, on a stack on which it may wait with monitors held: code such as
     * {@code new BufferedReader(new InputStreamReader(stream))}, whose JDK classes read inside {@code synchronized}. Waits in it
     * suspend the task and nothing else; its loop runs other tasks meanwhile, and never one at the same time.
     *
     * <p>The body runs on a virtual thread of its own, so thread-locals are not the caller's, and a call costs some microseconds, as
     * does each wait. A monitor that it holds while it waits must be its own: another task of the loop that wants it blocks
     * the loop.
     *
     * <p><b>Errors</b> of the body come out of this call. A woven task cannot be suspended here; one that nothing else makes woven
     * is not woven by this call.
     *
     * @throws LoopException.NotInTask outside of a task
     */
    public static <T extends @Nullable Object> T call(Callable<? extends T> body) throws Exception {
        return Aside.call(body);
    }

    /**
     * Runs truly blocking code elsewhere and suspends the calling task until it has ended; see {@link Offload}, whose
     * {@linkplain Offload#common() common one} this uses.
     */
    public static <T extends @Nullable Object> T offload(Callable<? extends T> body) {
        return Offload.common().call(body);
    }

    /** Runs {@code transfer}; a monitor that is held across its wait is an error that says what to do instead. */
    static int namingMonitors(Object what, Transfer transfer) throws IOException {
        try {
            return transfer.run();
        } catch (CoroutineStateException.MonitorHeld held) {
            throw new CoroutineStateException.MonitorHeld(what.toString(), held);
        }
    }
}
