package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Beats of an interval, for a loop over them: {@code for (long tick : Ticker.everyRate(second)) ...}. Each step suspends the task
 * until the next beat is due. It holds nothing between two steps, and needs no closing; {@link #stop} ends the iteration.
 *
 * <p>Beats are numbered from 0; the first is due one period after the ticker was made. With a fixed rate beat <i>n</i> is due
 * <i>n</i> + 1 periods after that, and {@link Missed} says what becomes of those that nobody was there to hear. With a fixed delay
 * a beat is due one period after the step that asks for it.
 *
 * <p><b>Threads.</b> For the task that made it. <b>Cancellation</b> leaves it as it was before the step.
 */
public final class Ticker implements Iterable<Long>, Iterator<Long> {
    /** What becomes of beats that were due while the task did something else. */
    public enum Missed {
        /** They are left out; their numbers are, too. The next beat is on the grid. */
        SKIP,
        /** They come at once, one after the other. */
        CATCH_UP,
        /** One comes at once, and the grid starts anew from it. */
        SHIFT
    }

    private final EventLoop loop;
    private final long periodNanos;

    /** Null for a fixed delay. */
    private final @Nullable Missed missed;

    /** When the next beat is due; of no meaning with a fixed delay. */
    private long dueNanos;

    private long number;
    private boolean stopped;

    private Ticker(Duration period, @Nullable Missed missed) {
        if (period.isNegative() || period.isZero())
            throw new IllegalArgumentException("period must be positive, but was " + period);
        this.loop = EventLoop.current();
        this.periodNanos = EventLoop.delayNanos(period);
        this.missed = missed;
        dueNanos = loop.nanoTime() + periodNanos;
    }

    /** Beats on a grid; those that were missed are left out. */
    public static Ticker everyRate(Duration period) {
        return everyRate(period, Missed.SKIP);
    }

    /** Beats on a grid. */
    public static Ticker everyRate(Duration period, Missed missed) {
        return new Ticker(period, missed);
    }

    /** Beats with a pause of that time before each. */
    public static Ticker everyDelay(Duration period) {
        return new Ticker(period, null);
    }

    /** Ends the iteration before its next step; also from inside of the loop over it. */
    public void stop() {
        stopped = true;
    }

    /** This ticker: there is one sequence of beats. */
    @Override
    public Iterator<Long> iterator() {
        return this;
    }

    /** Whether it has not been stopped. */
    @Override
    public boolean hasNext() {
        return !stopped;
    }

    /**
     * The number of the next beat, when it is due.
     *
     * @throws NoSuchElementException if it was stopped
     */
    @Override
    public Long next() {
        Corona.sleep(untilNext());
        return beat();
    }

    private Duration untilNext() {
        if (stopped) throw new NoSuchElementException("the ticker was stopped");
        if (missed == null) return Duration.ofNanos(periodNanos);
        long now = loop.nanoTime();
        long late = now - dueNanos;
        if (late > 0) makeUpFor(missed, late, now);
        return Duration.ofNanos(Math.max(0, dueNanos - now));
    }

    private void makeUpFor(Missed policy, long lateNanos, long now) {
        switch (policy) {
            case CATCH_UP -> {}
            case SHIFT -> dueNanos = now;
            case SKIP -> {
                long skipped = (lateNanos + periodNanos - 1) / periodNanos;
                number += skipped;
                dueNanos += skipped * periodNanos;
            }
        }
    }

    private Long beat() {
        dueNanos += periodNanos;
        return number++;
    }
}
