package dev.corona.weave;

import dev.corona.snapshot.Snapshot;
import dev.corona.snapshot.SnapshotOptions;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process of its own that stores {@link DurableJobs} or goes on with them; the main class of {@link SnapshotProcessTest}. */
final class SnapshotProcess {
    private static final byte[] KEY = {4, 8, 15, 16, 23, 42};

    private SnapshotProcess() {}

    /** Loads the program woven. */
    private static final class Program extends ClassLoader {
        private final Map<String, byte[]> woven;

        Program() throws Exception {
            super(SnapshotProcess.class.getClassLoader());
            String file = DurableJobs.class.getName().replace('.', '/') + ".class";
            try (InputStream in = getParent().getResourceAsStream(file)) {
                woven =
                        Weaver.of(Weaver.Options.marked(getParent()))
                                .weave(List.of(in.readAllBytes()))
                                .classes();
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            byte[] bytes = woven.get(name);
            if (bytes == null) return super.loadClass(name, resolve);
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? defineClass(name, bytes, 0, bytes.length) : loaded;
        }

        Object call(String method, Class<?> type, Object argument) throws Exception {
            Method found = loadClass(DurableJobs.class.getName()).getDeclaredMethod(method, type);
            found.setAccessible(true);
            return found.invoke(null, argument);
        }
    }

    /** Arguments: {@code store} or {@code restore}, the file, the number of jobs. */
    public static void main(String[] args) throws Exception {
        Program program = new Program();
        SnapshotOptions options =
                SnapshotOptions.of(program).withAllowed(DurableJobs.class.getName()).withKey(KEY);
        Path file = Path.of(args[1]);
        if (args[0].equals("store")) {
            Object jobs = program.call("many", int.class, Integer.valueOf(args[2]));
            Files.write(file, Snapshot.of(jobs, options).toBytes());
            System.out.println("stored");
            System.in.read();
            throw new AssertionError("not killed");
        }
        List<?> jobs = Snapshot.ofBytes(Files.readAllBytes(file)).restore(List.class, options);
        System.out.print(program.call("rest", List.class, jobs));
    }
}
