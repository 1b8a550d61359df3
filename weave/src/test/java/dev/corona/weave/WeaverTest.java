package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.Generator;
import dev.corona.errors.CoroutineStateException;

import org.junit.jupiter.api.Test;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What is woven, what is not, and what woven code keeps true. */
class WeaverTest {
    @SuppressWarnings("unchecked")
    private static Generator<Object> generator(Class<?> type) throws Exception {
        return (Generator<Object>) Compiled.call(type, "generator");
    }

    private static List<Object> values(Generator<Object> generator) {
        return generator.stream().toList();
    }

    private static List<String> twins(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(m -> Arrays.toString(m.getParameterTypes()).contains("Strand"))
                .filter(Method::isSynthetic)
                .map(Method::getName)
                .filter(n -> !n.endsWith("$resume") && !n.startsWith("frame$"))
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void weavesWhatReachesASuspensionPointAndWhatIsMarked() {
        Class<?> type =
                Compiled.woven(
                        """
                        class P {
                            static void walk(Generator.Yielder<Object> out) { step(out); }
                            static void step(Generator.Yielder<Object> out) { out.yield(1); }
                            static int plain(int i) { return i + 1; }
                            @Resumable static int marked(int i) { return i + 1; }
                            static Generator<Object> generator() { return Generator.of(P::walk); }
                        }
                        """);
        assertThat(twins(type)).containsExactly("marked", "step", "walk");
    }

    @Test
    void marksOfAClassCountForAllItsMethods() {
        Class<?> type =
                Compiled.woven(
                        """
                        @Resumable class P {
                            P() { own(); }
                            int own() { return 1; }
                            static native int outside();
                            private static void inner() {}
                        }
                        """);
        assertThat(twins(type)).containsExactly("inner", "own");
    }

    @Test
    void leavesTheOriginalCodeAsItIs() {
        Map<String, byte[]> plain =
                Compiled.compile(
                        Compiled.IMPORTS
                                + """
                                class P {
                                    static int walk(Generator.Yielder<Object> out, int n) {
                                        for (int i = 0; i < n; i++) out.yield(i);
                                        return n;
                                    }
                                }
                                """);
        byte[] woven = Compiled.weave(plain).classes().get("P");
        assertThat(text(woven, "walk", "(Ldev/corona/Generator$Yielder;I)I"))
                .isEqualTo(text(plain.get("P"), "walk", "(Ldev/corona/Generator$Yielder;I)I"));
        MethodModel twin =
                ClassFile.of().parse(woven).methods().stream()
                        .filter(
                                m ->
                                        m.methodType()
                                                .stringValue()
                                                .contains("Strand;Ldev/corona/woven/Frame;"))
                        .findFirst()
                        .orElseThrow();
        assertThat(twin.code().orElseThrow().findAttribute(Attributes.lineNumberTable()))
                .isPresent();
        assertThat(twin.code().orElseThrow().findAttribute(Attributes.localVariableTable()))
                .hasValueSatisfying(
                        t ->
                                assertThat(
                                                t.localVariables().stream()
                                                        .map(v -> v.name().stringValue()))
                                        .contains("out", "n", "i"));
    }

    private static String text(byte[] bytes, String name, String descriptor) {
        return ClassFile.of().parse(bytes).methods().stream()
                .filter(m -> m.methodName().equalsString(name))
                .filter(m -> m.methodType().equalsString(descriptor))
                .map(m -> m.code().orElseThrow().elementList().toString().replaceAll("id=\\d+", ""))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void keepsNoDeadReferenceWhileSuspended() throws Exception {
        Class<?> type =
                Compiled.woven(
                        """
                        class P {
                            static Generator<Object> generator() {
                                return Generator.of(out -> {
                                    Object large = new Object();
                                    out.yield(new java.lang.ref.WeakReference<>(large));
                                    int length = large.toString().length();
                                    out.yield("it is dead now");
                                    if (length < 0) out.yield(null);
                                });
                            }
                        }
                        """);
        Generator<Object> generator = generator(type);
        WeakReference<?> large = (WeakReference<?>) generator.next();
        System.gc();
        assertThat(large.get()).as("still needed").isNotNull();
        assertThat(generator.next()).isEqualTo("it is dead now");
        for (int i = 0; i < 50 && large.get() != null; i++) System.gc();
        assertThat(large.get()).as("not needed any more").isNull();
        assertThat(generator.hasNext()).isFalse();
    }

    @Test
    void aSubclassThatIsNotWovenOverridesThePlainMethodAlone() throws Exception {
        Map<String, byte[]> classes =
                Compiled.compile(
                        Compiled.IMPORTS
                                + """
                                class P {
                                    String name(Generator.Yielder<Object> out) { out.yield("P"); return "p"; }
                                    static class Sub extends P {
                                        @Override String name(Generator.Yielder<Object> out) { return "sub"; }
                                    }
                                    static Generator<Object> generator() {
                                        return Generator.of(out -> {
                                            for (P each : new P[] {new P(), new Sub(), new P() {}}) out.yield(each.name(out));
                                        });
                                    }
                                }
                                """);
        Map<String, byte[]> some = new java.util.HashMap<>(classes);
        some.remove("P$Sub");
        Map<String, byte[]> loaded = new java.util.HashMap<>(classes);
        loaded.putAll(Compiled.weave(some).classes());
        Generator<Object> names = generator(Compiled.load(loaded));
        assertThat(values(names)).containsExactly("P", "p", "sub", "P", "p");
    }

    @Test
    void refusesToSuspendBelowCodeThatIsNotWoven() throws Exception {
        Class<?> type =
                Compiled.woven(
                        """
                        class P {
                            static Generator<Object> generator() {
                                return Generator.of(out -> {
                                    out.yield("first");
                                    new ArrayList<>(List.of(1)).forEach(x -> out.yield(x));
                                });
                            }
                        }
                        """);
        Generator<Object> generator = generator(type);
        assertThat(generator.next()).isEqualTo("first");
        assertThatThrownBy(generator::next)
                .isInstanceOf(CoroutineStateException.Pinned.class)
                .hasMessage(
                        "cannot suspend generator in P: java.util.ArrayList.forEach, which is not woven, is on its stack;"
                                + " yield outside of it");
    }

    @Test
    void refusesToSuspendWhileItHoldsAMonitor() throws Exception {
        Class<?> type =
                Compiled.woven(
                        """
                        class P {
                            static synchronized void locked(Generator.Yielder<Object> out) { out.yield("locked"); }
                            static Generator<Object> generator() {
                                return Generator.of(out -> {
                                    Object lock = new Object();
                                    out.yield("free");
                                    try {
                                        synchronized (lock) { out.yield("held"); }
                                    } catch (RuntimeException e) {
                                        out.yield(e.getClass().getSimpleName());
                                    }
                                    out.yield(Thread.holdsLock(lock));
                                    try {
                                        locked(out);
                                    } catch (RuntimeException e) {
                                        out.yield(e.getClass().getSimpleName());
                                    }
                                });
                            }
                        }
                        """);
        assertThat(values(generator(type))).startsWith("free", "MonitorHeld", false).hasSize(4);
    }

    @Test
    void namesAMethodThatIsTooLargeAndWeavesTheRest() throws Exception {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 1500; i++) body.append("n += 1; out.yield(n);\n");
        Map<String, byte[]> classes =
                Compiled.compile(
                        Compiled.IMPORTS
                                + """
                                class P {
                                    static void huge(Generator.Yielder<Object> out) { int n = 0;
                                """
                                + body
                                + """
                                    }
                                    static Generator<Object> generator() { return Generator.of(out -> { out.yield(1); }); }
                                }
                                """);
        WovenSet woven = Compiled.weave(classes);
        assertThat(woven.reports()).hasSize(1);
        assertThat(woven.reports().getFirst().toString())
                .startsWith("P.huge is not resumable: its resumable form is too large");
        assertThat(values(generator(Compiled.load(woven.classes())))).containsExactly(1);
    }

    @Test
    void leavesOldClassFilesToThePlainForm() throws Exception {
        Map<String, byte[]> classes =
                Compiled.compile(
                        """
                        class P {
                            interface Named { String name(); }
                            static class One implements Named { public String name() { return "one"; } }
                            static Object named() { Named n = new One(); return n.name(); }
                        }
                        """,
                        "--release",
                        "8");
        for (String name : List.of("P", "P$Named", "P$One")) {
            byte[] old = classes.get(name).clone();
            old[7] = 51; // the class-file version of Java 7
            classes.put(name, old);
        }
        WovenSet woven =
                Weaver.of(Weaver.Options.marked(getClass().getClassLoader()).withEverything())
                        .weave(classes.values());
        assertThat(woven.reports()).isEmpty();
        assertThat(woven.classes().get("P$Named")).isEqualTo(classes.get("P$Named"));
        assertThat(Compiled.call(Compiled.load(woven.classes()), "named")).isEqualTo("one");
    }

    @Test
    void anErrorShowsTheWholeLogicalStack() throws Exception {
        Class<?> type =
                Compiled.woven(
                        """
                        class P {
                            static void outer(Generator.Yielder<Object> out) { middle(out); }
                            static void middle(Generator.Yielder<Object> out) { inner(out); }
                            static void inner(Generator.Yielder<Object> out) {
                                out.yield(1);
                                throw new IllegalStateException("deep");
                            }
                            static Generator<Object> generator() { return Generator.of(P::outer); }
                        }
                        """);
        Generator<Object> generator = generator(type);
        generator.next();
        assertThatThrownBy(generator::next)
                .hasMessage("deep")
                .satisfies(
                        e ->
                                assertThat(e.getStackTrace())
                                        .extracting(StackTraceElement::toString)
                                        .map(line -> line.replaceAll(".*//", ""))
                                        .startsWith(
                                                "P.inner(P.java:9)",
                                                "P.middle(P.java:6)",
                                                "P.outer(P.java:5)"));
    }

    @Test
    void manyLiveVariablesOfEachKindSurvive() throws Exception {
        StringBuilder declare = new StringBuilder();
        StringBuilder sum = new StringBuilder("0d");
        for (int i = 0; i < 12; i++) {
            declare.append(
                    "int i%d = %d; long j%d = %d; float f%d = %d; double d%d = %d; String s%d = \"%d\";%n"
                            .replace("%d", "" + i));
            sum.append(" + i%d + j%d + f%d + d%d + s%d.length()".replace("%d", "" + i));
        }
        Class<?> type =
                Compiled.woven(
                        """
                        class P {
                            static Generator<Object> generator() {
                                return Generator.of(out -> { %s out.yield("many"); out.yield(%s); });
                            }
                        }
                        """
                                .formatted(declare.toString().replace("%n", "\n"), sum));
        assertThat(values(generator(type))).containsExactly("many", 4d * 66 + 14);
    }
}
