package dev.corona.async;

import dev.corona.errors.LoopException;
import dev.corona.kernel.Continuation;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * What a loop is to run, and the turns in which it does. A turn is queued with the driver as soon as something is ready, and never
 * twice. For the loop's thread, but for {@link #post}.
 */
abstract sealed class LoopTurns permits EventLoop {
    /** Steps of one turn, after which the driver may look after its input. */
    private static final int STEPS_PER_TURN = 256;

    /** The loop whose turn the thread is in; null in none. */
    private static final ThreadLocal<@Nullable LoopTurns> TURNING = new ThreadLocal<>();

    final LoopDriver driver;

    /** What is to run, in order: a {@link Task}, a {@link Timer} or a {@link Runnable} each. */
    final ArrayDeque<Object> ready = new ArrayDeque<>();

    final List<Runnable> turnHooks = new ArrayList<>();
    private final Runnable turn = this::turn;
    private boolean turnIsQueued;

    /** How many turns there were, with that of now. */
    private int turns;

    /** Written by the loop's thread; who looks from another thread too early hears from the driver, or is unwound. */
    volatile boolean ended;

    /** What its executor has done wrong; null as long as that is nothing. */
    volatile LoopException.@Nullable BadExecutor brokenBy;

    final Pulse pulse = new Pulse();

    /** That of the thread which has run a step last. */
    private @Nullable Strand strand;

    /** The time when the turn of now began; cheaper than the driver's. */
    long turnNanos;

    LoopTurns(LoopDriver driver) {
        this.driver = driver;
    }

    /** An error of a step that nobody else is told of. */
    abstract void report(@Nullable Task<?> task, Throwable error);

    /** Has the driver run {@code work} outside of any step; answers false if its thread runs nothing any more. */
    final boolean post(Runnable work) {
        try {
            driver.execute(work);
            return true;
        } catch (RejectedExecutionException driverHasEnded) {
            return false;
        } catch (LoopException.BadExecutor error) {
            if (brokenBy == null) brokenBy = error;
            return false;
        }
    }

    /** Whether there is going to be another turn; false if the driver takes no work. */
    final boolean willTurn() {
        queueTurn();
        return turnIsQueued;
    }

    /** Queues a task, a timer or a {@code Runnable}; in vain after the end. */
    final void enqueue(Object work) {
        if (ended) return;
        ready.add(work);
        queueTurn();
    }

    private void queueTurn() {
        if (!turnIsQueued) turnIsQueued = post(turn);
    }

    private void turn() {
        LoopTurns outer = TURNING.get();
        TURNING.set(this);
        turns++;
        turnNanos = driver.nanoTime();
        try {
            runReady();
        } finally {
            TURNING.set(outer);
        }
    }

    /** Whether the caller is inside of a turn of some loop, in a task or not. */
    static boolean isInTurn() {
        return TURNING.get() != null;
    }

    int turns() {
        return turns;
    }

    private void runReady() {
        for (int steps = 0; steps < STEPS_PER_TURN; steps++) {
            Object work = ready.poll();
            if (work == null) break;
            if (work instanceof GiveWay next && next.beganIn(turns)) {
                ready.addFirst(next);
                break;
            }
            runStep(work);
        }
        turnIsQueued = false;
        if (!ready.isEmpty()) queueTurn();
    }

    final void runStep(Object work) {
        Object outer = pulse.running();
        int beats = outer == null ? 1 : 2;
        pulse.begin(work, beats);
        try {
            if (work instanceof Task<?> task) stepOf(task);
            else if (work instanceof Timer timer) timer.fire();
            else ((Runnable) work).run();
        } catch (Throwable error) {
            report(work instanceof Task<?> task ? task : null, error);
        }
        for (int i = 0; i < turnHooks.size() && !ended; i++) runHook(turnHooks.get(i));
        pulse.beat(outer, beats);
    }

    /** A task that has moved away meanwhile is woken where it is. */
    private void stepOf(Task<?> task) {
        if (task.loop == this) task.step(strand());
        else task.wake();
    }

    private Strand strand() {
        Strand last = strand;
        Strand own = Continuation.strand(last);
        if (own != last) strand = own;
        return own;
    }

    private void runHook(Runnable hook) {
        pulse.runs(hook);
        try {
            hook.run();
        } catch (Throwable error) {
            report(null, error);
        }
    }
}
