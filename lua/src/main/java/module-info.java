/**
 * Lua 5.4 for the JVM: compiled to class files, with coroutines that no thread stands behind. Start with
 * {@code dev.corona.lua.LuaRuntime}.
 *
 * <ul>
 *   <li>{@code dev.corona.lua}: embedding.
 *   <li>{@code dev.corona.lua.runtime}: values and what compiled code stands on; for who adds libraries of their own.
 *   <li>{@code ...scope}, {@code ...syntax}, {@code ...ir}, {@code ...analysis}, {@code ...emit}: the compiler, in the order in
 *       which it runs.
 *   <li>{@code ...lib}: the standard library.
 *   <li>{@code ...store}: paused programs as bytes.
 * </ul>
 */
module dev.corona.lua {
    requires static transitive org.jspecify;
    requires transitive dev.corona.core;
    // What a thread has allocated, for limits on memory.
    requires jdk.management;

    // Programs are stored with what their frames hold.
    opens dev.corona.lua to
            dev.corona.core;
    opens dev.corona.lua.emit to
            dev.corona.core;
    opens dev.corona.lua.lib to
            dev.corona.core;
    opens dev.corona.lua.runtime to
            dev.corona.core;
    opens dev.corona.lua.store to
            dev.corona.core;

    exports dev.corona.lua;
    exports dev.corona.lua.runtime;
}
