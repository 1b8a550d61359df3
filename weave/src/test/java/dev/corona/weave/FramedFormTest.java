package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.Generator;
import dev.corona.weave.analysis.Twins;

import org.junit.jupiter.api.Test;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Methods that go on in their frames give their results to the strand; {@code differential} shows that they do the same. */
class FramedFormTest {
    @SuppressWarnings("unchecked")
    private static List<Object> values(Class<?> type) throws Exception {
        return ((Generator<Object>) Compiled.call(type, "generator")).stream().toList();
    }

    @Test
    void methodsThatDifferInTheirResultsAloneGoOnEachInItsOwn() throws Exception {
        Map<String, byte[]> plain =
                Compiled.compile(
                        Compiled.IMPORTS
                                + """
                                public class P {
                                    interface Source<T> { T next(Generator.Yielder<Object> out); }
                                    static abstract class Counted<N extends Number> implements Source<N> {
                                        @Override public abstract N next(Generator.Yielder<Object> out);
                                    }
                                    static class Ints extends Counted<Integer> {
                                        @Override public Integer next(Generator.Yielder<Object> out) {
                                            out.yield("int");
                                            return 7;
                                        }
                                    }
                                    public static Generator<Object> generator() {
                                        return Generator.of(out -> {
                                            Ints ints = new Ints();
                                            Counted<Integer> counted = ints;
                                            Source<?> source = ints;
                                            out.yield(ints.next(out));
                                            out.yield(counted.next(out));
                                            out.yield(source.next(out));
                                        });
                                    }
                                }
                                """);
        Map<String, byte[]> woven = Compiled.weave(plain).classes();
        long framed =
                ClassFile.of().parse(woven.get("P$Ints")).methods().stream()
                        .filter(m -> m.methodName().equalsString("next"))
                        .filter(
                                m ->
                                        m.methodType()
                                                .stringValue()
                                                .contains(Twins.FRAMES.replace('.', '/')))
                        .count();
        assertThat(framed).as("the method and two bridges").isEqualTo(3);
        Class<?> type = Compiled.load(woven);
        assertThat(values(type)).containsExactly("int", 7, "int", 7, "int", 7);
    }

    /** Other compilers leave it to the return instruction to cut a result to its type. */
    @Test
    void whatIsReturnedIsCutToItsType() throws Exception {
        Map<String, byte[]> plain =
                new HashMap<>(
                        Compiled.compile(
                                Compiled.IMPORTS
                                        + """
                                public class P {
                                    static int much = 0x1_8085;
                                    static byte aByte(Generator.Yielder<Object> out) { out.yield("b"); return (byte) much; }
                                    static short aShort(Generator.Yielder<Object> out) { out.yield("s"); return (short) much; }
                                    static char aChar(Generator.Yielder<Object> out) { out.yield("c"); return (char) much; }
                                    static boolean aBoolean(Generator.Yielder<Object> out) { out.yield("z"); return true; }
                                    public static Generator<Object> generator() {
                                        return Generator.of(out -> {
                                            out.yield((int) aByte(out));
                                            out.yield((int) aShort(out));
                                            out.yield((int) aChar(out));
                                            out.yield(aBoolean(out) ? "true" : "false");
                                        });
                                    }
                                }
                                """));
        plain.compute("P", (name, bytes) -> withoutCuts(bytes));
        List<Object> expected =
                List.of(
                        "b",
                        (int) (byte) 0x85,
                        "s",
                        (int) (short) 0x8085,
                        "c",
                        0x8085,
                        "z",
                        "false");
        assertThat(values(Compiled.load(plain))).isEqualTo(expected);
        assertThat(values(Compiled.load(Compiled.weave(plain).classes()))).isEqualTo(expected);
    }

    /** Returns the uncut numbers, and 2 for true. */
    private static byte[] withoutCuts(byte[] bytes) {
        ClassFile files = ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS);
        CodeTransform code =
                (b, e) -> {
                    if (e instanceof ConvertInstruction) return;
                    if (e instanceof ConstantInstruction c && c.constantValue().equals(1)) {
                        b.iconst_2();
                    } else {
                        b.with(e);
                    }
                };
        ClassTransform small =
                ClassTransform.transformingMethodBodies(FramedFormTest::isSmall, code);
        return files.transformClass(files.parse(bytes), small);
    }

    private static boolean isSmall(MethodModel m) {
        return m.methodName().stringValue().startsWith("a");
    }
}
