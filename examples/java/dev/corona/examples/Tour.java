package dev.corona.examples;

import dev.corona.Generator;
import dev.corona.async.Corona;
import dev.corona.async.Task;

import java.time.Duration;

/** The Java part of the README's tour: a generator in a task that awaits another one. */
public final class Tour {
    private Tour() {}

    public static void main(String[] args) {
        System.out.println(total());
    }

    static int total() {
        return Corona.run(
                () -> {
                    Task<Integer> slow =
                            Corona.spawn(
                                    () -> {
                                        Corona.sleep(Duration.ofMillis(10));
                                        return 40;
                                    });
                    Generator<Integer> numbers =
                            Generator.of(
                                    out -> {
                                        for (int i = 0; ; i++) out.yield(i);
                                    });
                    return Corona.await(slow) + numbers.stream().skip(2).findFirst().orElseThrow();
                });
    }
}
