package dev.corona.lua.random;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Decisions from a seed. */
final class Choice {
    private final SplittableRandom random;

    Choice(long seed) {
        random = new SplittableRandom(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int first, int last) {
        return first + random.nextInt(last - first + 1);
    }

    /** True once in so many times. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** One of the alternatives is made. */
    @SafeVarargs
    final <T> T make(Supplier<T>... alternatives) {
        return of(alternatives).get();
    }
}
