package dev.corona.channels;

import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corona.async.Corona;
import dev.corona.async.LoopClock;
import dev.corona.async.Task;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Loops under virtual time, and tasks without a result, for tests. */
final class Virtual {
    /** A task's body without a result. */
    @FunctionalInterface
    interface Body {
        void run() throws Exception;
    }

    private Virtual() {}

    /** Runs a loop; answers the virtual time that has gone by. */
    static Duration run(Body body) {
        LoopClock clock = LoopClock.virtual();
        Corona.run(clock, callable(body));
        return clock.elapsed();
    }

    /** What running a loop with that main task throws; null if nothing. */
    static Throwable failureOf(Body body) {
        return catchThrowable(() -> run(body));
    }

    static Task<Object> spawn(String name, Body body) {
        return Corona.spawn(name, callable(body));
    }

    static Callable<Object> callable(Body body) {
        return () -> {
            body.run();
            return "";
        };
    }

    static void sleepSeconds(long seconds) {
        Corona.sleep(Duration.ofSeconds(seconds));
    }
}
