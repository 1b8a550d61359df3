package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A Lua error on its way: any Lua value. Thrown by operations and by {@code error}, caught by {@code pcall}.
 *
 * <p>Its Java stack trace is empty; {@link #levels()} is the Lua stack where it was raised, unless a {@code pcall} was to catch it.
 */
public class LuaError extends RuntimeException {
    private transient @Nullable Object value;
    private transient List<Level> levels;
    private boolean overflow;
    private boolean handled;

    public LuaError(@Nullable Object value) {
        this(value, null);
    }

    public LuaError(@Nullable Object value, @Nullable Throwable cause) {
        super(null, cause, false, false);
        this.value = value;
        levels = Traces.ofError();
    }

    /** What Lua code sees. */
    public @Nullable Object value() {
        return value;
    }

    /** The functions that were active when it was raised, innermost first; empty if nobody was to ask for them. */
    public final List<Level> levels() {
        return levels;
    }

    /** The Lua stack at the point of the error as text; empty if it is not known. */
    public final String traceback(LuaState state) {
        return levels.isEmpty() ? "" : Tracebacks.text(state, levels, 0);
    }

    /** Whether it is a stack overflow. */
    final boolean isOverflow() {
        return overflow;
    }

    final LuaError asOverflow() {
        overflow = true;
        return this;
    }

    /** Whether the message handler of the protected call that is to catch it has seen it. */
    final boolean isHandled() {
        return handled;
    }

    /** Takes what the message handler made of it. */
    final void handled(@Nullable Object result) {
        value = result;
        handled = true;
    }

    @Override
    public String getMessage() {
        return String.valueOf(value());
    }
}
