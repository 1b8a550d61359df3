package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.Generator;
import dev.corona.errors.CoroutineStateException;

import org.junit.jupiter.api.Test;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ways to a suspension point that are easily overlooked, and places where one must not keep anything alive. */
class CornersTest {
    @SuppressWarnings("unchecked")
    private static List<Object> values(Class<?> type) throws Exception {
        return ((Generator<Object>) Compiled.call(type, "generator")).stream().toList();
    }

    @SuppressWarnings("unchecked")
    private static Generator<Object> generator(Class<?> type) throws Exception {
        return (Generator<Object>) Compiled.call(type, "generator");
    }

    private static Class<?> wovenWithout(String unwoven, String source) {
        Map<String, byte[]> classes = Compiled.compile(Compiled.IMPORTS + source);
        Map<String, byte[]> some = new HashMap<>(classes);
        assertThat(some.remove(unwoven)).isNotNull();
        Map<String, byte[]> loaded = new HashMap<>(classes);
        loaded.putAll(Compiled.weave(some).classes());
        return Compiled.load(loaded);
    }

    @Test
    void aHandlerOutsideOfASynchronizedBlockMaySuspend() throws Exception {
        Class<?> type =
                Compiled.woven(
                        """
                        class P {
                            static int locked(Generator.Yielder<Object> out, Object lock, int n) {
                                try {
                                    synchronized (lock) {
                                        if (n == 0) return 0;
                                        if (n == 1) throw new IllegalStateException();
                                        n = n * 2;
                                    }
                                } catch (IllegalStateException e) {
                                    out.yield("caught");
                                } finally {
                                    out.yield("finally");
                                }
                                return n;
                            }
                            static Generator<Object> generator() {
                                return Generator.of(out -> {
                                    Object lock = new Object();
                                    for (int i = 0; i < 3; i++) out.yield(locked(out, lock, i));
                                    out.yield(Thread.holdsLock(lock));
                                });
                            }
                        }
                        """);
        assertThat(values(type))
                .containsExactly("finally", 0, "caught", "finally", 1, "finally", 4, false);
    }

    @Test
    void referencesToMethodsOfForeignInterfacesMaySuspend() throws Exception {
        Class<?> type =
                Compiled.woven(
                        """
                        class P {
                            static String drain(Supplier<String> s) { return s.get(); }
                            static Generator<Object> generator() {
                                return Generator.of(out -> {
                                    Supplier<String> first = () -> { out.yield(1); return "first"; };
                                    Supplier<String> second = first::get;
                                    Function<Supplier<String>, String> unbound = Supplier::get;
                                    out.yield(drain(second) + unbound.apply(second) + unbound.apply(() -> "plain"));
                                    ToIntFunction<String> length = String::length;
                                    ToIntFunction<String> again = length::applyAsInt;
                                    out.yield(again.applyAsInt("four"));
                                });
                            }
                        }
                        """);
        assertThat(values(type)).containsExactly(1, 1, "firstfirstplain", 4);
    }

    @Test
    void anInheritedMethodImplementsAnInterface() throws Exception {
        Class<?> type =
                Compiled.woven(
                        """
                        class P {
                            interface Named { String name(Generator.Yielder<Object> out); }
                            static class Base {
                                public String name(Generator.Yielder<Object> out) { out.yield("in"); return "base"; }
                            }
                            static class Sub extends Base implements Named {}
                            static Generator<Object> generator() {
                                return Generator.of(out -> {
                                    Named named = new Sub();
                                    out.yield(named.name(out));
                                });
                            }
                        }
                        """);
        assertThat(values(type)).containsExactly("in", "base");
    }

    @Test
    void aDefaultMethodThatAnUnwovenInterfaceOverridesIsThatOne() throws Exception {
        Class<?> type =
                wovenWithout(
                        "P$Loud",
                        """
                        class P {
                            interface Named {
                                default String name(Generator.Yielder<Object> out) { out.yield("in"); return "named"; }
                            }
                            interface Loud extends Named {
                                default String name(Generator.Yielder<Object> out) { return "LOUD"; }
                            }
                            static class Both implements Named, Loud {}
                            static class One implements Named {}
                            static Generator<Object> generator() {
                                return Generator.of(out -> {
                                    for (Named each : new Named[] {new Both(), new One()}) out.yield(each.name(out));
                                });
                            }
                        }
                        """);
        assertThat(values(type)).containsExactly("LOUD", "in", "named");
    }

    @Test
    void aLambdaMayBeCalledByTheMethodThatItsInterfaceSpecializes() throws Exception {
        Class<?> type =
                Compiled.woven(
                        """
                        class P {
                            interface Twice extends UnaryOperator<String> {
                                @Override String apply(String s);
                            }
                            static Generator<Object> generator() {
                                return Generator.of(out -> {
                                    Twice twice = s -> { out.yield(s); return s + s; };
                                    UnaryOperator<String> general = twice;
                                    Function<String, String> most = general;
                                    out.yield(twice.apply("a") + general.apply("b") + most.apply("c"));
                                });
                            }
                        }
                        """);
        assertThat(values(type)).containsExactly("a", "b", "c", "aabbcc");
    }

    @Test
    void aLambdaWithMoreInterfacesMaySuspend() throws Exception {
        Class<?> type =
                Compiled.woven(
                        """
                        class P {
                            interface Marked {}
                            static Generator<Object> generator() {
                                return Generator.of(out -> {
                                    Supplier<Object> s = (Supplier<Object> & Marked) () -> { out.yield("in"); return 1; };
                                    out.yield(s.get());
                                    out.yield(s instanceof Marked);
                                });
                            }
                        }
                        """);
        assertThat(values(type)).containsExactly("in", 1, true);
    }

    @Test
    void aConstructorAndAnInitializerAreRefusedByName() throws Exception {
        Class<?> type =
                Compiled.woven(
                        """
                        class P {
                            static Generator.Yielder<Object> yielder;
                            static class Made {
                                Made(int n) { this(step(n), 1); }
                                Made(int n, int m) { super(); }
                                static int step(int n) { yielder.yield(n); return n; }
                            }
                            static class Initialized {
                                static final int N = Made.step(7);
                            }
                            static Generator<Object> generator() {
                                return Generator.of(out -> {
                                    yielder = out;
                                    try {
                                        new Made(1);
                                    } catch (RuntimeException e) {
                                        out.yield(e.getClass().getSimpleName() + ": " + e.getMessage());
                                    }
                                    try {
                                        out.yield(Initialized.N);
                                    } catch (ExceptionInInitializerError e) {
                                        out.yield(e.getCause().getMessage());
                                    }
                                });
                            }
                        }
                        """);
        List<Object> seen = values(type);
        assertThat(seen).hasSize(2);
        assertThat(seen.get(0).toString())
                .startsWith("Pinned: ")
                .contains("the constructor of P$Made, which cannot be resumable, is on its stack");
        assertThat(seen.get(1).toString())
                .contains(
                        "the initializer of class P$Initialized, which cannot be resumable, is on its stack");
    }

    @Test
    void aMonitorIsNamedWhereAWovenMethodIsCalledUnderIt() throws Exception {
        Class<?> type =
                Compiled.woven(
                        """
                        class P {
                            static void step(Generator.Yielder<Object> out) { out.yield("in"); }
                            static Generator<Object> generator() {
                                return Generator.of(out -> {
                                    synchronized (out) {
                                        try {
                                            step(out);
                                        } catch (RuntimeException e) {
                                            if (e.getClass().getSimpleName().equals("MonitorHeld")) return;
                                            throw e;
                                        }
                                    }
                                });
                            }
                        }
                        """);
        assertThat(values(type)).isEmpty();
    }

    @Test
    void aValueOfAnInaccessibleClassIsRefusedByName() {
        Map<String, byte[]> classes =
                Compiled.compile(
                        Map.of(
                                "a/Open",
                                """
                                package a;
                                public class Open {
                                    public static Hidden make() { return new Hidden(); }
                                    public static String use(Hidden hidden, int n) { return "used " + n; }
                                }
                                class Hidden {}
                                """,
                                "P",
                                Compiled.IMPORTS
                                        + """
                                        class P {
                                            static int step(Generator.Yielder<Object> out) { out.yield("in"); return 3; }
                                            static String own(Generator.Yielder<Object> out) {
                                                return a.Open.use(a.Open.make(), step(out));
                                            }
                                        }
                                        """));
        WovenSet woven = Compiled.weave(classes);
        assertThat(woven.reports()).hasSize(1);
        assertThat(woven.reports().getFirst().toString())
                .startsWith("P.own is not resumable: ")
                .contains("a.Hidden");
    }

    @Test
    void keepsNothingOfAnEndedOneAlive() throws Exception {
        Class<?> type =
                Compiled.woven(
                        """
                        class P {
                            static Object made(Generator.Yielder<Object> out) {
                                Object large = new Object();
                                out.yield(new java.lang.ref.WeakReference<>(large));
                                return large;
                            }
                            static Generator<Object> generator() {
                                return Generator.of(out -> {
                                    int hash = made(out).hashCode();
                                    out.yield("dropped");
                                    Object other = new Object();
                                    out.yield(new java.lang.ref.WeakReference<>(other));
                                    out.yield(other.hashCode() + hash > 0);
                                });
                            }
                        }
                        """);
        Generator<Object> generator = generator(type);
        WeakReference<?> returned = (WeakReference<?>) generator.next();
        assertThat(generator.next()).isEqualTo("dropped");
        requireCollected(returned, "a result that was used up");
        WeakReference<?> local = (WeakReference<?>) generator.next();
        generator.next();
        assertThat(generator.hasNext()).isFalse();
        requireCollected(local, "a variable of a body that has ended");
    }

    private static void requireCollected(WeakReference<?> reference, String what) {
        for (int i = 0; i < 50 && reference.get() != null; i++) System.gc();
        assertThat(reference.get()).as(what).isNull();
    }

    @Test
    void anUnfinishedObjectMayWaitBelowOthers() throws Exception {
        Class<?> type =
                Compiled.woven(
                        """
                        class P {
                            static int step(Generator.Yielder<Object> out, int n) { out.yield(n); return n; }
                            class Inner {
                                final int sum;
                                Inner(int a, long b, Object c) { sum = a + (int) b + c.hashCode(); }
                            }
                            static Generator<Object> generator() {
                                return Generator.of(out -> {
                                    P outer = new P();
                                    out.yield(outer.new Inner(
                                            step(out, 1), step(out, 2),
                                            new Object[] {outer.new Inner(step(out, 3), 4, new String("x" + step(out, 5))).sum}[0]).sum);
                                    P none = null;
                                    try {
                                        none.new Inner(step(out, 6), 0, "");
                                    } catch (NullPointerException e) {
                                        out.yield("null");
                                    }
                                });
                            }
                        }
                        """);
        int inner = 3 + 4 + "x5".hashCode();
        assertThat(values(type))
                .containsExactly(1, 2, 3, 5, 1 + 2 + Integer.valueOf(inner).hashCode(), "null");
    }

    @Test
    void aSerializableLambdaIsNotResumable() throws Exception {
        Class<?> type =
                Compiled.woven(
                        """
                        class P {
                            static Generator.Yielder<Object> yielder;
                            static Generator<Object> generator() {
                                return Generator.of(out -> {
                                    yielder = out;
                                    Runnable r = (Runnable & java.io.Serializable) () -> yielder.yield("in");
                                    out.yield("first");
                                    r.run();
                                });
                            }
                        }
                        """);
        Generator<Object> generator = generator(type);
        assertThat(generator.next()).isEqualTo("first");
        assertThatThrownBy(generator::next)
                .isInstanceOf(CoroutineStateException.Pinned.class)
                .hasMessageContaining("a lambda of P, not woven, is on its stack");
    }
}
