package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * What belongs to a program and is kept by its {@link LuaState}: what is stored with it beside its tables.
 *
 * @param metatables of the types that have one for all their values, in a fixed order
 * @param finalized the objects that have a finalizer to be run, the first that was marked first
 * @param hook of the main thread
 * @param library what functions of the library remember, by name
 */
public record StateParts(
        @Nullable LuaTable[] metatables,
        boolean keepsLocals,
        List<LuaObject> finalized,
        @Nullable Hook hook,
        Map<String, long[]> library) {
    /** What a part of the library remembers that no value of Lua shows. */
    public interface Memory {
        long[] save();

        void restore(long[] saved);
    }
}
