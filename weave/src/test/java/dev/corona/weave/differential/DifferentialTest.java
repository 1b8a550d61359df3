package dev.corona.weave.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.kernel.Engine;
import dev.corona.kernel.Engines;
import dev.corona.weave.Weaver;
import dev.corona.weave.WovenSet;
import dev.corona.weave.differential.DirectForms.Way;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every program of the {@link Corpus} does the same plain and woven, wherever it suspends. */
class DifferentialTest {
    private static final int RANDOM_SUBSETS = 40;

    private static final class Loader extends ClassLoader {
        private final WovenSet woven;

        Loader() {
            super(DifferentialTest.class.getClassLoader());
            List<byte[]> classes = new ArrayList<>();
            for (Class<?> each : nest(Points.class)) classes.add(bytes(each));
            classes.add(bytes(Driver.class));
            classes.add(bytes(Opcodes.class));
            for (Class<?> each : nest(Corpus.class)) classes.add(bytes(each));
            woven = Weaver.of(Weaver.Options.marked(getParent())).weave(classes);
        }

        List<Class<?>> all() {
            return woven.classes().keySet().stream().map(this::load).toList();
        }

        private Class<?> load(String name) {
            try {
                return loadClass(name);
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }

        private static List<Class<?>> nest(Class<?> host) {
            return Arrays.asList(host.getNestMembers());
        }

        private static byte[] bytes(Class<?> type) {
            String file = type.getName().replace('.', '/') + ".class";
            try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                byte[] bytes = woven.classes().get(name);
                if (bytes == null) return super.loadClass(name, resolve);
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? defineClass(name, bytes, 0, bytes.length) : loaded;
            }
        }
    }

    private static final Loader LOADER = new Loader();
    private static final DirectForms FORMS = new DirectForms(LOADER.all());

    private static List<String> programs() {
        return Stream.of(Corpus.class, Opcodes.class)
                .flatMap(c -> Stream.of(c.getDeclaredMethods()))
                .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic())
                .map(Method::getName)
                .sorted()
                .toList();
    }

    @Test
    void theWholeCorpusIsWoven() {
        assertThat(LOADER.woven.reports()).isEmpty();
        assertThat(programs()).hasSizeGreaterThan(20);
        assertThat(FORMS.size()).isGreaterThan(30);
    }

    /** What javac makes only of methods over 32 KB, or not at all; {@link AssembledTest} has those. */
    private static final Set<Opcode> NOT_OF_JAVAC =
            EnumSet.of(
                    Opcode.NOP,
                    Opcode.SWAP,
                    Opcode.GOTO_W,
                    Opcode.JSR,
                    Opcode.JSR_W,
                    Opcode.RET,
                    Opcode.RET_W);

    @Test
    void theCorpusHasEveryInstructionOfJavacInResumableMethods() {
        Set<Opcode> missing = EnumSet.allOf(Opcode.class);
        missing.removeAll(NOT_OF_JAVAC);
        for (byte[] bytes : LOADER.woven.classes().values()) {
            ClassModel model = ClassFile.of().parse(bytes);
            for (MethodModel m : model.methods()) {
                if (hasTwin(model, m)) missing.removeAll(opcodes(m));
            }
        }
        assertThat(missing).isEmpty();
    }

    private static boolean hasTwin(ClassModel model, MethodModel method) {
        String type = method.methodType().stringValue();
        String parameters = type.substring(1, type.indexOf(')'));
        return !method.flags().has(AccessFlag.SYNTHETIC)
                && model.methods().stream()
                        .filter(m -> m.methodName().equalsString(method.methodName().stringValue()))
                        .map(m -> m.methodType().stringValue())
                        .anyMatch(
                                t -> t.startsWith("(" + parameters + "Ldev/corona/woven/Strand;"));
    }

    private static Set<Opcode> opcodes(MethodModel method) {
        return method.code().stream()
                .flatMap(c -> c.elementStream())
                .filter(Instruction.class::isInstance)
                .map(i -> ((Instruction) i).opcode())
                .collect(Collectors.toSet());
    }

    @TestFactory
    Stream<DynamicTest> doesTheSameSuspendedAnywhere() {
        return programs().stream().map(p -> DynamicTest.dynamicTest(p, () -> compare(p)));
    }

    private static void compare(String program) throws Exception {
        Outcome plain = Driver.run(program, new BitSet(), null, () -> {});
        int points = plain.trace().size();
        assertThat(points).isPositive();
        BitSet all = new BitSet();
        all.set(0, points);
        assertThat(Driver.run(program, all, Engines.fallback(), () -> {}))
                .as("unwoven")
                .isEqualTo(plain);
        requireSame(program, plain, all);
        for (int k = 0; k < points; k++) {
            BitSet one = new BitSet();
            one.set(k);
            requireSame(program, plain, one);
        }
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < RANDOM_SUBSETS; i++) {
            BitSet some = new BitSet();
            for (int k = 0; k < points; k++) some.set(k, random.nextBoolean());
            requireSame(program + " seed " + seed, plain, some);
        }
    }

    private static void requireSame(String what, Outcome plain, BitSet suspending)
            throws Exception {
        for (Way way : Way.values()) requireSame(what, plain, suspending, way);
    }

    private static void requireSame(String what, Outcome plain, BitSet suspending, Way way)
            throws Exception {
        long seed = System.nanoTime();
        String how = "%s, %s left by %d, suspended at %s".formatted(what, way, seed, suspending);
        Runnable before = FORMS.before(way, new Random(seed));
        Class<?> driver = LOADER.loadClass(Driver.class.getName());
        Method run =
                driver.getDeclaredMethod(
                        "run", String.class, BitSet.class, Engine.class, Runnable.class);
        run.setAccessible(true);
        try {
            Object woven =
                    run.invoke(null, what.split(" ")[0], suspending, Engines.woven(), before);
            assertThat(woven).as(how).isEqualTo(plain);
        } catch (InvocationTargetException e) {
            throw new AssertionError(how, e.getCause());
        }
    }
}
