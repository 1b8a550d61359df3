package dev.corona.weave.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.weave.Weaver;
import dev.corona.weave.WovenSet;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Real libraries, every method woven: each class passes the verifier, and a smoke run works. */
class LibraryTest {
    private static final class Loader extends ClassLoader {
        private final WovenSet woven;

        Loader(WovenSet woven) {
            super(LibraryTest.class.getClassLoader());
            this.woven = woven;
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

    @ParameterizedTest
    @ValueSource(
            classes = {
                com.fasterxml.jackson.core.JsonFactory.class,
                org.apache.commons.lang3.StringUtils.class,
                com.google.common.collect.ImmutableList.class
            })
    void everyClassOfARealLibraryPassesTheVerifierWoven(Class<?> anchor) throws Exception {
        Path jar = Path.of(anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<byte[]> classes = read(jar);
        WovenSet woven =
                Weaver.of(Weaver.Options.marked(anchor.getClassLoader()).withEverything())
                        .weave(classes);
        assertThat(woven.changed()).isGreaterThan(classes.size() / 2);
        assertThat(woven.resumable()).isGreaterThan(classes.size());
        Loader loader = new Loader(woven);
        int verified = 0;
        for (String name : woven.classes().keySet()) {
            // Asking for the methods links the class, which verifies it.
            assertThat(Class.forName(name, false, loader).getDeclaredMethods()).isNotNull();
            verified++;
        }
        assertThat(verified).isEqualTo(classes.size());
        System.out.printf(
                "%s: %d classes, %d resumable methods, refused %s%n",
                jar.getFileName(), verified, woven.resumable(), woven.reports());
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
