package dev.corona.weave.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.kernel.Engine;
import dev.corona.kernel.Engines;
import dev.corona.weave.Weaver;
import dev.corona.weave.WovenSet;
import dev.corona.weave.differential.DirectForms.Way;
import dev.corona.weave.random.Kit;
import dev.corona.weave.random.Runner;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.InputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Method;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Real libraries, every method woven: each class passes the verifier, and programs that use it suspend in what it calls back. */
class LibraryTest {
    private static final class Loader extends ClassLoader {
        private final WovenSet woven;
        private final List<Class<?>> loaded = new ArrayList<>();

        Loader(WovenSet woven) {
            super(LibraryTest.class.getClassLoader());
            this.woven = woven;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                byte[] bytes = woven.classes().get(name);
                if (bytes == null) return super.loadClass(name, resolve);
                Class<?> known = findLoadedClass(name);
                if (known != null) return known;
                Class<?> made = defineClass(name, bytes, 0, bytes.length);
                loaded.add(made);
                return made;
            }
        }
    }

    /** A library: a class of it, and how many classes and resumable methods it has at least. */
    enum Library {
        JACKSON(com.fasterxml.jackson.core.JsonFactory.class, 190, 2_900),
        LANG(org.apache.commons.lang3.StringUtils.class, 390, 4_000),
        GUAVA(com.google.common.collect.ImmutableList.class, 1_900, 12_000);

        private final Class<?> anchor;
        private final int classes;
        private final int methods;

        Library(Class<?> anchor, int classes, int methods) {
            this.anchor = anchor;
            this.classes = classes;
            this.methods = methods;
        }

        List<byte[]> read() throws Exception {
            return LibraryTest.read(
                    Path.of(anchor.getProtectionDomain().getCodeSource().getLocation().toURI()));
        }
    }

    /** A method that is refused names one of these reasons; anything else is a fault of the weaver. */
    private static final List<String> REASONS = List.of("its resumable form is too large");

    @ParameterizedTest
    @EnumSource
    void everyClassOfARealLibraryPassesTheVerifierWoven(Library library) throws Exception {
        List<byte[]> classes = library.read();
        WovenSet woven = weave(classes);
        Loader loader = new Loader(woven);
        int verified = 0;
        int serializable = 0;
        for (String name : woven.classes().keySet()) {
            Class<?> type = Class.forName(name, false, loader);
            // Asking for the methods links the class, which verifies it.
            assertThat(type.getDeclaredMethods()).isNotNull();
            verified++;
            ObjectStreamClass stored = ObjectStreamClass.lookup(type);
            if (stored == null) continue;
            Class<?> plain = Class.forName(name, false, LibraryTest.class.getClassLoader());
            assertThat(stored.getSerialVersionUID())
                    .as(name)
                    .isEqualTo(ObjectStreamClass.lookup(plain).getSerialVersionUID());
            serializable++;
        }
        System.out.printf(
                "%s: %d classes, %d resumable methods, refused %s%n",
                library, verified, woven.resumable(), woven.reports());
        assertThat(verified).isEqualTo(classes.size()).isGreaterThan(library.classes);
        assertThat(serializable).as("serializable classes").isGreaterThan(10);
        assertThat(woven.changed()).isGreaterThan(classes.size() / 2);
        assertThat(woven.resumable()).isGreaterThan(library.methods);
        assertThat(woven.reports()).hasSizeLessThan(20);
        assertThat(woven.reports())
                .allMatch(r -> REASONS.stream().anyMatch(reason -> r.reason().startsWith(reason)));
    }

    private static WovenSet weave(List<byte[]> classes) {
        return Weaver.of(Weaver.Options.marked(LibraryTest.class.getClassLoader()).withEverything())
                .weave(classes);
    }

    @Test
    void librariesSuspendInWhatTheyCallBack() throws Exception {
        List<byte[]> classes = new ArrayList<>();
        for (Library library : Library.values()) classes.addAll(library.read());
        for (Class<?> host :
                List.of(
                        Points.class,
                        Runner.class,
                        Kit.class,
                        LibraryUse.class,
                        LibraryProgram.class)) {
            for (Class<?> each : host.getNestMembers()) classes.add(bytes(each));
        }
        Loader loader = new Loader(weave(classes));
        Method run =
                loader.loadClass(Runner.class.getName())
                        .getMethod("run", Class.class, BitSet.class, Engine.class, Runnable.class);
        int runs = 0;
        for (Class<?> program : LibraryProgram.class.getDeclaredClasses()) {
            Outcome plain = Runner.run(program, new BitSet(), null, () -> {});
            assertThat(plain.trace()).hasSizeGreaterThan(5);
            assertThat(plain.result()).doesNotContain("Exception");
            for (BitSet suspending : choices(plain.trace().size())) {
                DirectForms forms = new DirectForms(List.copyOf(loader.loaded));
                Object seen =
                        run.invoke(
                                null,
                                loader.loadClass(program.getName()),
                                suspending,
                                Engines.woven(),
                                forms.before(Way.SOME, new Random(++runs)));
                assertThat(seen)
                        .as(program.getSimpleName() + " suspended at " + suspending)
                        .isEqualTo(plain);
            }
        }
    }

    /** All points, and each alone. */
    private static List<BitSet> choices(int points) {
        List<BitSet> choices = new ArrayList<>();
        BitSet all = new BitSet();
        all.set(0, points);
        choices.add(all);
        for (int i = 0; i < points; i++) {
            BitSet one = new BitSet();
            one.set(i);
            choices.add(one);
        }
        return choices;
    }

    private static byte[] bytes(Class<?> type) throws Exception {
        String file = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
            return in.readAllBytes();
        }
    }

    private static List<byte[]> read(Path jar) throws Exception {
        List<byte[]> classes = new ArrayList<>();
        try (FileSystem files = FileSystems.newFileSystem(jar);
                Stream<Path> all = Files.walk(files.getPath("/"))) {
            for (Path file : all.filter(LibraryTest::isClass).toList()) {
                classes.add(Files.readAllBytes(file));
            }
        }
        return classes;
    }

    private static boolean isClass(Path file) {
        String name = file.toString();
        return name.endsWith(".class")
                && !name.endsWith("module-info.class")
                && !name.startsWith("/META-INF/");
    }
}
