package dev.corona.weave.agent;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A place from which classes are loaded: a folder, a jar or a module. */
sealed interface Entry {
    String CLASS = ".class";

    /** Where it is, as a code source tells it too. */
    String location();

    /**
     * Reads class files.
     *
     * @param wanted says by a class's name, with dots, whether it is read
     * @param out takes its internal name and its bytes
     */
    void read(Predicate<String> wanted, BiConsumer<String, byte[]> out) throws IOException;

    /** The folder or jar at {@code path}. */
    static Entry of(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        return Files.isDirectory(whole) ? new Folder(whole) : new Jar(whole);
    }

    /** The location that {@code place} stands for, in one spelling. */
    static String location(URI place) {
        return "file".equals(place.getScheme())
                ? Path.of(place).toAbsolutePath().normalize().toString()
                : place.toString();
    }

    private static boolean isClass(String path) {
        return path.endsWith(CLASS)
                && !path.startsWith("META-INF/")
                && !path.endsWith("module-info.class");
    }

    private static String internalName(String path) {
        return path.substring(0, path.length() - CLASS.length());
    }

    private static boolean isWanted(String path, Predicate<String> wanted) {
        return isClass(path) && wanted.test(internalName(path).replace('/', '.'));
    }

    /** A folder of class files. */
    record Folder(Path path) implements Entry {
        @Override
        public String location() {
            return path.toString();
        }

        @Override
        public void read(Predicate<String> wanted, BiConsumer<String, byte[]> out)
                throws IOException {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                    String name = path.relativize(file).toString().replace(File.separatorChar, '/');
                    if (isWanted(name, wanted) && Files.isRegularFile(file))
                        out.accept(internalName(name), Files.readAllBytes(file));
                }
            }
        }
    }

    /** A jar, read as this JVM's version reads it. */
    record Jar(Path path) implements Entry {
        @Override
        public String location() {
            return path.toString();
        }

        @Override
        public void read(Predicate<String> wanted, BiConsumer<String, byte[]> out)
                throws IOException {
            try (JarFile jar =
                    new JarFile(path.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
                for (ZipEntry file : (Iterable<ZipEntry>) () -> iterator(jar)) {
                    if (!isWanted(file.getName(), wanted)) continue;
                    try (InputStream in = jar.getInputStream(file)) {
                        out.accept(internalName(file.getName()), in.readAllBytes());
                    }
                }
            }
        }

        private static java.util.Iterator<ZipEntry> iterator(JarFile jar) {
            return jar.versionedStream().map(ZipEntry.class::cast).iterator();
        }
    }

    /** A module of a layer. */
    record Named(ModuleReference reference) implements Entry {
        @Override
        public String location() {
            return reference
                    .location()
                    .map(Entry::location)
                    .orElseGet(() -> reference.descriptor().name());
        }

        @Override
        public void read(Predicate<String> wanted, BiConsumer<String, byte[]> out)
                throws IOException {
            try (ModuleReader reader = reference.open()) {
                List<String> names;
                try (Stream<String> all = reader.list()) {
                    names = all.filter(name -> isWanted(name, wanted)).toList();
                }
                for (String name : names) {
                    try (InputStream in = reader.open(name).orElseThrow()) {
                        out.accept(internalName(name), in.readAllBytes());
                    }
                }
            }
        }
    }
}
