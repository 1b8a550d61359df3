package dev.corona.weave.engine;

import dev.corona.weave.Weaver;
import dev.corona.weave.WovenSet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Loads Corona's core anew, and test classes of its packages woven, so that these may see what is private to a package. The
 * assertions that call code which waits are woven with them.
 */
final class WovenLoader extends ClassLoader {
    private static final String ASSERTIONS = "org.assertj.core.api.";

    private static final Set<String> CALLING =
            Set.of(
                    ASSERTIONS + "Assertions",
                    ASSERTIONS + "AssertionsForClassTypes",
                    ASSERTIONS + "ThrowableAssert",
                    ASSERTIONS + "ThrowableAssert$ThrowingCallable");

    private final Map<String, byte[]> woven = new HashMap<>();
    private final WovenSet set;

    /**
     * @param testClasses names, with dots, of the classes to weave
     */
    WovenLoader(Predicate<String> testClasses) {
        super(WovenLoader.class.getClassLoader());
        List<byte[]> classes = new ArrayList<>();
        for (String root :
                System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            collect(Path.of(root), testClasses.or(CALLING::contains), classes);
        }
        set = Weaver.of(Weaver.Options.marked(getParent())).weave(classes);
        woven.putAll(set.classes());
    }

    WovenSet set() {
        return set;
    }

    private static void collect(Path root, Predicate<String> wanted, List<byte[]> classes) {
        try {
            if (Files.isDirectory(root)) {
                collectIn(root, wanted, classes);
            } else if (isOfInterest(root.getFileName().toString()) && Files.exists(root)) {
                try (FileSystem jar = FileSystems.newFileSystem(root)) {
                    collectIn(jar.getPath("/"), wanted, classes);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + root, e);
        }
    }

    private static boolean isOfInterest(String jar) {
        return jar.contains("corona") || jar.startsWith("assertj-core");
    }

    private static void collectIn(Path root, Predicate<String> wanted, List<byte[]> classes)
            throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String path = root.relativize(file).toString();
                String name = path.substring(0, path.length() - ".class".length());
                if (wanted.test(name.replace('/', '.'))) classes.add(Files.readAllBytes(file));
            }
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            boolean own = name.startsWith("dev.corona.") && !name.startsWith("dev.corona.weave.");
            if (!own && !name.startsWith("org.assertj.")) return super.loadClass(name, resolve);
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = woven.get(name);
        if (bytes == null) bytes = read(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] read(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) throw new ClassNotFoundException(name);
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
