package dev.corona.bench.woven;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One who runs the programs. Its class has the static methods {@code int run(String program, int steps)}, and, where it takes
 * part in the mass, {@code Object[] suspend(int count)} and {@code void resume(Object[] all)}.
 */
enum Peer {
    WOVEN("woven", "dev.corona.bench.woven.Bodies", Programs.ALL, true),
    ITERATOR(
            "iterator",
            "dev.corona.bench.woven.IteratorPeer",
            List.of(Programs.INTS, Programs.BOXED, Programs.TREE, Programs.TREE_OF_INTS),
            false),
    KOTLIN(
            "Kotlin",
            "dev.corona.bench.peers.KotlinPeer",
            with(Programs.BY_CALLS, Programs.TREE_DELEGATED),
            true),
    OFFBYNULL("offbynull", "dev.corona.bench.peers.OffbynullPeer", withInts(), true),
    KILIM("Kilim", "dev.corona.bench.peers.KilimPeer", Programs.BY_CALLS, true),
    HOTSPOT("HotSpot", "dev.corona.bench.woven.HotSpotPeer", withInts(), true),
    THREADS("threads", "dev.corona.bench.woven.ThreadPeer", withInts(), true);

    private final String title;
    private final String className;
    private final List<String> programs;
    private final boolean massive;

    Peer(String title, String className, List<String> programs, boolean massive) {
        this.title = title;
        this.className = className;
        this.programs = programs;
        this.massive = massive;
    }

    private static List<String> with(List<String> programs, String... more) {
        List<String> all = new ArrayList<>(programs);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }

    private static List<String> withInts() {
        return with(Programs.BY_CALLS, Programs.INTS, Programs.INTS_10, Programs.INTS_100);
    }

    String title() {
        return title;
    }

    List<String> programs() {
        return programs;
    }

    /** Whether very many of it are suspended at once. */
    boolean isMassive() {
        return massive;
    }

    /** Its class as it runs: transformed by the peer's own weaver, if it has one. */
    Class<?> load() throws ReflectiveOperationException, IOException {
        return switch (this) {
            case WOVEN -> WovenLoader.of(Bodies.class);
            case OFFBYNULL, KILIM -> weaver().loadClass(className);
            default -> Class.forName(className);
        };
    }

    private ClassLoader weaver() throws ReflectiveOperationException {
        String loader = className.substring(0, className.length() - "Peer".length()) + "Loader";
        return (ClassLoader) Class.forName(loader).getConstructor().newInstance();
    }
}
