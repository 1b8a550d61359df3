package dev.corona.bench.woven;

import dev.corona.Coexpression;
import dev.corona.Coroutine;
import dev.corona.Generator;
import dev.corona.IntGenerator;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engines;
import dev.corona.woven.Strand;

/** The programs of Corona's users; loaded woven. */
public final class Bodies {
    private static int sink;

    private Bodies() {}

    /** One run of {@code steps} steps of a program of {@link Programs}. */
    public static int run(String program, int steps) {
        return switch (program) {
            case Programs.INTS -> drain(Generator.ofInts(out -> ints(out, 1, steps)));
            case Programs.INTS_10 -> drain(Generator.ofInts(out -> ints(out, 10, steps)));
            case Programs.INTS_100 -> drain(Generator.ofInts(out -> ints(out, 100, steps)));
            case Programs.BOXED -> drain(Generator.of(out -> boxed(out, 1, steps)));
            case Programs.BOXED_10 -> drain(Generator.of(out -> boxed(out, 10, steps)));
            case Programs.BOXED_100 -> drain(Generator.of(out -> boxed(out, 100, steps)));
            case Programs.DELEGATED_100 -> drain(delegated(100, steps));
            case Programs.TREE -> drain(Generator.of(out -> tree(out, 0, steps)));
            case Programs.TREE_DELEGATED -> drain(subtree(0, steps));
            case Programs.TREE_OF_INTS -> drain(Generator.ofInts(out -> treeOfInts(out, 0, steps)));
            case Programs.BOUNCE -> drain(Generator.of(out -> bounce(out, steps)));
            case Programs.BOUNCE_OF_INTS ->
                    drain(Generator.ofInts(out -> bounceOfInts(out, steps)));
            case Programs.TRANSFER -> ring(steps);
            case Programs.COEXPRESSION -> coexpression(steps);
            default -> throw new IllegalArgumentException("no program " + program);
        };
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

    private static void boxed(Generator.Yielder<Integer> out, int depth, int steps) {
        if (depth > 1) {
            boxed(out, depth - 1, steps);
            sink++;
        } else {
            for (int i = 0; i < steps; i++) out.yield(i);
        }
    }

    private static Generator<Integer> delegated(int depth, int steps) {
        return Generator.of(
                out -> {
                    if (depth > 1) out.yieldAll(delegated(depth - 1, steps));
                    else boxed(out, 1, steps);
                });
    }

    private static void tree(Generator.Yielder<Integer> out, int low, int high) {
        if (low >= high) return;
        int middle = (low + high) >>> 1;
        tree(out, low, middle);
        out.yield(middle);
        tree(out, middle + 1, high);
    }

    private static Generator<Integer> subtree(int low, int high) {
        return Generator.of(
                out -> {
                    if (low >= high) return;
                    int middle = (low + high) >>> 1;
                    out.yieldAll(subtree(low, middle));
                    out.yield(middle);
                    out.yieldAll(subtree(middle + 1, high));
                });
    }

    private static void treeOfInts(IntGenerator.Yielder out, int low, int high) {
        if (low >= high) return;
        int middle = (low + high) >>> 1;
        treeOfInts(out, low, middle);
        out.yield(middle);
        treeOfInts(out, middle + 1, high);
    }

    private static void bounce(Generator.Yielder<Integer> out, int steps) {
        for (int i = 0; i < steps; i++) down(out, 10, i);
    }

    private static void down(Generator.Yielder<Integer> out, int depth, int value) {
        if (depth > 1) down(out, depth - 1, value);
        else out.yield(value);
        sink++;
    }

    private static void bounceOfInts(IntGenerator.Yielder out, int steps) {
        for (int i = 0; i < steps; i++) downInts(out, 10, i);
    }

    private static void downInts(IntGenerator.Yielder out, int depth, int value) {
        if (depth > 1) downInts(out, depth - 1, value);
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

    private static Continuation[] members = {};

    /** The body of one of very many. */
    private record Member(int index) implements Runnable {
        @Override
        public void run() {
            for (int turns = 0; turns >= 0; turns++) members[index].suspend();
        }
    }

    /** {@code count} continuations, each suspended in its body. */
    public static Object[] suspend(int count) {
        members = new Continuation[count];
        for (int i = 0; i < count; i++) {
            members[i] = Engines.woven().create("member", new Member(i));
            members[i].resume();
        }
        return members;
    }

    /** Resumes each, in order, as loops and generators do: they keep the strand of their thread. */
    public static void resume(Object[] all) {
        Strand own = Continuation.strand(null);
        for (Object each : all) ((Continuation) each).resumeOn(own);
    }
}
