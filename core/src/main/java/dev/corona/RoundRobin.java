package dev.corona;

import org.jspecify.annotations.Nullable;

/**
 * A schedule in which all take turns: who becomes ready goes to the end. Adding, removing, reordering and taking the next each
 * take constant time, without allocation: the coroutines are linked through themselves.
 *
 * <p>Belongs to one ring, and is used by its thread only.
 */
public final class RoundRobin implements Schedule {
    private final Links ready = new Links(this);

    RoundRobin() {}

    @Override
    public void add(Coroutine newcomer) {
        ready.addLast(newcomer);
    }

    /** Those that are ready; a ring may {@linkplain Links#rotate rotate} them instead of adding one and taking the next. */
    Links queue() {
        return ready;
    }

    @Override
    public void remove(Coroutine leaving) {
        ready.remove(leaving);
    }

    @Override
    public @Nullable Coroutine next() {
        return ready.poll();
    }

    /** Has {@code coroutine} run before all others that are ready; nothing happens if it is not ready in this schedule. */
    public void moveFirst(Coroutine coroutine) {
        if (!ready.holds(coroutine)) return;
        ready.remove(coroutine);
        ready.addFirst(coroutine);
    }

    /** Has {@code coroutine} run after all others that are ready; nothing happens if it is not ready in this schedule. */
    public void moveLast(Coroutine coroutine) {
        if (!ready.holds(coroutine)) return;
        ready.remove(coroutine);
        ready.addLast(coroutine);
    }

    @Override
    public String toString() {
        return "round robin";
    }
}
