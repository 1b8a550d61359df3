package dev.corona.examples;

import dev.corona.Coexpression;
import dev.corona.Generator;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Stream;

/** A walk through generators and coexpressions: infinite sequences, recursion, clean-up, values that go in. */
public final class GeneratorTour {
    /** A binary tree; null is the empty one. */
    public record Tree(@Nullable Tree left, String label, @Nullable Tree right) {}

    private GeneratorTour() {}

    /** Prints one line or more for each stop of the tour. */
    public static void main(String[] args) {
        try (Stream<Long> first = fibonacci().stream().limit(10)) {
            System.out.println("fibonacci: " + first.toList());
        }
        Tree leaf = new Tree(null, "a", null);
        Tree tree = new Tree(leaf, "b", new Tree(null, "c", new Tree(null, "d", null)));
        System.out.println("in order: " + inOrder(tree).stream().toList());
        System.out.println("moves of three disks: " + hanoi(3, 'A', 'B', 'C').stream().toList());
        leaveEarly();
        runningMean(List.of(4.0, 8.0, 6.0));
    }

    /** The Fibonacci numbers; there is no end to them but that of {@code long}. */
    public static Generator<Long> fibonacci() {
        return Generator.of(
                "fibonacci",
                out -> {
                    long a = 0;
                    long b = 1;
                    while (a >= 0) {
                        out.yield(a);
                        long sum = a + b;
                        a = b;
                        b = sum;
                    }
                });
    }

    /** The labels of a tree from left to right; a subtree costs no switch of its own, since its generator is delegated to. */
    public static Generator<String> inOrder(@Nullable Tree tree) {
        return Generator.of(
                "in order",
                out -> {
                    if (tree == null) return;
                    out.yieldAll(inOrder(tree.left()));
                    out.yield(tree.label());
                    out.yieldAll(inOrder(tree.right()));
                });
    }

    /** The moves that bring a tower of Hanoi from one peg to another; the recursion itself yields. */
    public static Generator<String> hanoi(int disks, char from, char over, char to) {
        return Generator.of("hanoi", out -> move(out, disks, from, over, to));
    }

    private static void move(
            Generator.Yielder<String> out, int disks, char from, char over, char to) {
        if (disks == 0) return;
        move(out, disks - 1, from, to, over);
        out.yield("" + from + to);
        move(out, disks - 1, over, from, to);
    }

    /** A loop that stops early, over a generator that holds something until it is closed. */
    private static void leaveEarly() {
        try (Generator<Integer> rows = rows()) {
            for (int row : rows) {
                System.out.println("row " + row);
                if (row == 2) break;
            }
        }
    }

    private static Generator<Integer> rows() {
        return Generator.of(
                "rows",
                out -> {
                    System.out.println("open");
                    try {
                        for (int row = 1; ; row++) out.yield(row);
                    } finally {
                        System.out.println("close");
                    }
                });
    }

    /** A coexpression takes a value in and gives one back, and keeps its state in local variables. */
    private static void runningMean(List<Double> values) {
        try (Coexpression<Double, Double> mean = mean()) {
            for (double value : values) {
                System.out.println("mean with %s: %s".formatted(value, mean.yieldCall(value)));
            }
        }
    }

    /** The mean of all values so far, for each value. */
    public static Coexpression<Double, Double> mean() {
        return Coexpression.transformer(
                (self, first) -> {
                    double sum = first;
                    for (int count = 1; ; count++) sum += self.yieldReturn(sum / count);
                });
    }
}
