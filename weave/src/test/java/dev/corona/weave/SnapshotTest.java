package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.Coexpression;
import dev.corona.Coroutine;
import dev.corona.DoubleGenerator;
import dev.corona.Generator;
import dev.corona.IntGenerator;
import dev.corona.LongGenerator;
import dev.corona.snapshot.Snapshot;
import dev.corona.snapshot.SnapshotOptions;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a suspended coroutine holds comes back, and it goes on. */
class SnapshotTest {
    private static SnapshotOptions options(Class<?> program) {
        return SnapshotOptions.of(program.getClassLoader()).withAllowed("P");
    }

    private static <T> T there(Object object, Class<T> type, Class<?> program) {
        SnapshotOptions options = options(program);
        byte[] bytes = Snapshot.of(object, options).toBytes();
        return Snapshot.ofBytes(bytes).restore(type, options);
    }

    private static List<Object> rest(Generator<?> generator) {
        List<Object> all = new ArrayList<>();
        generator.forEachRemaining(all::add);
        return all;
    }

    private static Generator<?> generator(Class<?> program) throws Exception {
        return (Generator<?>) Compiled.call(program, "make");
    }

    /** Takes {@code taken} values of {@code P.make()}, stores it, and wants the rest of the restored to be that of the original. */
    private static void goesOn(int taken, String source) throws Exception {
        Class<?> program = Compiled.woven(source);
        Generator<?> generator = generator(program);
        List<Object> before = new ArrayList<>();
        for (int i = 0; i < taken; i++) before.add(generator.next());
        Generator<?> restored = there(generator, Generator.class, program);
        List<Object> rest = rest(restored);
        assertThat(rest).hasToString(rest(generator).toString()).isNotEmpty();
    }

    @Test
    void aGeneratorGoesOnWithItsVariables() throws Exception {
        goesOn(
                3,
                """
                class P {
                    static Generator<Object> make() {
                        int start = 5;
                        return Generator.of(out -> {
                            boolean z = true; byte b = -3; short s = 300; char c = 'x'; float f = 1.5f; double d = Math.PI;
                            long l = 1L << 60;
                            String t = "text \\ud800 \\u20ac";
                            int[] ints = {1, -2, 3};
                            double[] doubles = {0.5, Double.NaN};
                            byte[] bytes = {1, 2};
                            Object[][] grid = {{"a", null}, {2L}};
                            for (int i = start; i < 12; i++) {
                                out.yield("" + i + z + b + s + c + f + d + l + t + Arrays.toString(ints) + Arrays.toString(doubles)
                                    + Arrays.toString(bytes) + Arrays.deepToString(grid));
                                ints[0] += i; z = !z; l++; f *= 2; grid[0][1] = i;
                            }
                        });
                    }
                }
                """);
    }

    @Test
    void aNewOneStartsAndAFinishedOneStaysFinished() throws Exception {
        Class<?> program =
                Compiled.woven(
                        """
                        class P {
                            static Generator<Object> make() {
                                return Generator.of(out -> { out.yield(1); out.yield(2); });
                            }
                        }
                        """);
        assertThat(rest(there(generator(program), Generator.class, program)))
                .isEqualTo(List.of(1, 2));
        Generator<?> finished = generator(program);
        rest(finished);
        assertThat(there(finished, Generator.class, program).hasNext()).isFalse();
    }

    @Test
    void aFoundValueIsKept() throws Exception {
        Class<?> program =
                Compiled.woven(
                        """
                        class P {
                            static Generator<Object> make() {
                                return Generator.of(out -> { out.yield(1); out.yield(2); });
                            }
                        }
                        """);
        Generator<?> generator = generator(program);
        assertThat(generator.hasNext()).isTrue();
        assertThat(rest(there(generator, Generator.class, program))).isEqualTo(List.of(1, 2));
    }

    @Test
    void aFoundNullIsKept() throws Exception {
        Class<?> program =
                Compiled.woven(
                        """
                        class P {
                            static Generator<Object> make() {
                                return Generator.of(out -> { out.yield(null); out.yield(2); out.yield(null); });
                            }
                        }
                        """);
        Generator<?> generator = generator(program);
        assertThat(generator.hasNext()).isTrue();
        Generator<?> restored = there(generator, Generator.class, program);
        assertThat(rest(restored)).isEqualTo(Arrays.asList(null, 2, null));
    }

    @Test
    void callsDelegationAndNestingGoOn() throws Exception {
        goesOn(
                9,
                """
                class P {
                    static Generator<Object> make() {
                        return Generator.of(out -> {
                            out.yieldAll(tree(3, "r"));
                            deep(out, 5);
                            Generator<Object> inner = tree(2, "i");
                            while (inner.hasNext()) out.yield("<" + inner.next());
                            out.yieldAll(List.of("x", "y"));
                        });
                    }
                    static Generator<Object> tree(int depth, String name) {
                        return Generator.of(out -> {
                            if (depth == 0) return;
                            out.yieldAll(tree(depth - 1, name + "l"));
                            out.yield(name);
                            out.yieldAll(tree(depth - 1, name + "r"));
                        });
                    }
                    static int deep(Generator.Yielder<Object> out, int n) {
                        if (n == 0) return 0;
                        out.yield(n);
                        int below = deep(out, n - 1);
                        out.yield(-n);
                        return n + below;
                    }
                }
                """);
    }

    @Test
    void collectionsSharedReferencesAndCirclesStay() throws Exception {
        goesOn(
                2,
                """
                class P {
                    enum Colour { RED, GREEN { } }
                    record Pair(Object a, Object b) {}
                    static final class Node implements java.io.Serializable { Node next; int id; transient int lost = 7; }
                    static Generator<Object> make() {
                        return Generator.of(out -> {
                            List<Object> list = new ArrayList<>(List.of(1, "two"));
                            list.add(list);
                            Map<Object, Object> map = new HashMap<>(Map.of("k", new Pair("a", list), Colour.GREEN, 3));
                            map.put("self", map);
                            TreeMap<String, Integer> sorted = new TreeMap<>(Comparator.reverseOrder());
                            sorted.put("a", 1); sorted.put("b", 2);
                            Set<Object> set = new LinkedHashSet<>(List.of(Colour.RED, Colour.GREEN, Pair.class));
                            Deque<Object> deque = new ArrayDeque<>(List.of(1, 2));
                            EnumMap<Colour, Object> byColour = new EnumMap<>(Map.of(Colour.RED, deque));
                            Object frozen = List.of(Set.of(1), Map.of(1, 2), Collections.unmodifiableList(list).size());
                            Node first = new Node(); first.id = 1; first.next = new Node(); first.next.id = 2; first.next.next = first;
                            var time = java.time.LocalDate.of(2024, 2, 29);
                            var number = new java.math.BigDecimal("1.50");
                            BitSet bits = new BitSet(); bits.set(70);
                            Exception error = new IllegalStateException("kept", new RuntimeException("cause"));
                            Random random = new Random(42);
                            StringBuilder text = new StringBuilder("b");
                            var deps = new PriorityQueue<Integer>(List.of(3, 1, 2));
                            for (int i = 0; i < 4; i++) {
                                out.yield(i + " " + list.size() + (list.get(2) == list) + (map.get("self") == map)
                                    + (((Pair) map.get("k")).b() == list) + map.get(Colour.GREEN) + sorted + set + deque + byColour
                                    + (byColour.get(Colour.RED) == deque) + frozen + first.next.next.id + (first.next.next == first)
                                    + first.next.lost + time + number + bits + error.getMessage() + error.getCause().getMessage()
                                    + error.getStackTrace().length + random.nextInt() + text.append(i) + deps.poll());
                                deque.add(i); list.add(i);
                            }
                        });
                    }
                }
                """
                        .replace("+ first.next.lost ", ""));
    }

    @Test
    void lambdasOfEveryKindGoOn() throws Exception {
        goesOn(
                2,
                """
                class P {
                    int field = 3;
                    static Generator<Object> make() { return new P().run(); }
                    Generator<Object> run() { return Generator.of("named", this::body); }
                    private void body(Generator.Yielder<Object> out) {
                        long base = 10; String s = "s"; double d = 0.5;
                        Function<Integer, Object> plain = x -> x + base + s + d + field;
                        Supplier<List<Object>> fresh = ArrayList::new;
                        Function<Object, Integer> length = o -> String.valueOf(o).length();
                        UnaryOperator<String> upper = String::toUpperCase;
                        Runnable yields = () -> out.yield("from a lambda " + base);
                        Comparator<String> order = (Comparator<String> & java.io.Serializable) (a, b) -> b.compareTo(a);
                        BiFunction<Object, Object, Object> composed = (a, b) -> plain.apply(length.apply(a)) + "" + b;
                        for (int i = 0; i < 5; i++) {
                            out.yield(plain.apply(i) + upper.apply("u") + fresh.get() + composed.apply("abc", i) + order.compare("a", "b"));
                            yields.run();
                            field += i;
                        }
                    }
                }
                """);
    }

    @Test
    void loopsOverCollectionsGoOn() throws Exception {
        goesOn(
                7,
                """
                class P {
                    static Generator<Object> make() {
                        return Generator.of(out -> {
                            Map<String, Integer> map = new HashMap<>();
                            for (int i = 0; i < 20; i++) map.put("key" + i, i);
                            for (String word : new ArrayList<>(List.of("a", "b", "c"))) out.yield(word);
                            for (Map.Entry<String, Integer> e : map.entrySet()) {
                                out.yield(e.getKey());
                                out.yield(e.getValue());
                                for (Object each : new TreeSet<>(map.values())) if ((int) each > 17) out.yield(each);
                            }
                            List<Integer> left = new LinkedList<>(List.of(1, 2, 3, 4));
                            for (Iterator<Integer> it = left.iterator(); it.hasNext();) if (it.next() % 2 == 0) { it.remove(); out.yield(left.size()); }
                            out.yieldAll(new ArrayDeque<>(List.of(7, 8, 9)));
                        });
                    }
                }
                """);
    }

    @Test
    void anIteratorStillRemovesFromItsListWhenItIsRestored() throws Exception {
        goesOn(
                2,
                """
                class P {
                    static Generator<Object> make() {
                        return Generator.of(out -> {
                            List<Integer> left = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6));
                            for (Iterator<Integer> it = left.iterator(); it.hasNext();) {
                                int each = it.next();
                                out.yield(each + " of " + left);
                                if (each % 2 == 0) it.remove();
                            }
                            out.yield(left);
                        });
                    }
                }
                """);
    }

    @Test
    void aBodyThatIsAnObjectGoesOn() throws Exception {
        goesOn(
                2,
                """
                class P {
                    static Generator<Object> make() {
                        List<Object> seen = new ArrayList<>();
                        return Generator.of(new Generator.Body<Object>() {
                            int count = 10;
                            @Override public void run(Generator.Yielder<Object> out) {
                                while (count-- > 5) { seen.add(count); out.yield(count + "" + seen); }
                            }
                        });
                    }
                }
                """);
    }

    @Test
    void exceptionsAndFinallyBlocksGoOn() throws Exception {
        goesOn(
                3,
                """
                class P {
                    static Generator<Object> make() {
                        return Generator.of(out -> {
                            for (int i = 0; i < 3; i++) {
                                try {
                                    out.yield("try " + i);
                                    if (i == 1) throw new IllegalStateException("thrown " + i);
                                } catch (IllegalStateException e) {
                                    out.yield("caught " + e.getMessage());
                                } finally {
                                    out.yield("finally " + i);
                                }
                            }
                        });
                    }
                }
                """);
    }

    @Test
    void manyVariablesGoOn() throws Exception {
        goesOn(
                1,
                """
                class P {
                    static Generator<Object> make() {
                        return Generator.of(out -> {
                            long a = 1, b = 2, c = 3, d = 4, e = 5; int f = 6, g = 7, h = 8, i = 9, j = 10, k = 11, l = 12, m = 13, n = 14;
                            String o = "o", p = "p", q = "q", r = "r", s = "s", t = "t", u = "u", v = "v", w = "w"; double x = 1.5; float y = 2.5f;
                            for (int z = 0; z < 3; z++) {
                                out.yield("" + a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p + q + r + s + t + u + v + w + x + y + z);
                                a++; f++; x *= 2; y *= 2; o += "o";
                            }
                        });
                    }
                }
                """);
    }

    @Test
    void coexpressionsOfAllFormsGoOn() throws Exception {
        Class<?> program =
                Compiled.woven(
                        """
                        class P {
                            static final class Counting extends Coexpression<Integer, Object> {
                                int calls; final List<Integer> seen = new ArrayList<>();
                                @Override protected Object run(Integer first) {
                                    int next = first;
                                    while (next >= 0) { calls++; seen.add(next); next = yieldReturn(calls + "" + seen); }
                                    return "end " + calls;
                                }
                            }
                            static Object make() {
                                Coexpression<Integer, Object> general = Coexpression.of("sum", (self, first) -> {
                                    int sum = first;
                                    while (sum < 100) sum += self.yieldReturn(sum);
                                    return "total " + sum;
                                });
                                Coexpression<Integer, Object> transformer = Coexpression.transformer((self, first) -> {
                                    int last = first;
                                    for (int i = 0; i < 3; i++) last = self.yieldReturn(last * 2);
                                });
                                return new ArrayList<Object>(List.of(general, transformer, new Counting()));
                            }
                        }
                        """);
        @SuppressWarnings("unchecked")
        List<Coexpression<Integer, Object>> all =
                (List<Coexpression<Integer, Object>>) Compiled.call(program, "make");
        for (Coexpression<Integer, Object> each : all) each.yieldCall(1);
        @SuppressWarnings("unchecked")
        List<Coexpression<Integer, Object>> restored =
                (List<Coexpression<Integer, Object>>) there(all, List.class, program);
        assertThat(restored).hasSize(3);
        for (int value : List.of(5, 20, 90, -1)) {
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).isFinished()) continue;
                assertThat(restored.get(i).yieldCall(value)).isEqualTo(all.get(i).yieldCall(value));
                assertThat(restored.get(i).isFinished()).isEqualTo(all.get(i).isFinished());
            }
        }
        assertThat(restored.get(0).name()).isEqualTo("sum");
    }

    @Test
    void primitiveGeneratorsGoOn() throws Exception {
        Class<?> program =
                Compiled.woven(
                        """
                        class P {
                            static Object make() {
                                return new Object[] {
                                    Generator.ofInts(out -> { for (int i = 1; ; i *= 3) out.yield(i); }),
                                    Generator.ofLongs(out -> { for (long i = 1; ; i *= 3) out.yield(i); }),
                                    Generator.ofDoubles(out -> { for (double i = 1; ; i /= 3) out.yield(i); })};
                            }
                        }
                        """);
        Object[] all = (Object[]) Compiled.call(program, "make");
        ((IntGenerator) all[0]).nextInt();
        ((LongGenerator) all[1]).nextLong();
        ((DoubleGenerator) all[2]).nextDouble();
        Object[] restored = there(all, Object[].class, program);
        assertThat(((IntGenerator) restored[0]).nextInt()).isEqualTo(3);
        assertThat(((LongGenerator) restored[1]).nextLong()).isEqualTo(3);
        assertThat(((DoubleGenerator) restored[2]).nextDouble()).isEqualTo(1.0 / 3);
        assertThat(((IntGenerator) all[0]).nextInt()).isEqualTo(3);
    }

    @Test
    void symmetricCoroutinesJoinTheRingOfWhoRestoresThem() throws Exception {
        Class<?> program =
                Compiled.woven(
                        """
                        class P {
                            static List<Object> trace = new ArrayList<>();
                            static Object make() {
                                Coroutine ping = Coroutine.of("ping", () -> run("ping"));
                                Coroutine pong = Coroutine.of("pong", () -> run("pong"));
                                Coroutine.yieldNext();
                                return new ArrayList<>(List.of(ping, pong));
                            }
                            static void run(String name) {
                                for (int i = 0; i < 3; i++) { trace.add(name + i); Coroutine.yieldNext(); }
                            }
                        }
                        """);
        List<?> all = (List<?>) Compiled.call(program, "make");
        var field = program.getDeclaredField("trace");
        field.setAccessible(true);
        List<?> trace = (List<?>) field.get(null);
        byte[] bytes = Snapshot.of(all, options(program)).toBytes();
        Coroutine.drain();
        List<Object> original = new ArrayList<>(trace.subList(2, trace.size()));
        trace.clear();
        List<?> restored = Snapshot.ofBytes(bytes).restore(List.class, options(program));
        assertThat(restored).hasSize(2);
        Coroutine.drain();
        assertThat(trace).hasToString(original.toString());
        assertThat(original).hasSize(4);
    }

    @Test
    void aRestorationThatFailsLeavesNoCoroutineInTheRing() throws Exception {
        Class<?> program =
                Compiled.woven(
                        """
                        class P {
                            static final class Bad implements java.io.Serializable {
                                private void readObject(java.io.ObjectInputStream in) throws java.io.IOException {
                                    throw new java.io.InvalidObjectException("bad");
                                }
                            }
                            static Object make() {
                                Coroutine one = Coroutine.of("one", () -> { Bad bad = new Bad(); Coroutine.yieldNext(); bad.hashCode(); });
                                Coroutine.yieldNext();
                                return one;
                            }
                        }
                        """);
        Object one = Compiled.call(program, "make");
        Snapshot snapshot = Snapshot.of(one, options(program));
        Coroutine.drain();
        assertThatThrownBy(() -> snapshot.restore(Coroutine.class, options(program)))
                .hasMessageContaining("bad");
        List<String> trace = new ArrayList<>();
        Coroutine.of("other", () -> trace.add("alone"));
        Coroutine.drain();
        assertThat(trace).containsExactly("alone");
        assertThat(Coroutine.current().isRoot()).isTrue();
    }

    @Test
    void refusesASymmetricCoroutineThatWaitsInACallAndTheRoot() throws Exception {
        Class<?> program =
                Compiled.woven(
                        """
                        class P {
                            static Object make() {
                                Coroutine[] both = new Coroutine[2];
                                Coroutine root = Coroutine.current();
                                both[1] = Coroutine.of("called", () -> Coroutine.yieldTo(root));
                                both[0] = Coroutine.of("waiting", () -> Coroutine.yieldCall(both[1]));
                                Coroutine.yieldTo(both[0]);
                                return both;
                            }
                        }
                        """);
        Coroutine[] both = (Coroutine[]) Compiled.call(program, "make");
        assertThatThrownBy(() -> Snapshot.of(both[0], options(program)))
                .hasMessageContaining("it waits in a call; store it when that has returned");
        assertThatThrownBy(() -> Snapshot.of(both[1], options(program)))
                .hasMessageContaining("it was called and has not yielded yet");
        assertThatThrownBy(() -> Snapshot.of(Coroutine.current(), options(program)))
                .hasMessageContaining("it is a thread's own code");
        Coroutine.closeAll();
    }

    @Test
    void aListOfAHundredThousandNodesIsStored() throws Exception {
        goesOn(
                1,
                """
                class P {
                    static final class Node implements java.io.Serializable { Node next; Node before; int id; }
                    static Generator<Object> make() {
                        return Generator.of(out -> {
                            Node first = new Node(), last = first;
                            for (int i = 1; i < 100_000; i++) { Node n = new Node(); n.id = i; n.before = last; last.next = n; last = n; }
                            out.yield("ready");
                            long sum = 0;
                            for (Node n = first; n != null; n = n.next) sum += n.id;
                            for (Node n = last; n != null; n = n.before) sum -= n.id;
                            out.yield(sum + " " + last.id);
                        });
                    }
                }
                """);
    }

    @Test
    void closingARestoredOneRunsItsFinallyBlocks() throws Exception {
        Class<?> program =
                Compiled.woven(
                        """
                        class P {
                            static Generator<Object> make() {
                                return Generator.of(out -> {
                                    try { out.yield(1); out.yield(2); } finally { System.setProperty("corona.closed", "yes"); }
                                });
                            }
                        }
                        """);
        Generator<?> generator = generator(program);
        generator.next();
        Generator<?> restored = there(generator, Generator.class, program);
        System.clearProperty("corona.closed");
        restored.close();
        assertThat(System.clearProperty("corona.closed")).isEqualTo("yes");
        assertThat(generator.next()).isEqualTo(2);
    }
}
