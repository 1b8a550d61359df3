package dev.corona.weave.random;

import dev.corona.kernel.Engine;
import dev.corona.kernel.Engines;
import dev.corona.weave.Compiled;
import dev.corona.weave.Report;
import dev.corona.weave.Weaver;
import dev.corona.weave.WovenSet;
import dev.corona.weave.differential.DirectForms;
import dev.corona.weave.differential.DirectForms.Way;
import dev.corona.weave.differential.Outcome;
import dev.corona.weave.differential.Points;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Some programs, compiled and woven together, and loaded in both forms. */
final class Batch {
    private static final int SUBSETS = 4;
    private static final Way[] WAYS = Way.values();
    private static final String TOO_LARGE = "its resumable form is too large";

    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super(Batch.class.getClassLoader());
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

    private static final List<byte[]> SUPPORT = support();

    private final Loader plain;
    private final Loader woven;
    private final Method runWoven;

    /** The programs with a method that has no resumable form because of its size. */
    private final Set<String> tooLarge = new HashSet<>();

    /**
     * @param sources program texts by class name
     */
    Batch(Map<String, String> sources) throws ReflectiveOperationException {
        Map<String, byte[]> compiled = Compiled.compile(sources, "-nowarn");
        List<byte[]> all = new ArrayList<>(SUPPORT);
        all.addAll(compiled.values());
        WovenSet set = Weaver.of(Weaver.Options.marked(Batch.class.getClassLoader())).weave(all);
        for (Report report : set.reports()) {
            if (!report.reason().contains(TOO_LARGE))
                throw new AssertionError("not woven whole: " + report);
            tooLarge.add(report.className().split("\\$")[0]);
        }
        plain = new Loader(compiled);
        woven = new Loader(new HashMap<>(set.classes()));
        plain.setDefaultAssertionStatus(true);
        woven.setDefaultAssertionStatus(true);
        runWoven =
                woven.loadClass(Runner.class.getName())
                        .getMethod("run", Class.class, BitSet.class, Engine.class, Runnable.class);
    }

    private static List<byte[]> support() {
        List<byte[]> support = new ArrayList<>();
        support.add(read(Points.class));
        support.add(read(Points.Exhausted.class));
        support.add(read(Runner.class));
        for (Class<?> each : Kit.class.getNestMembers()) support.add(read(each));
        return support;
    }

    private static byte[] read(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /**
     * Whether the program can be compared: javac made code of it that passes the verifier, which now and then it does not, and no
     * method is too large.
     */
    boolean isSound(String name) throws ClassNotFoundException {
        if (tooLarge.contains(name)) return false;
        try {
            return plain.loadClass(name).getDeclaredMethods().length > 0;
        } catch (VerifyError e) {
            return false;
        }
    }

    private DirectForms formsOf(String name) throws ClassNotFoundException {
        List<Class<?>> own = new ArrayList<>();
        for (String each : woven.classes.keySet()) {
            if (each.equals(name) || each.startsWith(name + "$")) own.add(woven.loadClass(each));
        }
        return new DirectForms(own);
    }

    /** What differs between the plain run of a program and some suspended ones; null if nothing does. */
    @Nullable String difference(String name, long seed) throws Exception {
        Outcome expected = Runner.run(plain.loadClass(name), new BitSet(), null, () -> {});
        int points = expected.trace().size();
        Random random = new Random(seed);
        for (int i = 0; i < SUBSETS; i++) {
            BitSet suspending = new BitSet();
            int percent = i == 0 ? 100 : 5 + random.nextInt(80);
            for (int k = 0; k < points; k++) {
                if (random.nextInt(100) < percent) suspending.set(k);
            }
            String difference = difference(name, suspending, WAYS[i % WAYS.length], expected);
            if (difference != null) return difference;
        }
        return null;
    }

    private @Nullable String difference(String name, BitSet suspending, Way way, Outcome expected)
            throws ReflectiveOperationException {
        try {
            Runnable before = formsOf(name).before(way, new Random(suspending.hashCode()));
            Object seen =
                    runWoven.invoke(
                            null, woven.loadClass(name), suspending, Engines.woven(), before);
            return seen.equals(expected)
                    ? null
                    : "suspended at %s, %s left%n  plain: %s%n  woven: %s"
                            .formatted(suspending, way, expected, seen);
        } catch (InvocationTargetException | LinkageError e) {
            Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
            java.io.StringWriter text = new java.io.StringWriter();
            cause.printStackTrace(new java.io.PrintWriter(text));
            return "suspended at %s, %s left, it failed: %s".formatted(suspending, way, text);
        }
    }
}
