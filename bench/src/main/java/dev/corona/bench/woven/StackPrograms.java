package dev.corona.bench.woven;

/** The programs for peers that suspend whole stacks: written once, run by whatever {@link Source} does. */
abstract class StackPrograms {
    private static int sink;

    /** Where a body leaves its values. */
    abstract static class Source {
        private int value;
        private Object boxed = 0;

        /** Runs the body to its next yield; false if it ended. For the consumer. */
        abstract boolean advance();

        /** Lets the consumer go on. For the body. */
        abstract void leave();

        final void yield(int next) {
            value = next;
            leave();
        }

        final void yieldBoxed(Object next) {
            boxed = next;
            leave();
        }
    }

    /** What a source runs. */
    interface Body {
        void run(Source out);
    }

    abstract Source source(Body body);

    /** Two that give each other {@code turns} turns; returns how many they had. */
    abstract int transfer(int turns);

    final int measure(String program, int steps) {
        return switch (program) {
            case Programs.INTS -> drain(out -> ints(out, 1, steps));
            case Programs.INTS_10 -> drain(out -> ints(out, 10, steps));
            case Programs.INTS_100 -> drain(out -> ints(out, 100, steps));
            case Programs.BOXED -> drainBoxed(out -> boxed(out, 1, steps));
            case Programs.BOXED_10 -> drainBoxed(out -> boxed(out, 10, steps));
            case Programs.BOXED_100 -> drainBoxed(out -> boxed(out, 100, steps));
            case Programs.TREE -> drainBoxed(out -> tree(out, 0, steps));
            case Programs.BOUNCE -> drainBoxed(out -> bounce(out, steps));
            case Programs.TRANSFER -> transfer(steps);
            default -> throw new IllegalArgumentException("no program " + program);
        };
    }

    private int drain(Body body) {
        Source source = source(body);
        int sum = 0;
        while (source.advance()) sum += source.value;
        return sum;
    }

    private int drainBoxed(Body body) {
        Source source = source(body);
        int sum = 0;
        while (source.advance()) sum += (Integer) source.boxed;
        return sum;
    }

    private static void ints(Source out, int depth, int steps) {
        if (depth > 1) {
            ints(out, depth - 1, steps);
            sink++;
        } else {
            for (int i = 0; i < steps; i++) out.yield(i);
        }
    }

    private static void boxed(Source out, int depth, int steps) {
        if (depth > 1) {
            boxed(out, depth - 1, steps);
            sink++;
        } else {
            for (int i = 0; i < steps; i++) out.yieldBoxed(i);
        }
    }

    private static void tree(Source out, int low, int high) {
        if (low >= high) return;
        int middle = (low + high) >>> 1;
        tree(out, low, middle);
        out.yieldBoxed(middle);
        tree(out, middle + 1, high);
    }

    private static void bounce(Source out, int steps) {
        for (int i = 0; i < steps; i++) down(out, 10, i);
    }

    private static void down(Source out, int depth, int value) {
        if (depth > 1) down(out, depth - 1, value);
        else out.yieldBoxed(value);
        sink++;
    }
}
