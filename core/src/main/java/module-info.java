/**
 * Corona's coroutines and event loop for Java; needs the JDK only.
 *
 * <ul>
 *   <li>{@code dev.corona}: coexpressions, symmetric coroutines, generators. Start here.
 *   <li>{@code dev.corona.async}: the event loop, tasks and what they wait for.
 *   <li>{@code dev.corona.blocking}: streams of the JDK that suspend the coroutine only, and what runs elsewhere.
 *   <li>{@code dev.corona.channels}: channels, producers and consumers, select.
 *   <li>{@code dev.corona.flow}: publishers and subscribers as sources and sinks.
 *   <li>{@code dev.corona.errors}: what goes wrong, by name.
 *   <li>{@code dev.corona.snapshot}: suspended coroutines as values: stored, restored, copied, looked into.
 *   <li>{@code dev.corona.woven}: what woven code stands on; for code that the weaver makes.
 *   <li>{@code dev.corona.kernel}: continuations and their engines; for Corona's own language runtimes.
 * </ul>
 */
module dev.corona.core {
    requires static transitive org.jspecify;
    // sun.reflect.ReflectionFactory: what the JDK offers to those who serialize objects.
    requires jdk.unsupported;
    requires static jdk.jfr;

    exports dev.corona;
    exports dev.corona.async;
    exports dev.corona.blocking;
    exports dev.corona.channels;
    exports dev.corona.errors;
    exports dev.corona.flow;
    exports dev.corona.snapshot;
    exports dev.corona.woven;
    exports dev.corona.kernel to
            dev.corona.io,
            dev.corona.js,
            dev.corona.cli,
            dev.corona.bench,
            dev.corona.weave,
            dev.corona.lua;

    uses dev.corona.kernel.Engine;
}
