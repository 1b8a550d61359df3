package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Looks at the levels of a coroutine's stack. What it is told is valid until it returns. */
@FunctionalInterface
public interface Inspector {
    /**
     * Looks.
     *
     * @param levels innermost first; of the running coroutine the first is the function that asks
     * @throws LuaError to be thrown by who asks
     */
    @Nullable Object look(List<Level> levels);
}
