package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corona.Generator;
import dev.corona.woven.Fingerprint;

import org.junit.jupiter.api.Test;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What debuggers, stack traces and reflection see of a woven class. */
class DebugInfoTest {
    private static final String SOURCE =
            Compiled.IMPORTS
                    + """
                    class P {
                        @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
                        @java.lang.annotation.Target({
                            java.lang.annotation.ElementType.METHOD,
                            java.lang.annotation.ElementType.PARAMETER,
                            java.lang.annotation.ElementType.TYPE_USE})
                        @interface Seen { String value(); }

                        @Seen("static") static <T extends Comparable<T>> T walk(
                                @Seen("out") Generator.Yielder<Object> out, List<@Seen("item") T> items, long count)
                                throws java.io.IOException {
                            T best = items.get(0);
                            for (T each : items) {
                                out.yield(each);
                                double weight = 1.5 * count;
                                if (each.compareTo(best) > 0 && weight > 0) best = each;
                            }
                            return best;
                        }
                        @Seen("instance") int fail(Generator.Yielder<Object> out, int depth) {
                            List<String> names = new ArrayList<>();
                            if (depth > 0)
                                return fail(out, depth - 1) + 1;
                            if (out != null) out.yield("bottom");
                            Object text = "text";
                            return names.size()
                                    + (Integer) text;
                        }
                        static void start(Generator.Yielder<Object> out) {
                            new P().fail(out, 2);
                        }
                        static Generator<Object> failing() { return Generator.of(out -> start(null)); }
                        static Generator<Object> generator() { return Generator.of(P::start); }
                    }
                    """;

    private static final Map<String, byte[]> PLAIN = Compiled.compile(SOURCE, "-parameters");
    private static final Map<String, byte[]> WOVEN = Compiled.weave(PLAIN).classes();

    /** The form that is called, the direct one, and the one that goes on in a frame. */
    private static List<MethodModel> twins(String name) {
        List<MethodModel> twins =
                ClassFile.of().parse(WOVEN.get("P")).methods().stream()
                        .filter(m -> m.methodName().equalsString(name))
                        .filter(DebugInfoTest::isTwin)
                        .toList();
        assertThat(twins).hasSize(3);
        return twins;
    }

    private static boolean isTwin(MethodModel m) {
        String type = m.methodType().stringValue();
        return type.contains("woven/Strand;") || type.contains("woven/WayOut;");
    }

    private static MethodModel plain(String name) {
        return ClassFile.of().parse(PLAIN.get("P")).methods().stream()
                .filter(m -> m.methodName().equalsString(name))
                .findFirst()
                .orElseThrow();
    }

    private static CodeAttribute code(MethodModel method) {
        return method.findAttribute(Attributes.code()).orElseThrow();
    }

    private static Set<Integer> lines(MethodModel method) {
        return code(method)
                .findAttribute(Attributes.lineNumberTable())
                .orElseThrow()
                .lineNumbers()
                .stream()
                .map(l -> l.lineNumber())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> variables(MethodModel method) {
        return code(method)
                .findAttribute(Attributes.localVariableTable())
                .orElseThrow()
                .localVariables()
                .stream()
                .map(v -> v.name() + " " + v.type())
                .sorted()
                .toList();
    }

    private static List<String> genericVariables(MethodModel method) {
        return code(method)
                .findAttribute(Attributes.localVariableTypeTable())
                .orElseThrow()
                .localVariableTypes()
                .stream()
                .map(v -> v.name() + " " + v.signature())
                .sorted()
                .toList();
    }

    @Test
    void resumableCodeHasTheSameLinesAndVariables() {
        for (String name : List.of("walk", "fail")) {
            for (MethodModel twin : twins(name)) {
                assertThat(lines(twin)).isEqualTo(lines(plain(name)));
                assertThat(variables(twin)).isEqualTo(variables(plain(name)));
                assertThat(genericVariables(twin)).isEqualTo(genericVariables(plain(name)));
            }
        }
    }

    @Test
    void everyInstructionOfResumableCodeHasALine() {
        // The ways out stand last, and are on the line of the one call that suspends.
        long before = SOURCE.substring(0, SOURCE.indexOf("out.yield(each)")).lines().count();
        for (MethodModel twin : twins("walk")) {
            var lines =
                    code(twin)
                            .findAttribute(Attributes.lineNumberTable())
                            .orElseThrow()
                            .lineNumbers();
            assertThat(lines.getFirst().startPc()).isZero();
            assertThat((long) lines.getLast().lineNumber()).isEqualTo(before);
        }
    }

    @Test
    void theCallOfADirectFormHasNoLineSoThatTracesCanLeaveItOut() {
        for (MethodModel twin : twins("start")) {
            boolean callsDirect = twin.methodType().stringValue().contains("woven/Frame;");
            var lines =
                    code(twin)
                            .findAttribute(Attributes.lineNumberTable())
                            .orElseThrow()
                            .lineNumbers();
            assertThat(lines.getFirst().startPc() > 0).isEqualTo(callsDirect);
        }
    }

    @Test
    void methodsOfTheSourceKeepEveryAttribute() {
        ClassModel plain = ClassFile.of().parse(PLAIN.get("P"));
        ClassModel woven = ClassFile.of().parse(WOVEN.get("P"));
        assertThat(names(woven)).isEqualTo(names(plain));
        for (MethodModel m : plain.methods()) {
            MethodModel same =
                    woven.methods().stream()
                            .filter(w -> w.methodName().equals(m.methodName()))
                            .filter(w -> w.methodType().equals(m.methodType()))
                            .findFirst()
                            .orElseThrow();
            assertThat(names(same)).isEqualTo(names(m));
            m.code()
                    .ifPresent(
                            c ->
                                    assertThat(names(code(same)))
                                            .as(m.methodName().stringValue())
                                            .isEqualTo(names(code(m))));
        }
    }

    private static List<String> names(java.lang.classfile.AttributedElement element) {
        return element.attributes().stream()
                .map(a -> a.attributeName().stringValue())
                .sorted()
                .toList();
    }

    @Test
    void reflectionSeesAnnotationsParametersAndGenericsOnce() throws Exception {
        Class<?> plain = Compiled.load(PLAIN);
        Class<?> woven = Compiled.load(WOVEN);
        assertThat(described(woven, false)).isEqualTo(described(plain, false));
        assertThat(described(woven, true)).isNotEmpty().noneMatch(d -> d.contains("Seen"));
    }

    private static List<String> described(Class<?> type, boolean added) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(m -> added == Arrays.toString(m.getParameterTypes()).contains("woven."))
                .filter(
                        m ->
                                !m.getName().endsWith("$resume")
                                        && !m.isAnnotationPresent(Fingerprint.class))
                .map(DebugInfoTest::describe)
                .sorted()
                .toList();
    }

    private static String describe(Method m) {
        return m.toGenericString()
                + Arrays.toString(m.getAnnotations())
                + Arrays.deepToString(m.getParameterAnnotations())
                + Arrays.toString(m.getParameters())
                + Arrays.toString(m.getAnnotatedParameterTypes());
    }

    @Test
    void tracesAreThoseOfThePlainCode() throws Exception {
        for (String name : List.of("generator", "failing")) {
            List<String> expected = trace(Compiled.load(PLAIN), name);
            assertThat(expected).hasSizeGreaterThan(3);
            assertThat(trace(Compiled.load(WOVEN), name)).as(name).isEqualTo(expected);
        }
    }

    /** The lines of P in the trace of its error. */
    @SuppressWarnings("unchecked")
    private static List<String> trace(Class<?> type, String name) throws Exception {
        Generator<Object> generator = (Generator<Object>) Compiled.call(type, name);
        if (name.equals("generator")) assertThat(generator.next()).isEqualTo("bottom");
        Throwable thrown = catchThrowable(generator::next);
        assertThat(thrown).isInstanceOf(ClassCastException.class);
        return Arrays.stream(thrown.getStackTrace())
                .filter(e -> e.getClassName().equals("P"))
                .map(e -> e.getMethodName() + ":" + e.getLineNumber())
                .toList();
    }
}
