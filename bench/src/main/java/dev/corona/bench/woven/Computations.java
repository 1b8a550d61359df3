package dev.corona.bench.woven;

import dev.corona.Generator;
import dev.corona.IntGenerator;

import java.util.List;

/**
 * Programs that compute and could suspend at many of their calls, but do not; loaded once as they are and once woven. The
 * value is yielded in the end.
 */
public final class Computations {
    /** The programs; each runs a number of steps. */
    static final List<String> ALL =
            List.of(
                    "loops",
                    "calls",
                    "recursion",
                    "virtual calls",
                    "sorting",
                    "matrices",
                    "parsing");

    private Computations() {}

    public static int run(String program, int steps) {
        IntGenerator result =
                Generator.ofInts(
                        out -> {
                            int value =
                                    switch (program) {
                                        case "loops" -> loops(out, steps);
                                        case "calls" -> calls(out, steps);
                                        case "recursion" -> recursion(out, steps);
                                        case "virtual calls" -> virtualCalls(out, steps);
                                        case "sorting" -> sorting(out, steps);
                                        case "matrices" -> matrices(out, steps);
                                        case "parsing" -> parsing(out, steps);
                                        default ->
                                                throw new IllegalArgumentException(
                                                        "no program " + program);
                                    };
                            out.yield(value);
                        });
        return result.nextInt();
    }

    /** Suspends if {@code value} is one that never comes. */
    private static void check(IntGenerator.Yielder out, int value) {
        if (value == Integer.MIN_VALUE) out.yield(value);
    }

    private static int loops(IntGenerator.Yielder out, int steps) {
        int sum = 0;
        for (int i = 0; i < steps / 100; i++) sum += mixed(out, i);
        return sum;
    }

    private static int mixed(IntGenerator.Yielder out, int seed) {
        int x = seed | 1;
        for (int i = 0; i < 100; i++) {
            x ^= x << 13;
            x ^= x >>> 17;
            x ^= x << 5;
        }
        check(out, x);
        return x;
    }

    /** A small method that may suspend is called for each step. */
    private static int calls(IntGenerator.Yielder out, int steps) {
        int sum = 0;
        for (int i = 0; i < steps; i++) sum += weighed(out, i, sum);
        return sum;
    }

    private static int weighed(IntGenerator.Yielder out, int i, int sum) {
        int x = (i ^ sum) * 31 + (sum >>> 7);
        check(out, x | 1);
        return x / 3;
    }

    /** Hardly anything but calls: a step is one. */
    private static int recursion(IntGenerator.Yielder out, int steps) {
        int sum = 0;
        for (int done = 0; done < steps; done += 1973) sum += fibonacci(out, 15);
        return sum;
    }

    private static int fibonacci(IntGenerator.Yielder out, int n) {
        if (n < 2) {
            check(out, n);
            return n;
        }
        return fibonacci(out, n - 1) + fibonacci(out, n - 2);
    }

    /** An expression of nodes of three classes. */
    private interface Node {
        int evaluate(IntGenerator.Yielder out, int x);
    }

    private record Variable() implements Node {
        @Override
        public int evaluate(IntGenerator.Yielder out, int x) {
            check(out, x);
            return x;
        }
    }

    private record Sum(Node left, Node right) implements Node {
        @Override
        public int evaluate(IntGenerator.Yielder out, int x) {
            return left.evaluate(out, x) + right.evaluate(out, x + 1);
        }
    }

    private record Product(Node left, Node right) implements Node {
        @Override
        public int evaluate(IntGenerator.Yielder out, int x) {
            return left.evaluate(out, x) * right.evaluate(out, x - 1);
        }
    }

    private static final Node EXPRESSION = expression(5);

    private static Node expression(int depth) {
        if (depth == 0) return new Variable();
        Node left = expression(depth - 1);
        Node right = expression(depth - 1);
        return depth % 2 == 0 ? new Sum(left, right) : new Product(left, right);
    }

    /** A step is one node. */
    private static int virtualCalls(IntGenerator.Yielder out, int steps) {
        int sum = 0;
        for (int done = 0; done < steps; done += 63) sum += EXPRESSION.evaluate(out, done);
        return sum;
    }

    /** Heap sort of a thousand numbers, where each comparison may suspend. */
    private static int sorting(IntGenerator.Yielder out, int steps) {
        int[] numbers = new int[1000];
        int sum = 0;
        for (int done = 0; done < steps; done += 10_000) {
            for (int i = 0; i < numbers.length; i++) numbers[i] = (i * 7919 + done) % 1009;
            for (int i = numbers.length / 2 - 1; i >= 0; i--) sift(out, numbers, i, numbers.length);
            for (int end = numbers.length - 1; end > 0; end--) {
                int largest = numbers[0];
                numbers[0] = numbers[end];
                numbers[end] = largest;
                sift(out, numbers, 0, end);
            }
            sum += numbers[500];
        }
        return sum;
    }

    private static void sift(IntGenerator.Yielder out, int[] numbers, int start, int end) {
        int root = start;
        while (2 * root + 1 < end) {
            int child = 2 * root + 1;
            if (child + 1 < end && isLess(out, numbers[child], numbers[child + 1])) child++;
            if (!isLess(out, numbers[root], numbers[child])) return;
            int moved = numbers[root];
            numbers[root] = numbers[child];
            numbers[child] = moved;
            root = child;
        }
    }

    private static boolean isLess(IntGenerator.Yielder out, int one, int other) {
        check(out, one);
        return one < other;
    }

    /** Products of matrices of doubles; each element of the result may suspend. */
    private static int matrices(IntGenerator.Yielder out, int steps) {
        double[][] a = new double[20][20];
        double[][] b = new double[20][20];
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 20; j++) {
                a[i][j] = i + j;
                b[i][j] = i - j;
            }
        }
        double sum = 0;
        for (int done = 0; done < steps; done += 8000) {
            for (int i = 0; i < 20; i++)
                for (int j = 0; j < 20; j++) sum += element(out, a, b, i, j);
        }
        return (int) sum;
    }

    private static double element(
            IntGenerator.Yielder out, double[][] a, double[][] b, int i, int j) {
        double sum = 0;
        for (int k = 0; k < 20; k++) sum += a[i][k] * b[k][j];
        check(out, (int) sum | 1);
        return sum;
    }

    private static final String TEXT = "(12+3*(45-6))*7-(8+9)*10+(11*(12-13)+14)*15";

    /** A parser by recursive descent that evaluates as it goes; each character may suspend. A step is a character. */
    private static final class Parser {
        private final IntGenerator.Yielder out;
        private int at;

        Parser(IntGenerator.Yielder out) {
            this.out = out;
        }

        int sum() {
            int value = product();
            for (char c = peek(); c == '+' || c == '-'; c = peek()) {
                at++;
                int right = product();
                value = c == '+' ? value + right : value - right;
            }
            return value;
        }

        private int product() {
            int value = factor();
            while (peek() == '*') {
                at++;
                value *= factor();
            }
            return value;
        }

        private int factor() {
            if (peek() == '(') {
                at++;
                int value = sum();
                at++;
                return value;
            }
            int value = 0;
            for (char c = peek(); c >= '0' && c <= '9'; c = peek()) {
                value = value * 10 + c - '0';
                at++;
            }
            return value;
        }

        private char peek() {
            check(out, at);
            return at < TEXT.length() ? TEXT.charAt(at) : 0;
        }
    }

    private static int parsing(IntGenerator.Yielder out, int steps) {
        int sum = 0;
        for (int done = 0; done < steps; done += TEXT.length()) sum += new Parser(out).sum();
        return sum;
    }
}
