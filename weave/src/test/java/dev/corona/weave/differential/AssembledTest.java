package dev.corona.weave.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.kernel.Engine;
import dev.corona.kernel.Engines;
import dev.corona.weave.Weaver;
import dev.corona.weave.WovenSet;
import dev.corona.weave.differential.DirectForms.Way;
import dev.corona.weave.random.Kit;
import dev.corona.weave.random.Runner;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Instructions and mixes of operands that javac does not make, in class files that are put together by hand. */
class AssembledTest {
    private static final ClassDesc POINTS = ClassDesc.of(Points.class.getName());
    private static final ClassDesc CD_Object = ConstantDescs.CD_Object;
    private static final MethodTypeDesc POINT = MethodTypeDesc.of(ConstantDescs.CD_int, CD_Object);
    private static final MethodTypeDesc PROGRAM = MethodTypeDesc.of(CD_Object, POINTS);

    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super(AssembledTest.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                byte[] bytes = classes.get(name);
                if (bytes == null) return super.loadClass(name, resolve);
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? defineClass(name, bytes, 0, bytes.length) : loaded;
            }
        }
    }

    private static final Map<String, Consumer<CodeBuilder>> PROGRAMS = programs();

    private static Map<String, Consumer<CodeBuilder>> programs() {
        Map<String, Consumer<CodeBuilder>> programs = new LinkedHashMap<>();
        programs.put("swap", b -> point(b.loadConstant("low").loadConstant("high").swap()));
        programs.put("dup2x2OfInts", b -> ints(b, 4).dup2_x2());
        programs.put("dup2x2OfLongs", b -> b.loadConstant(5L).loadConstant(7L).dup2_x2());
        programs.put("dup2x2LongOverInts", b -> ints(b, 2).loadConstant(9L).dup2_x2());
        programs.put("dup2x2IntsOverDouble", b -> ints(b.loadConstant(2.5), 2).dup2_x2());
        programs.put("dup2x1OfInts", b -> ints(b, 3).dup2_x1());
        programs.put("dup2x1LongOverInt", b -> ints(b, 1).loadConstant(3L).dup2_x1());
        programs.put("dupx2OverLong", b -> ints(b.loadConstant(3L), 1).dup_x2());
        programs.put("dupx2OverInts", b -> ints(b, 3).dup_x2());
        programs.put("dupx1OfFloat", b -> ints(b, 1).loadConstant(1.5f).dup_x1());
        programs.put("dup2OfInts", b -> ints(b, 2).dup2());
        programs.put("dup2OfDouble", b -> b.loadConstant(0.25).dup2());
        programs.put("pop2OfInts", b -> ints(b, 4).pop2());
        programs.put("pop2OfLong", b -> ints(b, 1).loadConstant(4L).pop2());
        programs.put("nop", b -> ints(b.nop(), 1).nop());
        programs.put("farJumps", AssembledTest::farJumps);
        programs.put("condy", AssembledTest::condy);
        programs.put("lookupswitch", b -> lookupswitch(b));
        return programs;
    }

    private static CodeBuilder point(CodeBuilder b) {
        return b.aload(1).swap().invokevirtual(POINTS, "point", POINT);
    }

    private static CodeBuilder ints(CodeBuilder b, int count) {
        for (int i = 0; i < count; i++) point(b.loadConstant("int " + i));
        return b;
    }

    private static void farJumps(CodeBuilder b) {
        var over = b.newLabel();
        var back = b.newLabel();
        b.with(BranchInstruction.of(Opcode.GOTO_W, over));
        b.labelBinding(back);
        point(b.loadConstant("back"));
        var end = b.newLabel();
        b.with(BranchInstruction.of(Opcode.GOTO_W, end));
        b.labelBinding(over);
        point(b.loadConstant("over")).pop();
        b.with(BranchInstruction.of(Opcode.GOTO_W, back));
        b.labelBinding(end);
    }

    private static void condy(CodeBuilder b) {
        ClassDesc bootstraps = ClassDesc.of("java.lang.invoke.ConstantBootstraps");
        b.loadConstant(
                DynamicConstantDesc.ofNamed(
                        ConstantDescs.ofConstantBootstrap(bootstraps, "nullConstant", CD_Object),
                        "nothing",
                        ConstantDescs.CD_String));
        ints(b, 1);
        b.loadConstant(
                DynamicConstantDesc.ofNamed(
                        ConstantDescs.ofConstantBootstrap(
                                bootstraps, "primitiveClass", ConstantDescs.CD_Class),
                        "J",
                        ConstantDescs.CD_Class));
        ints(b, 1);
    }

    private static void lookupswitch(CodeBuilder b) {
        var other = b.newLabel();
        var first = b.newLabel();
        var end = b.newLabel();
        point(b.loadConstant("key"));
        b.lookupswitch(other, List.of(SwitchCase.of(-5, other), SwitchCase.of(0, first)));
        b.labelBinding(first);
        point(b.loadConstant("first"));
        b.goto_(end).labelBinding(other);
        point(b.loadConstant("other"));
        b.labelBinding(end);
    }

    /** What is on the stack after each program; the last is the top. */
    private static final Map<String, String> LEFT =
            Map.ofEntries(
                    Map.entry("swap", "AI"),
                    Map.entry("dup2x2OfInts", "IIIIII"),
                    Map.entry("dup2x2OfLongs", "JJJ"),
                    Map.entry("dup2x2LongOverInts", "JIIJ"),
                    Map.entry("dup2x2IntsOverDouble", "IIDII"),
                    Map.entry("dup2x1OfInts", "IIIII"),
                    Map.entry("dup2x1LongOverInt", "JIJ"),
                    Map.entry("dupx2OverLong", "IJI"),
                    Map.entry("dupx2OverInts", "IIII"),
                    Map.entry("dupx1OfFloat", "FIF"),
                    Map.entry("dup2OfInts", "IIII"),
                    Map.entry("dup2OfDouble", "DD"),
                    Map.entry("pop2OfInts", "II"),
                    Map.entry("pop2OfLong", "I"),
                    Map.entry("nop", "I"),
                    Map.entry("farJumps", "I"),
                    Map.entry("condy", "AIAI"),
                    Map.entry("lookupswitch", "I"));

    private static Map<String, byte[]> assemble() {
        Map<String, byte[]> classes = new HashMap<>();
        PROGRAMS.forEach((name, code) -> classes.put("Assembled" + name, assemble(name, code)));
        return classes;
    }

    private static byte[] assemble(String name, Consumer<CodeBuilder> code) {
        return ClassFile.of()
                .build(
                        ClassDesc.of("Assembled" + name),
                        c -> {
                            c.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_SUPER);
                            c.withInterfaceSymbols(ClassDesc.of(Kit.Program.class.getName()));
                            c.withMethodBody(
                                    ConstantDescs.INIT_NAME,
                                    ConstantDescs.MTD_void,
                                    ClassFile.ACC_PUBLIC,
                                    b ->
                                            b.aload(0)
                                                    .invokespecial(
                                                            CD_Object,
                                                            ConstantDescs.INIT_NAME,
                                                            ConstantDescs.MTD_void)
                                                    .return_());
                            c.withMethodBody(
                                    "run",
                                    PROGRAM,
                                    ClassFile.ACC_PUBLIC,
                                    b -> write(b, code, LEFT.get(name)));
                        });
    }

    /** The program; then a point with all that is left under it; then what is left, as text. */
    private static void write(CodeBuilder b, Consumer<CodeBuilder> code, String left) {
        MethodTypeDesc concat = MethodTypeDesc.of(ConstantDescs.CD_String, ConstantDescs.CD_String);
        code.accept(b);
        point(b.loadConstant("full")).pop();
        b.loadConstant("").astore(2);
        for (int i = left.length() - 1; i >= 0; i--) {
            TypeKind kind = kind(left.charAt(i));
            ClassDesc shown = kind == TypeKind.REFERENCE ? CD_Object : kind.upperBound();
            b.invokestatic(
                    ConstantDescs.CD_String,
                    "valueOf",
                    MethodTypeDesc.of(ConstantDescs.CD_String, shown));
            b.loadConstant(" ").invokevirtual(ConstantDescs.CD_String, "concat", concat);
            b.aload(2).invokevirtual(ConstantDescs.CD_String, "concat", concat).astore(2);
        }
        b.aload(2).areturn();
    }

    private static TypeKind kind(char c) {
        return switch (c) {
            case 'I' -> TypeKind.INT;
            case 'J' -> TypeKind.LONG;
            case 'F' -> TypeKind.FLOAT;
            case 'D' -> TypeKind.DOUBLE;
            default -> TypeKind.REFERENCE;
        };
    }

    private static byte[] read(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static final Map<String, byte[]> PLAIN = assemble();
    private static final WovenSet WOVEN = weave();

    private static WovenSet weave() {
        List<byte[]> classes = new ArrayList<>(PLAIN.values());
        for (Class<?> each : List.of(Points.class, Points.Exhausted.class, Runner.class)) {
            classes.add(read(each));
        }
        for (Class<?> each : Kit.class.getNestMembers()) classes.add(read(each));
        return Weaver.of(Weaver.Options.marked(AssembledTest.class.getClassLoader()))
                .weave(classes);
    }

    @Test
    void allAreWovenAndVerified() {
        assertThat(WOVEN.reports()).isEmpty();
        for (String name : PLAIN.keySet()) {
            assertThat(ClassFile.of().verify(WOVEN.classes().get(name)))
                    .allMatch(e -> e.getMessage().contains("Could not resolve class"));
        }
        assertThat(LEFT).containsOnlyKeys(PROGRAMS.keySet());
    }

    @TestFactory
    Stream<DynamicTest> doTheSameSuspendedAnywhere() throws Exception {
        Loader plain = new Loader(PLAIN);
        Loader woven = new Loader(WOVEN.classes());
        return PLAIN.keySet().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> compare(name, plain, woven)));
    }

    private static void compare(String name, Loader plain, Loader woven) throws Exception {
        Outcome expected = Runner.run(plain.loadClass(name), new BitSet(), null, () -> {});
        int points = expected.trace().size();
        assertThat(points).isPositive();
        Method run =
                woven.loadClass(Runner.class.getName())
                        .getMethod("run", Class.class, BitSet.class, Engine.class, Runnable.class);
        Class<?> program = woven.loadClass(name);
        DirectForms forms = new DirectForms(List.of(program));
        for (int mask = 0; mask < 1 << points; mask++) {
            BitSet suspending = BitSet.valueOf(new long[] {mask});
            for (Way way : Way.values()) {
                Runnable before = forms.before(way, new Random(mask));
                Object seen = run.invoke(null, program, suspending, Engines.woven(), before);
                assertThat(seen)
                        .as("suspended at %s, %s left".formatted(suspending, way))
                        .isEqualTo(expected);
            }
        }
    }
}
