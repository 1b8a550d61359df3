package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * A task as it was when a {@link LoopDump} was made.
 *
 * @param name its name, which others may have too
 * @param state what it was doing
 * @param waitsFor what it was waiting for, such as {@code sleep 10 ms}; null if it did not wait
 * @param waiting how long it had been waiting, by its loop's clock and as exactly as one turn of the loop; zero if it did not wait
 * @param engine the name of the engine that runs it, such as {@code woven}
 * @param spawnedAt the call that spawned it; a dash if unknown
 * @param stack its own stack while it waits, innermost frame first; empty in other states
 * @param children the tasks that it spawned and that are alive, the oldest first
 */
public record TaskDump(
        String name,
        State state,
        @Nullable String waitsFor,
        Duration waiting,
        String engine,
        String spawnedAt,
        List<StackTraceElement> stack,
        List<TaskDump> children) {
    /** What a task is doing. */
    public enum State {
        /** It has not begun: its turn has not come, or its time, or nobody has asked for a lazy one. */
        NEW,
        /** Its wait is over, and its turn has not come. */
        READY,
        /** It made the dump, or runs below the one that did. */
        RUNNING,
        /** It waits. */
        WAITING
    }

    /** The lists are copied. */
    public TaskDump {
        stack = List.copyOf(stack);
        children = List.copyOf(children);
    }
}
