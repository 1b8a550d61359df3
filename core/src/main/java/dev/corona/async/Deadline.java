package dev.corona.async;

import dev.corona.errors.DeadlineException;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * A point in the time of an event loop, by which a body must have ended: {@link #call} gives it that long. One deadline may be
 * shared by several bodies and tasks of its loop, and they nest: the nearest ends its body first, and the error says which
 * it was.
 *
 * <p><b>Threads.</b> Made by a task; used by the tasks of its loop.
 *
 * <p><b>Cancellation.</b> A body that waits when the time has come is cancelled: the call in which it waits throws a
 * {@link java.util.concurrent.CancellationException}, its {@code finally} blocks run and may wait, and what leaves {@link #call} is a
 * {@link DeadlineException}. If the body returns a value all the same, that is not lost: {@code call} returns it.
 */
public final class Deadline {
    private final EventLoop loop;
    private final String name;
    private final long nanos;

    private Deadline(EventLoop loop, String name, long nanos) {
        this.loop = loop;
        this.name = name;
        this.nanos = nanos;
    }

    /** The point in time {@code limit} from now on the caller's loop; zero and less are over at once. */
    public static Deadline after(Duration limit) {
        return after("of " + limit, limit);
    }

    /** As {@link #after(Duration)}, with a name for errors. */
    public static Deadline after(String name, Duration limit) {
        EventLoop loop = EventLoop.current();
        return new Deadline(loop, name, loop.nanoTime() + EventLoop.delayNanos(limit));
    }

    /** How long it is until then; negative if it is over. */
    public Duration remaining() {
        return Duration.ofNanos(nanos - loop.nanoTime());
    }

    /** Whether the point in time has come. */
    public boolean isOver() {
        return nanos - loop.nanoTime() <= 0;
    }

    /** What errors call it. */
    public String name() {
        return name;
    }

    /**
     * What {@code body} returns, if it ends in time.
     *
     * @throws DeadlineException if it is cancelled because the time is over; its suppressed error is what the body threw, unless
     *     that was the cancellation itself
     */
    public <T extends @Nullable Object, X extends Exception> T call(Body<? extends T, X> body)
            throws X {
        return new Limited(this, enter()).run(body);
    }

    /** The resumable form of {@link #call(Body)}; for woven code. */
    public <T extends @Nullable Object, X extends Exception> T call(
            Body<? extends T, X> body, Strand strand) throws X {
        return new Limited(this, enter()).run(body, strand);
    }

    private Task<?> enter() {
        Task<?> task = Task.requireCurrent(this);
        if (task.loop != loop) throw new DeadlineException.OtherLoop(toString(), task.name());
        return task;
    }

    @Override
    public String toString() {
        return "deadline " + name;
    }

    /** One body under a deadline. */
    private static final class Limited extends Section {
        private final Deadline deadline;
        private final Task<?> task;
        private final Cancelled cancellation;
        private final Timer timer;

        Limited(Deadline deadline, Task<?> task) {
            this.deadline = deadline;
            this.task = task;
            cancellation = task.newCancellation(deadline + " is over", this);
            timer =
                    deadline.loop.schedule(
                            deadline.nanos - deadline.loop.nanoTime(),
                            () -> task.request(cancellation));
        }

        @Override
        @Nullable Throwable left(@Nullable Throwable thrown) {
            timer.cancel();
            task.withdraw(cancellation);
            if (thrown != cancellation) return null;
            return new DeadlineException.Expired(deadline.toString(), task.name());
        }
    }
}
