package dev.corona.js.graal;

import com.oracle.truffle.api.Truffle;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps Truffle's compiler from starting up while a program does.
 *
 * <p>As soon as the first function of JavaScript exists, Truffle initializes its compiler in the background: thousands of
 * classes, of which a short script uses none, on a processor that the script's own start could use. The initialization takes the
 * monitor of Truffle's runtime, and nothing else does once that runs; so the thread that creates the context holds the monitor
 * until the program is under way. What is to be compiled waits in the compiler's queue meanwhile.
 *
 * <p>Each wait is bounded: a program that fails to start, or never leaves its first step, is compiled a little later.
 */
public final class CompilerDelay {
    /** The longest time between the context and the program's first step. */
    private static final Duration BOOT_LIMIT = Duration.ofSeconds(5);

    /** So long the program's first step may last before it is worth compiling. */
    private static final Duration STEP_LIMIT = Duration.ofMillis(300);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch underWay = new CountDownLatch(1);

    /** Runs {@code create}, and returns when the program is under way or time is over; on a thread of its own. */
    public void during(Runnable create) {
        Object runtime = runtime();
        if (runtime == null) {
            create.run();
            return;
        }
        synchronized (runtime) {
            create.run();
            try {
                if (begun.await(BOOT_LIMIT.toNanos(), TimeUnit.NANOSECONDS))
                    underWay.await(STEP_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Truffle's runtime; null if it cannot start: whoever creates the context is told why. */
    private static @Nullable Object runtime() {
        try {
            return Truffle.getRuntime();
        } catch (RuntimeException | Error unavailable) {
            return null;
        }
    }

    /** The program's first step begins. */
    public void begin() {
        begun.countDown();
    }

    /** The program's first step is over, or there is no program to wait for. */
    public void end() {
        underWay.countDown();
        begun.countDown();
    }
}
