package dev.corona.kernel;

/**
 * A way to run continuations. All engines mean the same and pass the same contract suite; they differ in speed, in what
 * they ask of the JVM, and in the {@link Traits} that cannot be hidden. Another module adds one as a service.
 *
 * <p>Engines are safe for use by any thread.
 */
public interface Engine {
    /**
     * What of an engine shows.
     *
     * @param movable whether its continuations may change threads
     * @param guardsMonitors whether it refuses to suspend while a monitor is held
     * @param ownThread whether bodies run on threads of their own, and not on that of who resumes them
     */
    record Traits(boolean movable, boolean guardsMonitors, boolean ownThread) {}

    /** The short name that reports print, such as {@code hotspot}. */
    String name();

    Traits traits();

    /** Whether this engine can run {@code body}. An engine that only runs prepared code refuses all other. */
    boolean accepts(Runnable body);

    /**
     * A new continuation that will run {@code body} at its first {@link Continuation#resume()}.
     *
     * @param label what reports and errors call it
     */
    Continuation create(String label, Runnable body);
}
