package dev.corona.lua.runtime;

/**
 * What belongs to one runtime: its metatables, registry, limits and counters. Functions keep a reference to theirs; nothing is
 * static. For one thread at a time.
 */
public final class LuaState {
    /** How many Lua calls are active in the running coroutine and those that resumed it. */
    public int depth;
}
