package dev.corona.testkit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test that is the main task of an event loop of its own, so that it may await, sleep and spawn. Time is virtual unless
 * {@link #time()} says otherwise: hours of sleep take no time, and the test goes the same way each time.
 *
 * <p>The test fails as any other does, and also if a task that it spawned is still alive when it returns, and if a task ended by an
 * error that nobody asked for. It may have parameters of the types {@link Steps}, whose last step must then be {@linkplain Steps#last
 * named}, and {@link dev.corona.async.LoopClock}. Methods before and after each test run outside of the loop.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Test
@ExtendWith(LoopExtension.class)
public @interface LoopTest {
    /** Whose time the loop goes by. */
    Time time() default Time.VIRTUAL;

    /** What happens to tasks that are alive when the test returns. */
    Leftovers leftovers() default Leftovers.FAIL;

    /** Whose time a loop goes by. */
    enum Time {
        /** It jumps to the next timer when nothing can run. */
        VIRTUAL,
        /** The machine's, for tests that wait for something outside. */
        SYSTEM
    }

    /** What happens to tasks that are alive when the test returns. */
    enum Leftovers {
        /** The test fails, naming each with what it waits for and where it was spawned; all are unwound. */
        FAIL,
        /** The test goes on until they have ended. */
        AWAIT,
        /** They are unwound. */
        UNWIND
    }
}
