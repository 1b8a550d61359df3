package dev.corona.weave.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.snapshot.Snapshot;
import dev.corona.snapshot.SnapshotOptions;
import dev.corona.snapshot.Snapshots;
import dev.corona.weave.Weaver;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Every program of the {@link Corpus} does the same when it is stored and restored, or copied, wherever it suspends. */
class SnapshotDifferentialTest {
    private static final int RANDOM_SUBSETS = 15;

    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> woven;

        Loader() throws Exception {
            super(SnapshotDifferentialTest.class.getClassLoader());
            List<byte[]> classes = new ArrayList<>();
            List<Class<?>> all = new ArrayList<>(Arrays.asList(Corpus.class.getNestMembers()));
            all.addAll(List.of(Points.class, Driver.class, StoringDriver.class));
            for (Class<?> each : all) {
                String file = each.getName().replace('.', '/') + ".class";
                try (InputStream in = getParent().getResourceAsStream(file)) {
                    classes.add(in.readAllBytes());
                }
            }
            woven = Weaver.of(Weaver.Options.marked(getParent())).weave(classes).classes();
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                byte[] bytes = woven.get(name);
                if (bytes == null) return super.loadClass(name, resolve);
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? defineClass(name, bytes, 0, bytes.length) : loaded;
            }
        }
    }

    private static final Loader LOADER;

    static {
        try {
            LOADER = new Loader();
        } catch (Exception e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final SnapshotOptions OPTIONS =
            SnapshotOptions.of(LOADER)
                    .withAllowed("dev.corona.weave.differential.*")
                    .withFields(c -> c.getName().startsWith(Corpus.class.getName()));

    private static Object[] store(Object[] state) {
        byte[] bytes = Snapshot.of(state, OPTIONS).toBytes();
        return Snapshot.ofBytes(bytes).restore(Object[].class, OPTIONS);
    }

    private static Object[] copy(Object[] state) {
        return Snapshots.deepCopy(state, OPTIONS);
    }

    @TestFactory
    Stream<DynamicTest> doesTheSameStoredAnywhere() {
        List<String> programs =
                Stream.of(Corpus.class.getDeclaredMethods())
                        .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic())
                        .map(Method::getName)
                        .sorted()
                        .toList();
        assertThat(programs).hasSizeGreaterThan(12);
        return programs.stream().map(p -> DynamicTest.dynamicTest(p, () -> compare(p)));
    }

    private static void compare(String program) throws Exception {
        Outcome plain = Driver.run(program, new BitSet(), null, () -> {});
        int points = plain.trace().size();
        BitSet all = new BitSet();
        all.set(0, points);
        requireSame(program, "", plain, all, SnapshotDifferentialTest::store);
        requireSame(program, "", plain, all, SnapshotDifferentialTest::copy);
        for (int k = 0; k < points; k++) {
            BitSet one = new BitSet();
            one.set(k);
            requireSame(program, "", plain, one, SnapshotDifferentialTest::store);
        }
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < RANDOM_SUBSETS; i++) {
            BitSet some = new BitSet();
            for (int k = 0; k < points; k++) some.set(k, random.nextBoolean());
            requireSame(program, " seed " + seed, plain, some, SnapshotDifferentialTest::store);
        }
    }

    private static void requireSame(
            String program,
            String seed,
            Outcome plain,
            BitSet suspending,
            UnaryOperator<Object[]> journey)
            throws Exception {
        Method run =
                LOADER.loadClass(StoringDriver.class.getName())
                        .getDeclaredMethod("run", String.class, BitSet.class, UnaryOperator.class);
        assertThat(run.invoke(null, program, suspending, journey))
                .as(program + seed + " stored at " + suspending)
                .isEqualTo(plain);
    }
}
