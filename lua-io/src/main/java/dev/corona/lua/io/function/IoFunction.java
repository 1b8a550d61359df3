package dev.corona.lua.io.function;

import dev.corona.Resumable;
import dev.corona.lua.runtime.CallError;
import dev.corona.lua.runtime.FunctionN;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.Metamethod;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** A function of a module that a piece of plain Java stands behind. */
@Resumable
public final class IoFunction extends FunctionN {
    /** What it does. It does not wait itself: it answers a {@link Job} if there is something to wait for, and its result if not. */
    @FunctionalInterface
    public interface Body {
        @Nullable Object call(Arguments arguments);
    }

    private final LuaState state;
    private final Body body;

    public IoFunction(LuaState state, String name, Body body) {
        super(name);
        this.state = state;
        this.body = body;
    }

    @Override
    public @Nullable Object call(@Nullable Object[] arguments) {
        Object result = started(arguments);
        if (!(result instanceof Job job)) return result;
        state.await(job);
        return job.result();
    }

    private @Nullable Object started(@Nullable Object[] arguments) {
        try {
            return body.call(new Arguments(arguments));
        } catch (CallError e) {
            throw e.in(this, arguments.length);
        }
    }

    @Override
    public String toString() {
        return String.format("function: builtin: 0x%08x", System.identityHashCode(this));
    }

    /**
     * A table of functions.
     *
     * @param prefix what stands before their names in messages, such as {@code corona.}
     */
    public static LuaTable table(LuaState state, String prefix, Map<String, Body> functions) {
        LuaTable table = new LuaTable(0, functions.size());
        functions.forEach(
                (name, body) ->
                        table.set(LuaString.of(name), new IoFunction(state, prefix + name, body)));
        return table;
    }

    /** A metatable of objects that have methods and close themselves at the end of a block. */
    public static LuaTable metatable(
            LuaState state, String type, Map<String, Body> methods, Body closing) {
        LuaTable meta = new LuaTable(0, 4);
        meta.set(Metamethod.NAME.key, LuaString.of(type));
        meta.set(Metamethod.INDEX.key, table(state, type + ":", methods));
        meta.set(Metamethod.CLOSE.key, new IoFunction(state, type + ":close", closing));
        return meta;
    }
}
