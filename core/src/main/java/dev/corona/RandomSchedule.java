package dev.corona;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A schedule in which any of those that are ready may be next, each with the same probability: for tests of code that must not
 * depend on the order. The same source of randomness gives the same order.
 *
 * <p>Adding, removing and taking the next each take constant time, adding as an average over many: they are kept in an array whose
 * indices the coroutines know, and the last one fills the gap that another leaves.
 *
 * <p>Belongs to one ring, and is used by its thread only.
 */
public final class RandomSchedule implements Schedule {
    private static final int FIRST_SIZE = 16;

    private final RandomGenerator random;
    private @Nullable Coroutine[] ready = new Coroutine[FIRST_SIZE];
    private int size;

    RandomSchedule(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public void add(Coroutine newcomer) {
        if (size == ready.length) ready = Arrays.copyOf(ready, size * 2);
        newcomer.scheduledBy = this;
        newcomer.index = size;
        ready[size++] = newcomer;
    }

    @Override
    public void remove(Coroutine leaving) {
        if (leaving.scheduledBy != this) return;
        leaving.scheduledBy = null;
        size--;
        Coroutine last = ready[size];
        ready[size] = null;
        if (last == null || last == leaving) return;
        ready[leaving.index] = last;
        last.index = leaving.index;
    }

    @Override
    public @Nullable Coroutine next() {
        if (size == 0) return null;
        Coroutine chosen = ready[random.nextInt(size)];
        if (chosen != null) remove(chosen);
        return chosen;
    }

    @Override
    public String toString() {
        return "at random";
    }
}
