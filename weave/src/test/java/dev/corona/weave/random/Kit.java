package dev.corona.weave.random;

import dev.corona.weave.differential.Points;

import java.util.Iterator;
import java.util.function.Function;

/** What generated programs are made of, beside the language. Woven together with them. */
@SuppressWarnings("all") // odd code is the point
public final class Kit {
    public interface Program {
        Object run(Points p) throws Throwable;
    }

    public sealed interface Shape permits Dot, Line, Group {
        default long size(Points p) {
            return p.point("size");
        }
    }

    public record Dot(int x) implements Shape {}

    /** A record whose accessor suspends, so that its deconstruction does. */
    public record Line(Points p, Dot from, long length) implements Shape {
        @Override
        public long length() {
            return length + 0 * p.point("length");
        }

        @Override
        public String toString() {
            return "Line " + from + length;
        }
    }

    public record Group(Shape left, Shape right) implements Shape {
        @Override
        public long size(Points p) {
            return left.size(p) + right.size(p) * 3 + Shape.super.size(p);
        }
    }

    public static class Box<T> {
        protected T value;

        public Box(T value) {
            this.value = value;
        }

        public T get(Points p) {
            p.point("get");
            return value;
        }

        public T swap(Points p, T other) {
            T old = get(p);
            value = other;
            return old;
        }

        @Override
        public String toString() {
            return "Box " + value;
        }
    }

    public static final class IntBox extends Box<Integer> implements Comparable<IntBox> {
        public IntBox(int value) {
            super(value);
        }

        @Override
        public Integer get(Points p) {
            return super.get(p) + p.point("int get");
        }

        @Override
        public int compareTo(IntBox other) {
            return Integer.compare(value, other.value);
        }
    }

    public static final class Resource implements AutoCloseable {
        private final Points p;
        private final int fate;

        public Resource(Points p, int fate) {
            this.p = p;
            this.fate = fate & 7;
            if (this.fate == 6) throw new IllegalStateException("open");
        }

        @Override
        public void close() {
            p.point("close " + fate);
            if (fate == 7) throw new IllegalStateException("close");
        }
    }

    public static final class Counted implements Iterable<Integer> {
        private final Points p;
        private final int end;

        public Counted(Points p, int end) {
            this.p = p;
            this.end = end & 3;
        }

        @Override
        public Iterator<Integer> iterator() {
            return new Iterator<>() {
                private int i;

                @Override
                public boolean hasNext() {
                    return i < end && p.point("hasNext") >= 0;
                }

                @Override
                public Integer next() {
                    p.point("next");
                    return i++;
                }
            };
        }
    }

    private Kit() {}

    public static int sum(Points p, int... values) {
        int sum = p.point("sum " + values.length);
        for (int v : values) sum += v;
        return sum;
    }

    public static <T> T choose(Points p, boolean first, T one, T other) {
        p.point(first);
        return first ? one : other;
    }

    public static <A, B> B map(Points p, A from, Function<? super A, ? extends B> function) {
        B made = function.apply(from);
        p.point(show(made));
        return made;
    }

    public static double mix(Points p, byte b, short s, char c, long l, float f, double d, int i) {
        return b + s * 2 + c * 3 + l * 4 + f * 5 + d * 6 + i * 7 + p.point("mix");
    }

    public static String show(Object value) {
        return value instanceof int[] ints
                ? java.util.Arrays.toString(ints)
                : String.valueOf(value);
    }
}
