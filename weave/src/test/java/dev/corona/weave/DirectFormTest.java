package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corona.Generator;
import dev.corona.weave.analysis.Twins;
import dev.corona.weave.differential.DirectForms;

import org.junit.jupiter.api.Test;

import java.lang.classfile.ClassFile;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Methods that were never left are called in a form of their own; {@code differential} shows that it does the same. */
class DirectFormTest {
    private static List<Object> run(String body) throws Exception {
        return values(Compiled.woven(body));
    }

    @SuppressWarnings("unchecked")
    private static List<Object> values(Class<?> type) throws Exception {
        return ((Generator<Object>) Compiled.call(type, "generator")).stream().toList();
    }

    @Test
    void itIsNotCalledAgainOnceItWasLeft() throws Exception {
        Class<?> type =
                Compiled.woven(
                        """
                                class P {
                                    static void leaf(Generator.Yielder<Object> out, int i) { if (i == 2) out.yield(i); }
                            static void inner(Generator.Yielder<Object> out, int i) { leaf(out, i); }
                                    static void outer(Generator.Yielder<Object> out, int i) { inner(out, i); }
                                    static void other(Generator.Yielder<Object> out, int i) { leaf(out, -i); }
                                    static void all(Generator.Yielder<Object> out) {
                                        out.yield("start");
                                        for (int i = 0; i < 4; i++) { outer(out, i); other(out, i); }
                                        for (int i = 0; i < 4; i++) { outer(out, i); other(out, i); }
                                    }
                                    static Generator<Object> generator() { return Generator.of(P::all); }
                                }
                                """);
        DirectForms forms = new DirectForms(List.of(type));
        assertThat(forms.noted())
                .as("those with calls of others")
                .containsExactly("all", "inner", "other", "outer");
        assertThat(forms.left()).isEmpty();
        @SuppressWarnings("unchecked")
        Generator<Object> generator = (Generator<Object>) Compiled.call(type, "generator");
        assertThat(generator.next()).isEqualTo("start");
        assertThat(forms.left()).containsExactly("all");
        assertThat(generator.next()).isEqualTo(2);
        assertThat(forms.left()).as("who called a direct form").containsExactly("all", "outer");
        assertThat(generator.next()).isEqualTo(2);
        assertThat(forms.left()).containsExactly("all", "inner", "outer");
        assertThat(generator.hasNext()).isFalse();
        assertThat(forms.left()).doesNotContain("other");
    }

    @Test
    void noHandlerOfTheProgramSeesThatItIsLeft() throws Exception {
        assertThat(
                        run(
                                """
                                class P {
                                    static int depth(Generator.Yielder<Object> out, int n) {
                                        try {
                                            if (n > 0) return 1 + depth(out, n - 1);
                                            out.yield("bottom");
                                            return 0;
                                        } catch (Throwable t) {
                                            out.yield(t);
                                            throw t;
                                        } finally {
                                            out.yield("finally " + n);
                                        }
                                    }
                                    static Generator<Object> generator() {
                                        return Generator.of(out -> {
                                            Object last;
                                            try { last = depth(out, 2); } catch (Throwable t) { last = t; }
                                            out.yield(last);
                                        });
                                    }
                                }
                                """))
                .containsExactly("bottom", "finally 0", "finally 1", "finally 2", 2);
    }

    @Test
    void superCallsReachTheSuperclass() throws Exception {
        assertThat(
                        run(
                                """
                                class P {
                                    interface Named {
                                        default String name(Generator.Yielder<Object> out) {
                                            out.yield("interface");
                                            return "named";
                                        }
                                    }
                                    static class Base implements Named {
                                        @Override public String name(Generator.Yielder<Object> out) {
                                            return "base of " + Named.super.name(out);
                                        }
                                        synchronized String locked(Generator.Yielder<Object> out) { return "locked"; }
                                    }
                                    static class Heir extends Base {
                                        @Override public String name(Generator.Yielder<Object> out) {
                                            return "heir of " + super.name(out);
                                        }
                                        @Override synchronized String locked(Generator.Yielder<Object> out) {
                                            return "still " + super.locked(out);
                                        }
                                    }
                                    static class Last extends Heir {
                                        @Override String locked(Generator.Yielder<Object> out) {
                                            out.yield("last");
                                            return "not " + super.locked(out);
                                        }
                                    }
                                    static void all(Generator.Yielder<Object> out, Heir heir) {
                                        String name = heir.name(out);
                                        String locked = heir.locked(out);
                                        out.yield(name);
                                        out.yield(locked);
                                    }
                                    static Generator<Object> generator() {
                                        return Generator.of(out -> { all(out, new Heir()); all(out, new Last()); });
                                    }
                                }
                                """))
                .containsExactly(
                        "interface",
                        "heir of base of named",
                        "still locked",
                        "interface",
                        "last",
                        "heir of base of named",
                        "not still locked");
    }

    /** As one that was woven without them, or was written by hand. */
    @Test
    void aSubclassWithATwinAndNoDirectFormIsCalledByThat() throws Exception {
        Map<String, byte[]> plain =
                Compiled.compile(
                        Compiled.IMPORTS
                                + """
                                import dev.corona.woven.Strand;
                                class P {
                                    static class Base {
                                        String name(Generator.Yielder<Object> out) {
                                            if (out == null) out.yield("never");
                                            return "base";
                                        }
                                        /** Too long for a direct form. */
                                        int many(Generator.Yielder<Object> out, int n) {
                                            %s
                                            return n;
                                        }
                                    }
                                    static class Old extends Base {
                                        @Override String name(Generator.Yielder<Object> out) { return "plain"; }
                                        String name(Generator.Yielder<Object> out, Strand strand) {
                                            return strand == null ? "no strand" : "twin";
                                        }
                                        @Override int many(Generator.Yielder<Object> out, int n) { return -1; }
                                        int many(Generator.Yielder<Object> out, int n, Strand strand) { return -2; }
                                    }
                                    /** As Corona's compilers make them: the plain form is inherited. */
                                    static class Made extends Base {
                                        String name(Generator.Yielder<Object> out, Strand strand) { return "made"; }
                                    }
                                    static class Plain extends Base {
                                        @Override String name(Generator.Yielder<Object> out) { return "plain"; }
                                        @Override int many(Generator.Yielder<Object> out, int n) { return -3; }
                                    }
                                    static void all(Generator.Yielder<Object> out, Base[] objects) {
                                        String names = "";
                                        for (Base b : objects) names += b.name(out) + b.many(out, 7) + " ";
                                        out.yield(names);
                                    }
                                    static Generator<Object> generator() {
                                        Base[] objects = { new Plain(), new Old(), new Made(), new Base() };
                                        return Generator.of(out -> { all(out, objects); all(out, objects); });
                                    }
                                }
                                """
                                        .formatted("if (n < 0) out.yield(n);\n".repeat(300)));
        Map<String, byte[]> some = new HashMap<>(plain);
        some.keySet().removeAll(List.of("P$Old", "P$Made", "P$Plain"));
        Map<String, byte[]> all = new HashMap<>(plain);
        all.putAll(Compiled.weave(some).classes());
        String names = "plain-3 twin-2 made7 base7 ";
        assertThat(values(Compiled.load(all))).containsExactly(names, names);
        assertThat(directForms(all.get("P$Base"))).hasSize(2);
    }

    private static List<String> directForms(byte[] bytes) {
        String last = Twins.WAY_OUT.descriptorString() + ")";
        return ClassFile.of().parse(bytes).methods().stream()
                .filter(m -> !m.methodName().stringValue().startsWith(Twins.MAKER))
                .filter(m -> m.methodType().stringValue().contains(last))
                .map(m -> m.methodName().stringValue())
                .toList();
    }

    @Test
    void theNearestMarkSaysWhetherThereIsOne() {
        Map<String, byte[]> plain =
                Compiled.compile(
                        Map.of(
                                "q/package-info",
                                "@dev.corona.Resumable(direct = false) package q;",
                                "q/Q",
                                "package q; public class Q { public void byPackage() {} }",
                                "q/P",
                                """
                                package q;
                                import dev.corona.*;
                                @Resumable
                                class P {
                                    void byClass(Generator.Yielder<Object> out) {
                                        byMethod(out);
                                        new Q().byPackage();
                                    }
                                    @Resumable(direct = false) void byMethod(Generator.Yielder<Object> out) { out.yield(1); }
                                }
                                """));
        Map<String, byte[]> woven = Compiled.weave(plain).classes();
        assertThat(directForms(woven.get("q.Q"))).isEmpty();
        assertThat(directForms(woven.get("q.P"))).containsExactly("byClass");
        assertThat(Twins.areIn(woven.get("q.Q"))).isTrue();
    }

    @Test
    void aLambdaWithoutOneIsCalledByItsTwin() throws Exception {
        assertThat(
                        run(
                                """
                                class P {
                                    interface Step { int apply(Generator.Yielder<Object> out, int n); }
                                    static int twice(Generator.Yielder<Object> out, Step step, int n) {
                                        return step.apply(out, step.apply(out, n));
                                    }
                                    static Generator<Object> generator() {
                                        return Generator.of(out -> {
                                            int quiet = twice(out, (o, n) -> { if (n < 0) o.yield(n); return n + 1; }, 1);
                                            int loud = twice(out, (o, n) -> { o.yield(n); return n * 2; }, quiet);
                                            out.yield(loud);
                                        });
                                    }
                                }
                                """))
                .containsExactly(3, 6, 12);
    }

    /** All kinds of values on the operand stack, as many as a method can have, at calls that are left. */
    @Test
    void whatIsOnTheOperandStackIsKept() throws Exception {
        int[] sizes = {1, 2, 9, 40};
        String sums =
                Arrays.stream(sizes)
                        .mapToObj(n -> "out.yield(\"\" + " + sum(n) + ");")
                        .collect(Collectors.joining("\n"));
        List<Object> seen =
                run(
                        """
                        class P {
                            static int i(Generator.Yielder<Object> out, int n) { if (n %% 3 == 0) out.yield(n); return n; }
                            static long j(Generator.Yielder<Object> out, int n) { return 10L * i(out, n); }
                            static double d(Generator.Yielder<Object> out, int n) { return 0.5 * j(out, n); }
                            static String a(Generator.Yielder<Object> out, int n) { return "a" + d(out, n); }
                            static void all(Generator.Yielder<Object> out) {
                                %s
                            }
                            static Generator<Object> generator() { return Generator.of(P::all); }
                        }
                        """
                                .formatted(sums));
        Stream.Builder<Object> expected = Stream.builder();
        for (int size : sizes) {
            StringBuilder text = new StringBuilder();
            for (int n = 0; n < size; n++) {
                for (int k = 0; k < 4; k++) if (n % 3 == 0) expected.add(n);
                text.append(n + 10L * n + 5.0 * n).append("a").append(5.0 * n);
            }
            expected.add(text.toString());
        }
        assertThat(seen).isEqualTo(expected.build().toList());
    }

    /** A sum whose parts are all on the operand stack before the first is added. */
    private static String sum(int size) {
        String parts =
                IntStream.range(0, size)
                        .mapToObj(
                                "(i(out, %1$d) + j(out, %1$d) + d(out, %1$d)) + a(out, %1$d)"
                                        ::formatted)
                        .collect(Collectors.joining(", "));
        return "String.join(\"\", new String[] {" + parts + "})";
    }

    @Test
    void theTraceOfAnErrorShowsEachCallOnce() throws Exception {
        Class<?> type =
                Compiled.woven(
                        """
                                class P {
                                    static void outer(Generator.Yielder<Object> out) { inner(out); }
                                    static void inner(Generator.Yielder<Object> out) {
                                        if (out == null) out.yield("never");
                                        throw new IllegalStateException("on purpose");
                                    }
                                    static Generator<Object> generator() { return Generator.of(out -> outer(out)); }
                                }
                                """);
        Throwable thrown = catchThrowable(((Generator<?>) Compiled.call(type, "generator"))::next);
        assertThat(thrown).hasMessage("on purpose");
        assertThat(thrown.getStackTrace())
                .filteredOn(e -> e.getClassName().equals("P"))
                .extracting(e -> e.getMethodName().replaceFirst("lambda\\$.*", "lambda"))
                .containsExactly("inner", "outer", "lambda");
    }
}
