package dev.corona.lua.runtime;

import dev.corona.kernel.Continuation;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** One look at a coroutine's stack, and what came of it. */
final class Inspection {
    private final LuaState state;
    private final LuaThread thread;
    private final Inspector inspector;
    private @Nullable Object result;
    private @Nullable LuaError failure;

    Inspection(LuaState state, LuaThread thread, Inspector inspector) {
        this.state = state;
        this.thread = thread;
        this.inspector = inspector;
    }

    /** Looks, while the coroutine or the program is suspended. */
    void look() {
        Continuation program = state.root();
        try {
            result =
                    inspector.look(
                            Traces.of(thread, program == null ? List.of() : program.frames()));
        } catch (LuaError e) {
            failure = e;
        }
    }

    @Nullable Object result() {
        LuaError thrown = failure;
        if (thrown != null) throw thrown;
        return result;
    }
}
