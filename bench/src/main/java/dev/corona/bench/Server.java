package dev.corona.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server under test, on a free port of the loopback interface: a process that prints one line when it listens. */
public final class Server implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Pattern LISTENING = Pattern.compile("Listening on \\S+:(\\d+)\\n");

    /** What runs the script. */
    public enum Kind {
        CORONA,
        NODE;

        /** As it reads in tables, and the name of the folder that holds its scripts. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** The command that runs a script or an option such as {@code -e}. */
        public String command(Setup setup) {
            return this == CORONA ? setup.corona() : "node";
        }
    }

    private final String name;
    private final Child child;
    private final int port;

    private Server(String name, Child child, int port) {
        this.name = name;
        this.child = child;
        this.port = port;
    }

    /** Starts the script {@code name} of {@code kind}; returns when it listens. */
    public static Server start(Setup setup, Kind kind, String name) throws InterruptedException {
        String script = "bench/servers/%s/%s.js".formatted(kind.word(), name);
        return start(setup, kind.word(), name, List.of(kind.command(setup), script));
    }

    /**
     * Starts the server that {@code command} is; returns when it listens.
     *
     * @param server what tables call it
     * @param script what it runs, for the name of its log
     */
    public static Server start(Setup setup, String server, String script, List<String> command)
            throws InterruptedException {
        Child child = Child.start(setup, server + "-" + script, Map.of("PORT", "0"), command);
        try {
            return new Server(server, child, awaitPort(child));
        } catch (BenchException | InterruptedException e) {
            child.close();
            throw e;
        }
    }

    /** The port that {@code child}, which is a server, says it listens on; waits until it does. */
    public static int awaitPort(Child child) throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            Matcher line = LISTENING.matcher(child.output());
            if (line.find()) return Integer.parseInt(line.group(1));
            if (child.waitFor(POLL)) throw child.failure("ended before it listened");
        }
        throw child.failure("does not listen after %d s".formatted(START_LIMIT.toSeconds()));
    }

    /** As it reads in tables. */
    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:%d/".formatted(port);
    }

    public Child process() {
        return child;
    }

    /** Throws if the server has ended. */
    public void requireAlive() {
        if (!child.isAlive()) throw child.failure("ended under load");
    }

    @Override
    public void close() {
        child.close();
    }
}
