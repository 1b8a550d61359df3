package dev.corona.js.host;

import org.graalvm.polyglot.Value;

import java.util.List;

/** Told of errors that no JavaScript code has asked for. */
public interface Uncaught {
    /**
     * @param error what was thrown; any value
     * @param spawnedAt the stack of the spawn of its coroutine, innermost call first; empty if it was not spawned
     */
    void report(Value error, List<String> spawnedAt);
}
