package dev.corona.async;

/** Work that a loop runs at a deadline, unless it is cancelled before. For the loop's thread. */
public final class Timer {
    private final EventLoop loop;
    private final Runnable work;
    final long deadlineNanos;

    /** Place in the queue; negative when it is not in it. Written by {@link TimerQueue} alone, as is the sequence. */
    int index = -1;

    long sequence;

    /** Whether it has fired or been cancelled; between its deadline and its turn it is neither. */
    private boolean over;

    Timer(EventLoop loop, long deadlineNanos, Runnable work) {
        this.loop = loop;
        this.deadlineNanos = deadlineNanos;
        this.work = work;
    }

    /** Whether it has neither fired nor been cancelled. */
    public boolean isPending() {
        return !over;
    }

    /** Takes it back; nothing happens if it has fired. A task that has moved to another loop may call it too. */
    public void cancel() {
        if (!loop.isCurrent()) {
            loop.post(this::cancel);
            return;
        }
        if (over) return;
        over = true;
        loop.removeTimer(this);
    }

    boolean isBefore(Timer other) {
        long difference = deadlineNanos - other.deadlineNanos;
        return difference != 0 ? difference < 0 : sequence - other.sequence < 0;
    }

    void fire() {
        if (over) return;
        over = true;
        work.run();
    }
}
