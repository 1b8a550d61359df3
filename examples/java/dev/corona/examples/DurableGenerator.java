package dev.corona.examples;

import dev.corona.Generator;
import dev.corona.snapshot.Snapshot;
import dev.corona.snapshot.SnapshotOptions;
import dev.corona.weave.Weaver;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * A generator that outlives its process: each start of the program takes one step of a {@link Journey}, which is suspended in a file
 * in between.
 *
 * <pre>
 *   DurableGenerator journey.bin      packed bread, rope
 *   DurableGenerator journey.bin      day 1: walked 12 km, used bread
 * </pre>
 */
public final class DurableGenerator {
    private DurableGenerator() {}

    /** Prints the next line of the journey in the file; begins one if there is no file. */
    public static void main(String[] args) throws Exception {
        System.out.println(step(Path.of(args.length > 0 ? args[0] : "journey.bin")));
    }

    /** The next line; the rest is in the file afterwards, which is gone when the journey has ended. */
    static String step(Path file) throws Exception {
        Woven program = new Woven();
        SnapshotOptions options = SnapshotOptions.of(program).withAllowed(Journey.class.getName());
        Generator<?> journey =
                Files.exists(file)
                        ? Snapshot.ofBytes(Files.readAllBytes(file))
                                .restore(Generator.class, options)
                        : program.story();
        if (!journey.hasNext()) {
            Files.deleteIfExists(file);
            return "the end";
        }
        String line = String.valueOf(journey.next());
        store(Snapshot.of(journey, options), file);
        return line;
    }

    /** Writes another file first: a process that is killed meanwhile leaves the old step. */
    private static void store(Snapshot snapshot, Path file) throws IOException {
        Path next = Path.of(file + ".next");
        Files.write(next, snapshot.toBytes());
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Loads the journey woven, as a build or an agent would do it for a whole program. */
    private static final class Woven extends ClassLoader {
        private final Map<String, byte[]> classes;

        Woven() throws IOException {
            super(DurableGenerator.class.getClassLoader());
            try (InputStream in = Journey.class.getResourceAsStream("Journey.class")) {
                if (in == null) throw new IOException("no class file of Journey");
                Weaver weaver = Weaver.of(Weaver.Options.marked(getParent()));
                classes = weaver.weave(List.of(in.readAllBytes())).classes();
            }
        }

        Generator<?> story() throws ReflectiveOperationException {
            Method story = loadClass(Journey.class.getName()).getDeclaredMethod("story");
            story.setAccessible(true);
            return (Generator<?>) story.invoke(null);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            byte @Nullable [] bytes = classes.get(name);
            if (bytes == null) return super.loadClass(name, resolve);
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? defineClass(name, bytes, 0, bytes.length) : loaded;
            }
        }
    }
}
