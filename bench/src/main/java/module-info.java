/**
 * Benchmarks of Corona; {@code bench/run} at the root starts them, {@code bench/README.md} says how to read them.
 *
 * <ul>
 *   <li>{@code dev.corona.bench}: the command, tables, targets, child processes. Start at {@code Main}.
 *   <li>{@code dev.corona.bench.kernel}: what a switch costs, in nanoseconds and in bytes.
 *   <li>{@code dev.corona.bench.woven}: what a step of woven code costs.
 *   <li>{@code dev.corona.bench.async}: what tasks, waits and channels cost; echo servers in five styles.
 *   <li>{@code dev.corona.bench.lua}: Lua programs, other Luas beside Corona's.
 *   <li>{@code dev.corona.bench.http}: whole servers under load, Node's beside them.
 *   <li>{@code dev.corona.bench.storm}: many connections, opened and closed at once.
 * </ul>
 *
 * It runs on the class path, where the JVM's exports to unnamed modules reach it.
 */
module dev.corona.bench {
    requires dev.corona.core;
    requires dev.corona.io;
    requires dev.corona.lua;
    requires dev.corona.weave;
    requires io.netty.buffer;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.vertx.core;
    requires java.management;
    requires java.net.http;
    requires jdk.management;
    requires jmh.core;
    requires static org.jspecify;
}
