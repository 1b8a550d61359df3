package dev.corona.bench.async;

import java.util.List;

/** Who takes the steps, each in a process of its own. */
enum Peer {
    /** Corona's tasks on the HotSpot engine; of the place of a spawn, the body's class is kept. */
    CORONA("Corona"),
    /** The same, but the whole stack of a spawn is kept, as it is if nothing is said. */
    CORONA_SITES("with spawn stacks"),
    /** Corona's tasks on the threads engine. */
    CORONA_THREADS("threads engine"),
    /** No Corona. */
    VIRTUAL_THREADS("virtual threads");

    private final String title;

    Peer(String title) {
        this.title = title;
    }

    /** As it reads in tables. */
    String title() {
        return title;
    }

    boolean isCorona() {
        return this != VIRTUAL_THREADS;
    }

    boolean isOnThreads() {
        return this == CORONA_THREADS || this == VIRTUAL_THREADS;
    }

    /** Options of its JVM. */
    List<String> options() {
        if (!isOnThreads()) return List.of("-Dcorona.engine=hotspot");
        return List.of(
                "-Dcorona.engine=threads",
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1");
    }
}
