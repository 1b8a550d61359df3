package dev.corona.bench.woven;

import dev.corona.Coexpression;
import dev.corona.Coroutine;
import dev.corona.Generator;
import dev.corona.IntGenerator;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engine;

import java.util.PrimitiveIterator;

/** The programs that are measured; loaded once as they are and once woven. Each returns a checksum. */
public final class Bodies {
    private static int sink;

    private Bodies() {}

    /** What the suite measures by name: one run of {@code steps} steps. */
    public static int run(String program, int steps) {
        return switch (program) {
            case "iterator" -> drain(iterator(steps));
            case "ints" -> drain(Generator.ofInts(out -> ints(out, 1, steps)));
            case "ints, depth 10" -> drain(Generator.ofInts(out -> ints(out, 10, steps)));
            case "ints, depth 100" -> drain(Generator.ofInts(out -> ints(out, 100, steps)));
            case "boxed" -> drain(Generator.of(out -> boxed(out, steps)));
            case "tree walk" -> drain(Generator.ofInts(out -> tree(out, 0, steps)));
            case "bounce, depth 10" -> drain(Generator.ofInts(out -> bounce(out, steps)));
            case "coexpression" -> coexpression(steps);
            case "ring transfer" -> ring(steps);
            case "call" -> calls(steps);
            case "computation" -> drain(Generator.ofInts(out -> out.yield(compute(out, steps))));
            default -> throw new IllegalArgumentException("no program " + program);
        };
    }

    private static PrimitiveIterator.OfInt iterator(int steps) {
        return new PrimitiveIterator.OfInt() {
            private int i;

            @Override
            public boolean hasNext() {
                return i < steps;
            }

            @Override
            public int nextInt() {
                return i++;
            }
        };
    }

    private static int drain(PrimitiveIterator.OfInt values) {
        int sum = 0;
        while (values.hasNext()) sum += values.nextInt();
        return sum;
    }

    private static int drain(IntGenerator values) {
        int sum = 0;
        while (values.hasNext()) sum += values.nextInt();
        return sum;
    }

    private static int drain(Generator<Integer> values) {
        int sum = 0;
        while (values.hasNext()) sum += values.next();
        return sum;
    }

    private static void ints(IntGenerator.Yielder out, int depth, int steps) {
        if (depth > 1) {
            ints(out, depth - 1, steps);
            sink++;
        } else {
            for (int i = 0; i < steps; i++) out.yield(i);
        }
    }

    private static void boxed(Generator.Yielder<Integer> out, int steps) {
        for (int i = 0; i < steps; i++) out.yield(i);
    }

    private static void tree(IntGenerator.Yielder out, int low, int high) {
        if (low >= high) return;
        int middle = (low + high) >>> 1;
        tree(out, low, middle);
        out.yield(middle);
        tree(out, middle + 1, high);
    }

    private static void bounce(IntGenerator.Yielder out, int steps) {
        for (int i = 0; i < steps; i++) down(out, 10, i);
    }

    private static void down(IntGenerator.Yielder out, int depth, int value) {
        if (depth > 1) down(out, depth - 1, value);
        else out.yield(value);
        sink++;
    }

    private static int coexpression(int steps) {
        Coexpression<Integer, Integer> echo =
                Coexpression.of(
                        (self, first) -> {
                            int value = first;
                            while (value < steps) value = self.yieldReturn(value);
                            return value;
                        });
        int sum = 0;
        for (int i = 0; i < steps; i++) sum += echo.yieldCall(i);
        echo.close();
        return sum;
    }

    private static int ring(int steps) {
        for (int member = 0; member < 2; member++) {
            Coroutine.of(
                    () -> {
                        for (int i = 0; i < steps / 2; i++) Coroutine.yieldNext();
                    });
        }
        Coroutine.drain();
        return steps;
    }

    private static int calls(int steps) {
        int sum = 0;
        for (int i = 0; i < steps; i++) sum += call(i);
        return sum;
    }

    /** Not inlined: the suite's command line says so. */
    private static int call(int i) {
        return i + sink;
    }

    /** Computes by many calls that could suspend, and do not. */
    private static int compute(IntGenerator.Yielder out, int steps) {
        int sum = 0;
        for (int i = 0; i < steps / 100; i++) sum += mixed(out, i, 100);
        return sum;
    }

    private static int mixed(IntGenerator.Yielder out, int seed, int rounds) {
        int x = seed | 1;
        for (int i = 0; i < rounds; i++) {
            x ^= x << 13;
            x ^= x >>> 17;
            x ^= x << 5;
        }
        if (x == 0) out.yield(x);
        return x;
    }

    private static Continuation[] members = {};

    /** The body of one of very many. */
    private record Member(int index) implements Runnable {
        @Override
        public void run() {
            for (int turns = 0; turns >= 0; turns++) members[index].suspend();
        }
    }

    /** {@code count} continuations of {@code engine}, each suspended in its body. */
    public static Continuation[] suspend(Engine engine, int count) {
        members = new Continuation[count];
        for (int i = 0; i < count; i++) {
            members[i] = engine.create("member", new Member(i));
            members[i].resume();
        }
        return members;
    }
}
