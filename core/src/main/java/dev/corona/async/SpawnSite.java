package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/**
 * Where a task was spawned. Captured as cheaply as the JVM can (a backtrace that is read only when somebody prints it), or
 * given by a language runtime in its own terms. Never changes; any thread.
 */
public abstract class SpawnSite {
    /** The stack of the spawn, innermost call first, one line each, without "at". */
    public abstract List<String> lines();

    /** The call that spawned, as one line; a dash if it is unknown. */
    public final String summary() {
        List<String> lines = lines();
        return lines.isEmpty() ? "-" : lines.getFirst();
    }

    /** The caller's stack, without Corona's own frames. */
    public static SpawnSite here() {
        return new JavaSite();
    }

    /** A site that has been described already. */
    public static SpawnSite of(List<String> lines) {
        List<String> copy = List.copyOf(lines);
        return new SpawnSite() {
            @Override
            public List<String> lines() {
                return copy;
            }
        };
    }

    private static final class JavaSite extends SpawnSite {
        private final Throwable trace = new Trace();
        private @Nullable List<String> lines;

        @Override
        public List<String> lines() {
            List<String> known = lines;
            if (known == null)
                lines = known = JavaStacks.lines(Arrays.asList(trace.getStackTrace()));
            return known;
        }
    }

    /** A throwable for its backtrace only. */
    private static final class Trace extends Throwable {
        private static final long serialVersionUID = 1L;
    }
}
