package dev.corona.async;

import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Loops under virtual time, and tasks without a result, for tests. */
public final class Virtual {
    /** A task's body without a result. */
    @FunctionalInterface
    public interface Body {
        void run() throws Exception;
    }

    private Virtual() {}

    /** Runs a loop; answers the virtual time that has gone by. */
    public static Duration run(Body body) {
        LoopClock clock = LoopClock.virtual();
        Corona.run(clock, callable(body));
        return clock.elapsed();
    }

    public static <T> T call(Callable<T> body) {
        return Corona.run(LoopClock.virtual(), body);
    }

    /** What running a loop with that main task throws; null if nothing. */
    public static Throwable failureOf(Body body) {
        return catchThrowable(() -> run(body));
    }

    public static Task<Object> spawn(String name, Body body) {
        return Corona.spawn(name, callable(body));
    }

    public static Callable<Object> callable(Body body) {
        return () -> {
            body.run();
            return "";
        };
    }

    /** What {@code body} throws where it runs, in a form that may be woven; null if nothing. */
    public static Exception thrownBy(Body body) {
        try {
            body.run();
            return null;
        } catch (Exception thrown) {
            return thrown;
        }
    }

    public static void sleepSeconds(long seconds) {
        Corona.sleep(Duration.ofSeconds(seconds));
    }
}
