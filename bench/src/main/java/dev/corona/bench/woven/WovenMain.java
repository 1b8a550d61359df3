package dev.corona.bench.woven;

import dev.corona.bench.Numbers;
import dev.corona.kernel.Continuation;
import dev.corona.kernel.Engine;
import dev.corona.kernel.Engines;
import dev.corona.weave.Weaver;
import dev.corona.weave.WovenSet;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A process that measures {@link Bodies}, woven or as they are; prints one {@code key=value} a line. */
public final class WovenMain {
    private static final int STEPS = 10_000;
    private static final int ROUNDS = 20;
    private static int checksum;

    private WovenMain() {}

    /** Loads {@link Bodies} woven. */
    private static final class WovenLoader extends ClassLoader {
        private final WovenSet woven;

        WovenLoader() throws IOException {
            super(WovenMain.class.getClassLoader());
            List<byte[]> classes = new ArrayList<>();
            for (Class<?> each : Bodies.class.getNestMembers()) {
                String file = each.getName().replace('.', '/') + ".class";
                try (InputStream in = getParent().getResourceAsStream(file)) {
                    if (in == null) throw new IOException("no " + file);
                    classes.add(in.readAllBytes());
                }
            }
            woven = Weaver.of(Weaver.Options.marked(getParent())).weave(classes);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            byte[] bytes = woven.classes().get(name);
            if (bytes == null) return super.loadClass(name, resolve);
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? defineClass(name, bytes, 0, bytes.length) : loaded;
        }
    }

    /** Arguments: {@code woven} or {@code plain}; milliseconds for a round; how many suspended at once; the programs. */
    public static void main(String[] args) throws Throwable {
        boolean woven = args[0].equals("woven");
        Class<?> bodies =
                woven ? new WovenLoader().loadClass(Bodies.class.getName()) : Bodies.class;
        MethodHandle run =
                MethodHandles.publicLookup()
                        .findStatic(
                                bodies,
                                "run",
                                MethodType.methodType(int.class, String.class, int.class));
        long nanos = Long.parseLong(args[1]) * 1_000_000;
        for (int i = 3; i < args.length; i++) print(args[i], step(run, args[i], nanos));
        if (woven) mass(bodies, Integer.parseInt(args[2]));
        if (checksum == 42) System.out.println();
    }

    /** Nanoseconds for one step of a program: the median of the rounds after as many to warm up. */
    private static double step(MethodHandle run, String program, long nanos) throws Throwable {
        double[] rounds = new double[ROUNDS];
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            long start = System.nanoTime();
            int runs = 0;
            do {
                checksum += (int) run.invokeExact(program, STEPS);
                runs++;
            } while (System.nanoTime() - start < nanos);
            if (round >= 0) rounds[round] = (System.nanoTime() - start) / (double) STEPS / runs;
        }
        return Numbers.median(rounds);
    }

    private static void mass(Class<?> bodies, int count) throws Throwable {
        double before = usedBytes();
        Continuation[] all =
                (Continuation[])
                        MethodHandles.publicLookup()
                                .findStatic(
                                        bodies,
                                        "suspend",
                                        MethodType.methodType(
                                                Continuation[].class, Engine.class, int.class))
                                .invokeExact(Engines.woven(), count);
        print("each.bytes", (usedBytes() - before) / count);
        double[] rounds = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (Continuation each : all) each.resume();
            rounds[round] = (System.nanoTime() - start) / (double) count;
        }
        print("cycle.ns", Numbers.median(rounds));
    }

    private static double usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void print(String key, double value) {
        System.out.printf(Locale.ROOT, "%s=%.3f%n", key, value);
    }
}
