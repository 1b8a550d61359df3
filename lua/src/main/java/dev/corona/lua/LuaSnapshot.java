package dev.corona.lua;

import dev.corona.errors.SnapshotException;
import dev.corona.snapshot.Snapshot;
import dev.corona.snapshot.SnapshotOptions;

/**
 * A paused program as bytes, with the world that it lives in: to be kept in a file or sent elsewhere, and to go on in another process.
 *
 * <pre>{@code
 * LuaRun run = lua.start(lua.load(text, "@job.lua"));
 * run.resume(100_000);                                                  // PAUSED
 * Files.write(file, LuaSnapshot.of(run, options).toBytes());
 * // in the next process
 * LuaRun again = LuaSnapshot.ofBytes(Files.readAllBytes(file)).restore(newRuntime, options);
 * again.resume();
 * }</pre>
 *
 * <p><b>What it holds.</b> The run with its coroutines, wherever they are suspended, and all that its runtime holds for programs: globals,
 * loaded modules, metatables, what finalizers are due, the state of {@code math.random}; functions with the text of their chunks. Tables stay
 * the same tables, in circles too. Other runs of the runtime are not stored.
 *
 * <p><b>What stands for something else there.</b> Functions of the library and those that the host has set are stored by name: the
 * new runtime must have them, which is made with the same options and in which the host has set the same functions before. Java objects that
 * programs hold are named by the {@linkplain SnapshotOptions#withHosts host objects}. What has no name is refused when the program is stored: an
 * open file, a stage that the program waits for.
 *
 * <p><b>Trust.</b> Whoever can change the bytes can make the runtime do whatever its classes can do, beyond its profile. Seal them
 * by a {@linkplain SnapshotOptions#withKey key} if somebody else could. The snapshot is refused if Corona's compiler has changed since.
 *
 * <p><b>What is lost</b>: the local variables that {@code debug} shows of the stack of an error that was on its way, and the addresses that
 * {@code tostring} shows.
 *
 * <p><b>Threads.</b> Immutable. The runtime must not run meanwhile.
 *
 * <p><b>Errors.</b> {@link SnapshotException}, by its subclasses.
 */
public final class LuaSnapshot {
    private final Snapshot snapshot;

    private LuaSnapshot(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /**
     * Stores a run that is paused, or has not begun, or has ended. It may go on as if nothing had happened.
     *
     * @param options in which what belongs to Corona need not be allowed
     * @throws SnapshotException.Unstorable if it holds something that cannot be stored, which is named
     * @throws IllegalStateException if a program of its runtime is running
     */
    public static LuaSnapshot of(LuaRun run, SnapshotOptions options) {
        return new LuaSnapshot(run.store(options));
    }

    /**
     * The snapshot that {@link #toBytes} gave. Looks at its beginning only.
     *
     * @throws SnapshotException.Damaged if it is none
     */
    public static LuaSnapshot ofBytes(byte[] bytes) {
        return new LuaSnapshot(Snapshot.ofBytes(bytes));
    }

    public byte[] toBytes() {
        return snapshot.toBytes();
    }

    /**
     * The run in a runtime that was just made, whose globals are replaced by those that were stored. If it fails, the runtime is not to be used.
     *
     * @throws IllegalArgumentException if one of the runtimes counts ticks and the other does not
     * @throws SnapshotException.Damaged if it is not as it was written, or not sealed by the options' key
     * @throws SnapshotException.Forbidden if it names a class that is not allowed
     * @throws SnapshotException.Changed if it was stored by another version of Corona
     * @throws SnapshotException.Unresolved if the runtime lacks a function that the program has, or a host object has no name here
     */
    public LuaRun restore(LuaRuntime runtime, SnapshotOptions options) {
        return LuaRun.restore(runtime, snapshot, options);
    }

    @Override
    public String toString() {
        return snapshot.toString();
    }
}
