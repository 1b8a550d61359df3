package dev.corona.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The engines of this process, and the choice among them: the woven one if the body is woven, then one of
 * another module that accepts it, then HotSpot's continuation where the JVM was started with its flags, then virtual threads. The system
 * property {@code corona.engine} ({@code hotspot} or {@code threads}) overrides the choice between the last two.
 */
public final class Engines {
    /** The flags that the HotSpot engine needs, as they are written on a command line. */
    public static final String HOTSPOT_FLAGS =
            "--add-exports java.base/jdk.internal.vm=ALL-UNNAMED"
                    + " --add-exports java.base/jdk.internal.misc=ALL-UNNAMED"
                    + " --add-exports java.base/jdk.internal.access=ALL-UNNAMED";

    private static final Engine THREADS = new ThreadEngine();
    private static final Engine FALLBACK = chooseFallback();
    private static final Engine[] SPECIAL = loadSpecial();

    private Engines() {}

    /** The engine that runs {@code body} when nobody asks for another. */
    public static Engine forBody(Runnable body) {
        if (WovenEngine.INSTANCE.accepts(body)) return WovenEngine.INSTANCE;
        for (Engine engine : SPECIAL) if (engine.accepts(body)) return engine;
        return FALLBACK;
    }

    /** The engine for code that nobody prepared. */
    public static Engine fallback() {
        return FALLBACK;
    }

    /** The engine on virtual threads, whose bodies may wait with monitors held. */
    public static Engine threads() {
        return THREADS;
    }

    /** The engine for bodies that are woven; it accepts no other. */
    public static Engine woven() {
        return WovenEngine.INSTANCE;
    }

    /** Every engine that runs ordinary code in this process, the fastest for ordinary code first. */
    public static List<Engine> all() {
        List<Engine> all = new ArrayList<>(List.of(SPECIAL));
        if (HotSpotSupport.isAvailable()) all.add(HotSpotEngine.INSTANCE);
        all.add(THREADS);
        return List.copyOf(all);
    }

    private static Engine chooseFallback() {
        String wanted = System.getProperty("corona.engine", "");
        switch (wanted) {
            case "threads":
                return THREADS;
            case "hotspot":
                if (HotSpotSupport.isAvailable()) return HotSpotEngine.INSTANCE;
                throw new IllegalStateException(
                        "corona.engine=hotspot, but this JVM does not offer it (%s); start it with %s"
                                .formatted(HotSpotSupport.unavailableBecause(), HOTSPOT_FLAGS));
            case "":
                return HotSpotSupport.isAvailable() ? HotSpotEngine.INSTANCE : THREADS;
            default:
                throw new IllegalStateException(
                        "corona.engine must be hotspot or threads, but was " + wanted);
        }
    }

    private static Engine[] loadSpecial() {
        List<Engine> found = new ArrayList<>();
        ServiceLoader.load(Engine.class, Engines.class.getClassLoader()).forEach(found::add);
        return found.toArray(Engine[]::new);
    }
}
