package dev.corona.weave.differential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/** Programs that together use what Java has. Each notes what it does, and gives a result or throws. */
@SuppressWarnings("all") // odd code is the point
public final class Corpus {
    interface Shape {
        int area(Points p);

        default String name(Points p) {
            p.point("name");
            return "shape" + area(p);
        }

        static Shape unit(Points p) {
            p.point("unit");
            return new Square(1);
        }
    }

    record Square(int side) implements Shape {
        @Override
        public int area(Points p) {
            return side * side + 0 * p.point("square");
        }
    }

    record Oblong(int width, long height) implements Shape {
        @Override
        public int area(Points p) {
            int w = width;
            p.point("oblong");
            return (int) (w * height);
        }

        @Override
        public String name(Points p) {
            return "oblong " + Shape.super.name(p) + p.point("after super");
        }
    }

    sealed interface Tree permits Leaf, Node {}

    record Leaf(int value) implements Tree {}

    record Node(Tree left, Tree right) implements Tree {}

    enum Colour {
        RED,
        GREEN {
            @Override
            int code(Points p) {
                return 10 + p.point("green");
            }
        };

        int code(Points p) {
            return p.point("colour");
        }
    }

    abstract static class Base<T> {
        abstract T make(Points p, T from);

        T twice(Points p, T from) {
            T first = make(p, from);
            p.point(first);
            return make(p, first);
        }
    }

    static final class Doubler extends Base<String> {
        @Override
        String make(Points p, String from) {
            return from + p.point("make") + from;
        }
    }

    static final class Resource implements AutoCloseable {
        private final Points p;
        private final String name;

        Resource(Points p, String name) {
            this.p = p;
            this.name = name;
        }

        @Override
        public void close() throws Exception {
            p.point("close " + name);
            if (name.equals("bad")) throw new IllegalStateException("close");
        }
    }

    static final class Pair {
        final Object a;
        final long b;
        final String c;

        Pair(Object a, long b, String c) {
            this.a = a;
            this.b = b;
            this.c = c;
        }

        @Override
        public String toString() {
            return a + "/" + b + "/" + c;
        }
    }

    private int field = 3;
    private static long shared;

    public static Object locals(Points p) {
        boolean z = true;
        byte b = (byte) 200;
        short s = (short) 70000;
        char c = 'x';
        int i = Integer.MAX_VALUE;
        long l = 1L << 40;
        float f = 1.5f;
        double d = Math.PI;
        String t = "t";
        int[] a = {1, 2, 3};
        p.point(b);
        i++;
        c++;
        a[p.point("index") % 3] += 5;
        l ^= p.point("long");
        f *= 2 + p.point("float");
        d -= f;
        z &= p.point("bool") > 0;
        return "" + z + b + s + c + i + l + f + d + t + Arrays.toString(a);
    }

    public static Object stacks(Points p) {
        long x = 7;
        double y = 2.5;
        int[][] grid = new int[3][4];
        grid[p.point("row") % 3][p.point("column") % 4] = p.point("value");
        String[] names = {"a" + p.point(1), null, "b" + p.point(2)};
        return x * p.point("x")
                + y / (1 + p.point("y"))
                + (x > 3 ? p.point("then") : p.point("else"))
                + grid[0][1]
                + names.length
                + (int) x
                + sum(p, 1, 2L, 3f, 4d, "five", p.point("six"));
    }

    static double sum(Points p, int a, long b, float c, double d, String e, int f) {
        p.point("sum");
        return a + b + c + d + e.length() + f + p.point("end");
    }

    public static Object compound(Points p) {
        Corpus self = new Corpus();
        self.field += p.point("field");
        self.field <<= 1 + p.point("shift");
        shared = 0;
        shared += self.field++ + p.point("static");
        long[] longs = {1, 2};
        longs[p.point("i") & 1] *= 3 + p.point("m");
        String text = "s";
        text += p.point("concat") + 'c' + 1.5f;
        return self.field + "," + shared + "," + longs[0] + "," + longs[1] + text;
    }

    public static Object construction(Points p) {
        Pair inner =
                new Pair(
                        new Pair(p.point("deep"), p.point("deeper"), "in"),
                        p.point("b"),
                        "c" + p.point("c"));
        Object chosen =
                new Pair(
                        p.point("q") > 100 ? new Pair(1, 2, "x") : "no",
                        5L + p.point("r"),
                        p.point("s") > 0 ? "t" : "u");
        new Pair(p.point("dropped"), 0, null);
        return inner
                + " "
                + chosen
                + new int[p.point("size") + 1].length
                + new ArrayList<>(List.of(p.point("list")));
    }

    public static Object exceptions(Points p) throws Exception {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            try {
                try {
                    out.append(risky(p, i));
                } catch (IllegalStateException | ArithmeticException e) {
                    out.append("caught ").append(e.getMessage()).append(p.point("in catch"));
                    if (i == 2) throw new Exception("again", e);
                } finally {
                    out.append(p.point("finally " + i));
                }
            } catch (Exception e) {
                out.append(e.getCause() == null ? "none" : e.getCause().getMessage());
            }
        }
        return out.append(returns(p)).append(loops(p));
    }

    static int risky(Points p, int i) {
        p.point("risky");
        if (i == 1) throw new IllegalStateException("one");
        if (i == 2) return i / (i - 2);
        return p.point("fine");
    }

    @SuppressWarnings("finally")
    static int returns(Points p) {
        try {
            p.point("try");
            throw new RuntimeException("lost");
        } finally {
            return p.point("return in finally");
        }
    }

    static String loops(Points p) {
        String s = "";
        outer:
        for (int i = 0; ; i++) {
            int j = 0;
            do {
                if (p.point(i + "" + j) > 40 || i > 3) break outer;
                if (j == 1) continue outer;
                s += i + j;
                j++;
            } while (true);
        }
        return s;
    }

    public static Object uncaught(Points p) {
        try {
            p.point("before");
            Object o = "text";
            return (Integer) o;
        } finally {
            p.point("after");
        }
    }

    public static Object resources(Points p) throws Exception {
        try (Resource a = new Resource(p, "a");
                Resource b = new Resource(p, "b")) {
            p.point("body");
        }
        try (Resource a = new Resource(p, "first");
                Resource bad = new Resource(p, "bad")) {
            p.point("second body");
            throw new IllegalArgumentException("body");
        } catch (IllegalArgumentException e) {
            return e.getMessage() + e.getSuppressed()[0].getMessage() + p.point("handled");
        }
    }

    public static Object switches(Points p) {
        String out = "";
        for (Object o :
                new Object[] {
                    1,
                    "two",
                    Colour.GREEN,
                    Colour.RED,
                    4L,
                    null,
                    new Square(3),
                    new Oblong(2, 3),
                    'c'
                }) {
            out +=
                    switch (o) {
                        case null -> "null" + p.point("null");
                        case Integer i when i + 0 * p.point("guard") > 5 -> "big";
                        case Integer i -> "int" + p.point("int");
                        case String s when s.length() > p.point("length") -> s;
                        case String s -> "short" + s;
                        case Colour c -> c.code(p) + c.name();
                        case Square(int side) when p.point("side") >= 0 -> "square" + side;
                        case Shape s -> s.name(p);
                        default -> "other" + p.point("default");
                    };
            out += kind(p, String.valueOf(o));
        }
        return out + depth(p, new Node(new Node(new Leaf(1), new Leaf(2)), new Leaf(3)));
    }

    static int kind(Points p, String s) {
        switch (s) {
            case "1":
                p.point("case 1");
            case "two":
                return p.point("falls");
            case "GREEN":
            case "RED":
                switch (p.point("inner") % 3) {
                    case 0:
                        return 100;
                    case 1:
                        return 200;
                    default:
                        return 300;
                }
            default:
                return s.hashCode() % 7 + 0 * p.point("hash");
        }
    }

    static int depth(Points p, Tree tree) {
        return switch (tree) {
            case Leaf(int value) -> value + 0 * p.point("leaf");
            case Node(Leaf(int a), Leaf(int b)) -> a * b + p.point("leaves");
            case Node(Tree l, Tree r) -> Math.max(depth(p, l), depth(p, r)) + p.point("node");
        };
    }

    public static Object objects(Points p) {
        Shape[] shapes = {Shape.unit(p), new Square(2), new Oblong(3, 4)};
        String out = "";
        for (Shape s : shapes) out += s.name(p) + s.area(p);
        Base<String> base = new Doubler();
        out += base.twice(p, "d");
        Shape anonymous =
                new Shape() {
                    private int calls;

                    @Override
                    public int area(Points q) {
                        calls += q.point("anonymous");
                        return calls;
                    }
                };
        class Local implements Supplier<String> {
            @Override
            public String get() {
                return "local" + p.point("local") + anonymous.area(p);
            }
        }
        return out + anonymous.name(p) + new Local().get() + new Corpus().instance(p, 3);
    }

    private int instance(Points p, int n) {
        if (n == 0) return field + p.point("bottom");
        int below = this.instance(p, n - 1);
        field += below;
        return field + p.point("up " + n) + even(p, n);
    }

    private static int even(Points p, int n) {
        return n == 0 ? p.point("even") : odd(p, n - 1);
    }

    private static int odd(Points p, int n) {
        return n == 0 ? p.point("odd") : even(p, n - 1);
    }

    public static Object lambdas(Points p) {
        int captured = p.point("captured");
        long wide = 1L << 33;
        Function<Integer, String> f = i -> "f" + i + captured + wide + p.point("lambda");
        Supplier<Integer> s = () -> p.point("supplier");
        IntUnaryOperator op = i -> i * 2 + p.point("int lambda");
        BiFunction<Corpus, Points, Integer> unbound = Corpus::bound;
        Function<Points, Integer> bound = new Corpus()::bound;
        Function<Points, Object> statically = Corpus::locals;
        Function<Object, int[]> none = o -> new int[] {1};
        String out =
                f.apply(1)
                        + s.get()
                        + op.applyAsInt(4)
                        + unbound.apply(new Corpus(), p)
                        + bound.apply(p);
        Function<Integer, String> composed = i -> f.apply(i) + f.apply(i + 1);
        java.util.function.ToLongFunction<Points> widened = new Corpus()::bound;
        java.util.function.ToIntFunction<Points> unboxed = Corpus::boxed;
        java.util.function.Consumer<Points> ignored = new Corpus()::bound;
        ignored.accept(p);
        out += widened.applyAsLong(p) + unboxed.applyAsInt(p);
        Runnable r = () -> p.point("runnable");
        r.run();
        return out + statically.apply(p) + none.apply(p).length + composed.apply(7);
    }

    private static Integer boxed(Points p) {
        return 1000 + p.point("boxed");
    }

    private int bound(Points p) {
        return field + p.point("bound");
    }

    public static Object iteration(Points p) {
        Iterable<Integer> counted =
                () ->
                        new Iterator<>() {
                            private int i;

                            @Override
                            public boolean hasNext() {
                                return p.point("hasNext") >= 0 && i < 3;
                            }

                            @Override
                            public Integer next() {
                                return i++ + 0 * p.point("next");
                            }
                        };
        int sum = 0;
        for (int each : counted) sum += each * 10 + p.point("each");
        for (String each : List.of("a", "b")) sum += each.length() + p.point(each);
        return sum + varargs(p) + varargs(p, 1, p.point("vararg"), 3);
    }

    static int varargs(Points p, int... values) {
        int sum = p.point("varargs");
        for (int v : values) sum += v;
        return sum;
    }

    public static Object wide(Points p) {
        long a = 1, b = 2, c = 3, d = 4, e = 5, f = 6;
        double g = 7, h = 8;
        int i = 9, j = 10, k = 11, l = 12, m = 13, n = 14, o = 15, q = 16, r = 17;
        String s = "s", t = "t", u = "u", v = "v", w = "w", x = "x", y = "y", z = "z", zz = "zz";
        p.point("many");
        return a
                + b
                + c
                + d
                + e
                + f
                + g
                + h
                + i
                + j
                + k
                + l
                + m
                + n
                + o
                + q
                + r
                + s
                + t
                + u
                + v
                + w
                + x
                + y
                + z
                + zz
                + p.point("locals");
    }

    public static Object narrow(Points p) {
        Object o = p.point("o") > -1 ? "string" : Integer.valueOf(1);
        CharSequence c = p.point("c") > -1 ? "chars" : new StringBuilder("builder");
        Object[] array = p.point("array") > -1 ? new String[] {"x"} : new Integer[] {2};
        array[0] = "y" + p.point("store");
        if (!(o instanceof String text && text.length() > p.point("pattern") - 100)) return "no";
        return text + c.length() + array[0] + (o == null ? null : o.hashCode());
    }
}
