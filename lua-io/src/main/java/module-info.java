/**
 * Lua programs on an event loop: tasks, sockets and files that suspend the task that waits and nothing else. Start with
 * {@code dev.corona.lua.io.LuaLoop}.
 */
module dev.corona.lua.io {
    requires static transitive org.jspecify;
    requires transitive dev.corona.io;
    requires transitive dev.corona.lua;

    exports dev.corona.lua.io;
}
