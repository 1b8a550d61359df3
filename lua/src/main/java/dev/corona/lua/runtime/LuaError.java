package dev.corona.lua.runtime;

import dev.corona.snapshot.SnapshotReader;
import dev.corona.snapshot.SnapshotWriter;

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
    private transient @Nullable LuaState state;
    private boolean overflow;
    private boolean handled;

    public LuaError(@Nullable Object value) {
        this(value, null);
    }

    public LuaError(@Nullable Object value, @Nullable Throwable cause) {
        super(null, cause, false, false);
        this.value = value;
        levels = Traces.ofError();
        state = Traces.running();
    }

    private LuaError() {
        super(null, null, false, false);
        levels = List.of();
    }

    /** An error of a stored program, without its value. */
    static LuaError restored() {
        return new LuaError();
    }

    void write(SnapshotWriter out) {
        out.writeReference("the error's value", value());
        out.writeReference("the error's stack", levels);
        out.writeReference("the runtime", state);
        out.writeBoolean(overflow);
        out.writeBoolean(handled);
    }

    @SuppressWarnings("unchecked") // as it was written
    void read(SnapshotReader in) {
        value = in.readReference();
        if (in.readReference() instanceof List<?> stack) levels = (List<Level>) stack;
        state = (LuaState) in.readReference();
        overflow = in.readBoolean();
        handled = in.readBoolean();
    }

    /** What Lua code sees. */
    public @Nullable Object value() {
        return value;
    }

    /** The functions that were active when it was raised, innermost first; empty if nobody was to ask for them. */
    public final List<Level> levels() {
        return levels;
    }

    /** The Lua stack at the point of the error as text, one character for each byte; null if it is not known. */
    public final @Nullable String traceback() {
        LuaState of = state;
        List<Level> all = levels();
        return of == null || all.isEmpty() ? null : Tracebacks.text(of, all, 0);
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
