package dev.corona.async;

/** Work that a loop runs at a deadline, unless it is cancelled before. For the loop's thread. */
public final class Timer {
    private final EventLoop loop;
    private final Runnable work;
    final long deadlineNanos;

    /** Place in the queue; negative when it is not in it. Written by {@link TimerQueue} alone. */
    int index = -1;

    long sequence;

    Timer(EventLoop loop, long deadlineNanos, Runnable work) {
        this.loop = loop;
        this.deadlineNanos = deadlineNanos;
        this.work = work;
    }

    /** Whether it has neither fired nor been cancelled. */
    public boolean isPending() {
        return index >= 0;
    }

    /** Takes it back; nothing happens if it has fired. */
    public void cancel() {
        loop.removeTimer(this);
    }

    boolean isBefore(Timer other) {
        long difference = deadlineNanos - other.deadlineNanos;
        return difference != 0 ? difference < 0 : sequence - other.sequence < 0;
    }

    void fire() {
        work.run();
    }
}
