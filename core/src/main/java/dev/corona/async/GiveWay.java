package dev.corona.async;

import org.jspecify.annotations.Nullable;

/** The wait of a task that lets the others run, and the driver look after its input: it goes on in the loop's next turn. */
final class GiveWay implements Runnable {
    static final String WHAT = "its next turn";

    private final Waiter<@Nullable Object> waiter;

    /** The loop's turn in which it began. */
    private final int turn;

    private GiveWay(Waiter<@Nullable Object> waiter, int turn) {
        this.waiter = waiter;
        this.turn = turn;
    }

    /** The wait of {@code task}, which begins now. */
    static Waiter<@Nullable Object> of(Task<?> task) {
        task.requireMayWait(WHAT);
        Waiter<@Nullable Object> waiter = new Waiter<>(task, WHAT, false);
        task.loop.enqueue(new GiveWay(waiter, task.loop.turns()));
        return waiter;
    }

    boolean beganIn(int now) {
        return turn == now;
    }

    @Override
    public void run() {
        waiter.complete();
    }
}
