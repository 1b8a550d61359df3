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
 * </ul>
 */
module dev.corona.lua {
    requires static transitive org.jspecify;
    requires transitive dev.corona.core;
    // What a thread has allocated, for limits on memory.
    requires jdk.management;

    exports dev.corona.lua;
    exports dev.corona.lua.runtime;
}
