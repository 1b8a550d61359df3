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

    /** Runs {@code work} on the loop's thread, soon, after everything given before. Called by any thread. */
    void execute(Runnable work);

    /**
     * Runs {@code work} once on the loop's thread when {@link #nanoTime()} has reached {@code deadlineNanos}. There is
     * one alarm: a new call replaces the last. Called by the loop's thread.
     */
    void wakeAt(long deadlineNanos, Runnable work);
}
