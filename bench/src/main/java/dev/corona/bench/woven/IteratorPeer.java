package dev.corona.bench.woven;

import java.util.Iterator;
import java.util.PrimitiveIterator;

/** The programs as iterators that are written by hand: what coroutines save one from. */
public final class IteratorPeer {
    private IteratorPeer() {}

    public static int run(String program, int steps) {
        return switch (program) {
            case Programs.INTS -> drain(new Counter(steps));
            case Programs.BOXED -> drainBoxed(new Counter(steps));
            case Programs.TREE_OF_INTS -> drain(new Walk(steps));
            case Programs.TREE -> drainBoxed(new Walk(steps));
            default -> throw new IllegalArgumentException("no program " + program);
        };
    }

    private static int drain(PrimitiveIterator.OfInt values) {
        int sum = 0;
        while (values.hasNext()) sum += values.nextInt();
        return sum;
    }

    private static int drainBoxed(Iterator<Integer> values) {
        int sum = 0;
        while (values.hasNext()) sum += values.next();
        return sum;
    }

    private static final class Counter implements PrimitiveIterator.OfInt {
        private final int steps;
        private int i;

        Counter(int steps) {
            this.steps = steps;
        }

        @Override
        public boolean hasNext() {
            return i < steps;
        }

        @Override
        public int nextInt() {
            return i++;
        }
    }

    /** The walk over the tree of the numbers from 0, with a stack of its own for the right parts that are left. */
    private static final class Walk implements PrimitiveIterator.OfInt {
        private final int[] stack = new int[128];
        private int top;

        Walk(int size) {
            descend(0, size);
        }

        private void descend(int from, int high) {
            int end = high;
            while (from < end) {
                stack[top++] = end;
                stack[top++] = (from + end) >>> 1;
                end = (from + end) >>> 1;
            }
        }

        @Override
        public boolean hasNext() {
            return top > 0;
        }

        @Override
        public int nextInt() {
            int middle = stack[--top];
            int high = stack[--top];
            descend(middle + 1, high);
            return middle;
        }
    }
}
