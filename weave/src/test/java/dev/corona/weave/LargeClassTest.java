package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.Generator;

import org.junit.jupiter.api.Test;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A class that has no room for the resumable forms of its methods. */
class LargeClassTest {
    private static final String SOURCE =
            Compiled.IMPORTS
                    + """
                    class P {
                        static Generator<Object> inside() { return Generator.of(out -> { out.yield(0); Large.two(out); }); }
                        static Generator<Object> own() { return Large.generator(); }
                    }
                    class Large {
                        static void two(Generator.Yielder<Object> out) { out.yield(1); out.yield(2); }
                        static Generator<Object> generator() { return Generator.of(Large::two); }
                    }
                    """;

    private static final int CONSTANTS_OF_A_METHOD = 10_000;

    /** Class files with {@code Large} filled up to so many numbers in its constant pool. */
    private static Map<String, byte[]> classes(int constants) {
        Map<String, byte[]> classes = new HashMap<>(Compiled.compile(SOURCE));
        ClassFile files = ClassFile.of();
        classes.put(
                "Large",
                files.transformClass(
                        files.parse(classes.get("Large")),
                        ClassTransform.endHandler(
                                b -> {
                                    for (int i = 0; i < constants; i += CONSTANTS_OF_A_METHOD) {
                                        int first = 1_000_000 + i;
                                        int last =
                                                1_000_000
                                                        + Math.min(
                                                                constants,
                                                                i + CONSTANTS_OF_A_METHOD);
                                        b.withMethodBody(
                                                "filler" + i,
                                                MethodTypeDesc.of(ConstantDescs.CD_void),
                                                ClassFile.ACC_STATIC,
                                                c -> {
                                                    for (int k = first; k < last; k++)
                                                        c.loadConstant(k).pop();
                                                    c.return_();
                                                });
                                    }
                                })));
        return classes;
    }

    private static int poolSize(byte[] classFile) {
        return ClassFile.of().parse(classFile).constantPool().size();
    }

    /** As many numbers as leave {@code rest} places in the pool. */
    private static Map<String, byte[]> classesWithRoomFor(int rest) {
        int others = poolSize(classes(60_000).get("Large")) - 60_000;
        return classes(65_535 - others - rest);
    }

    @Test
    void staysAsItIsAndIsNamedWithARemedy() throws Exception {
        Map<String, byte[]> classes = classesWithRoomFor(5);
        assertThat(poolSize(classes.get("Large"))).isGreaterThan(65_500);
        WovenSet woven = Compiled.weave(classes);
        assertThat(woven.classes().get("Large")).isSameAs(classes.get("Large"));
        assertThat(woven.reports())
                .singleElement()
                .satisfies(
                        report -> {
                            assertThat(report.kind()).isEqualTo(Report.Kind.NOT_WOVEN);
                            assertThat(report.toString())
                                    .startsWith(
                                            "Large is not woven: with the resumable forms of its methods it would be too large for a class file (")
                                    .endsWith("; split it");
                        });
    }

    @Test
    @SuppressWarnings("unchecked")
    void theOtherClassesAreWovenAndASuspensionInItIsRefusedByName() throws Exception {
        Class<?> type = Compiled.load(Compiled.weave(classesWithRoomFor(5)).classes());
        assertThat((Iterable<?>) Compiled.call(type, "own"))
                .as("a body of the class itself is plain, and so is its coroutine")
                .map(Object::toString)
                .containsExactly("1", "2");
        Generator<Object> inside = (Generator<Object>) Compiled.call(type, "inside");
        assertThat(inside.next()).isEqualTo(0);
        assertThatThrownBy(inside::next)
                .hasMessageContaining("Large.two, which is not woven, is on its stack");
    }

    @Test
    void withRoomItIsWoven() throws Exception {
        Map<String, byte[]> classes = classesWithRoomFor(1_000);
        WovenSet woven = Compiled.weave(classes);
        assertThat(woven.reports()).isEmpty();
        assertThat(woven.changed()).isEqualTo(2);
        assertThat((Iterable<?>) Compiled.call(Compiled.load(woven.classes()), "inside"))
                .map(Object::toString)
                .containsExactly("0", "1", "2");
    }

    @Test
    void withRoomForAllButDirectFormsItIsWovenWithoutThem() throws Exception {
        int whole = poolSize(Compiled.weave(classes(1)).classes().get("Large"));
        Map<String, byte[]> classes =
                classesWithRoomFor(whole - poolSize(classes(1).get("Large")) - 1);
        WovenSet woven = Compiled.weave(classes);
        assertThat(woven.reports()).isEmpty();
        assertThat(formsOfTwo(woven)).containsExactly("Strand");
        assertThat(formsOfTwo(Compiled.weave(classesWithRoomFor(1_000))))
                .containsExactlyInAnyOrder("Strand", "WayOut");
        assertThat((Iterable<?>) Compiled.call(Compiled.load(woven.classes()), "inside"))
                .map(Object::toString)
                .containsExactly("0", "1", "2");
    }

    private static Set<String> formsOfTwo(WovenSet woven) {
        return ClassFile.of().parse(woven.classes().get("Large")).methods().stream()
                .filter(m -> m.methodName().equalsString("two"))
                .flatMap(m -> m.methodTypeSymbol().parameterList().stream())
                .map(ClassDesc::displayName)
                .filter(name -> name.equals("Strand") || name.equals("WayOut"))
                .collect(Collectors.toSet());
    }
}
