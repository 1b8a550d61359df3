package dev.corona.async;

/**
 * What an event loop needs of the thread that it runs on: a queue, a clock, and one alarm. Corona's own is
 * {@link ThreadDriver}; another module binds a loop to a thread that somebody else drives, such as Netty's.
 */
public interface LoopDriver {
    /** The time of the loop in nanoseconds; only differences mean anything. */
    long nanoTime();

    /** Whether the caller is the thread that runs what {@link #execute} is given. */
    boolean isLoopThread();

    /**
     * Runs {@code work} on the loop's thread, soon, after everything given before. Called by any thread.
     *
     * @throws java.util.concurrent.RejectedExecutionException if that thread runs nothing any more
     */
    void execute(Runnable work);

    /**
     * Runs {@code work} once on the loop's thread when {@link #nanoTime()} has reached {@code deadlineNanos}. There is
     * one alarm: a new call replaces the last. Called by the loop's thread.
     */
    void wakeAt(long deadlineNanos, Runnable work);

    /**
     * Takes the alarm back, and answers whether it did. A driver for which that is dear may answer false and let it ring in
     * vain; one that tells from its alarm whether the loop is stuck must not. Called by the loop's thread.
     */
    default boolean cancelAlarm() {
        return false;
    }
}
