package dev.corona.lua;

import dev.corona.lua.emit.Compiler;
import dev.corona.lua.lib.Libraries;
import dev.corona.lua.runtime.Host;
import dev.corona.lua.runtime.LuaCode;
import dev.corona.lua.runtime.LuaError;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.SystemHost;
import dev.corona.lua.store.ProgramStore;
import dev.corona.lua.syntax.SyntaxError;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * A Lua world: globals, metatables, limits. Cheap to make; a process may have thousands.
 *
 * <pre>{@code
 * LuaRuntime lua = LuaRuntime.create(LuaOptions.standard());
 * lua.set("double", args -> (Long) args.get(0) * 2);
 * lua.run("return double(21)");   // [42]
 * }</pre>
 *
 * <p><b>Values.</b> nil is null; booleans, {@code Long} and {@code Double} are themselves; strings come out as Java strings
 * by UTF-8 where a method says so, and as {@link LuaString} else. {@link LuaValues} converts.
 *
 * <p><b>Threads.</b> For one thread at a time, which may change between calls. Only {@link #requestPause} may be called by any
 * thread at any time.
 *
 * <p><b>Errors.</b> A Lua error that no Lua code caught comes out as {@link LuaException}; an exception of a Java function that Lua
 * called is an error to Lua code, and the cause of that exception.
 */
public final class LuaRuntime implements AutoCloseable {
    private final LuaOptions options;
    private final LuaState state;
    private final Host host;

    private final @Nullable Libraries libraries;

    private LuaRuntime(LuaOptions options, Host host) {
        this.options = options;
        this.host = host;
        state = new LuaState(this::compile);
        state.limitStrings(options.maxStringBytes());
        state.limitDepth(options.maxDepth());
        if (options.maxMemoryBytes() != LuaOptions.NO_LIMIT) {
            state.limitMemory(options.maxMemoryBytes());
        }
        libraries =
                switch (options.profile()) {
                    case NONE -> null;
                    case PURE -> Libraries.pure(state);
                    case STANDARD -> Libraries.standard(state, host);
                    case FULL -> Libraries.full(state, host);
                };
    }

    /** A runtime on the process's own streams and, if its profile has them, files. */
    public static LuaRuntime create(LuaOptions options) {
        return create(options, new SystemHost(System.in, System.out, System.err));
    }

    /** A runtime for which the outside world is {@code host}. */
    public static LuaRuntime create(LuaOptions options, Host host) {
        return new LuaRuntime(options, host);
    }

    private LuaFunction compile(
            LuaState target, byte[] text, String name, @Nullable Object environment) {
        try {
            return Compiler.compile(text, name, options.accounted(), target.keepsLocals(text))
                    .instantiate(target, environment);
        } catch (SyntaxError e) {
            throw new LuaError(LuaString.ofLatin1(String.valueOf(e.getMessage())), e);
        }
    }

    /** A runtime with the same library and nothing else. */
    LuaRuntime likeNew() {
        return new LuaRuntime(options, host);
    }

    /** This runtime as a place of stored programs; {@code fresh} tells what is the library's. */
    ProgramStore.Place place(LuaRuntime fresh) {
        return new ProgramStore.Place(
                state, fresh.state, host, HostFunction.class, options.accounted());
    }

    /** The classes of a chunk that was stored. */
    LuaCode compileStored(byte[] dump) {
        return Compiler.compile(dump, "stored program", options.accounted(), false).code();
    }

    /** Gives programs what a library defines. */
    public LuaRuntime open(Consumer<LuaState> library) {
        library.accept(state);
        return this;
    }

    public LuaOptions options() {
        return options;
    }

    /** For who writes libraries. */
    public LuaState state() {
        return state;
    }

    public LuaTable globals() {
        return state.globals();
    }

    /** The global of a name, as Lua has it; null if there is none. */
    public @Nullable Object get(String name) {
        return globals().get(LuaString.of(name));
    }

    /** Sets a global to a value that {@link LuaValues#toLua} knows. */
    public void set(String name, @Nullable Object value) {
        globals().set(LuaString.of(name), LuaValues.toLua(state, value));
    }

    /** Makes a Java function a global. */
    public void set(String name, JavaFunction function) {
        globals().set(LuaString.of(name), new HostFunction(state, name, function));
    }

    /** Lets programs use objects of a Java class as its type says, wherever one comes to them. */
    public LuaRuntime define(LuaType<?> type) {
        ExposedObject.define(state, type);
        return this;
    }

    /**
     * An object of an interface whose methods a Lua value implements: a function, which is then every abstract method, or a table of
     * functions by the methods' names, which get the table as their first argument. Results are converted to the methods' types. For the
     * runtime's thread.
     *
     * <p>Its methods throw {@link LuaException} if the Lua code fails, {@link UnsupportedOperationException} if there is no
     * function for them.
     *
     * @throws IllegalArgumentException if it is no interface, or the value neither a function nor a table
     */
    public <T> T implement(Class<T> type, @Nullable Object value) {
        if (!type.isInterface())
            throw new IllegalArgumentException(
                    type + " is no interface; only one can be implemented");
        if (!(value instanceof LuaFunction) && !(value instanceof LuaTable)) {
            throw new IllegalArgumentException(
                    "%s is to be implemented by a Lua function or table, but got %s"
                            .formatted(type, value));
        }
        Object made =
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        new Implementation(this, type, value));
        return type.cast(made);
    }

    /**
     * A function of the text of a chunk.
     *
     * @param name of the chunk, such as {@code @file.lua}, whose first line may be a comment that begins with {@code #}, or {@code =stdin}
     * @throws LuaException if it is not Lua
     */
    public LuaFunction load(String text, String name) {
        return load(text.getBytes(StandardCharsets.UTF_8), name);
    }

    /** {@link #load(String, String)} of bytes as they are. */
    public LuaFunction load(byte[] text, String name) {
        try {
            return state.load(LuaChunk.program(text, name), name, state.globals());
        } catch (LuaError e) {
            throw LuaRun.exception(e);
        }
    }

    /**
     * A function of a chunk that was compiled before.
     *
     * @throws IllegalArgumentException if it was compiled with accounting and the runtime's programs are not, or the other way
     *     round
     */
    public LuaFunction load(LuaChunk chunk) {
        if (chunk.isAccounted() != options.accounted()) {
            throw new IllegalArgumentException(
                    "the chunk %s ticks and the runtime %s; compile it with the options of the runtime"
                            .formatted(counts(chunk.isAccounted()), counts(options.accounted())));
        }
        return chunk.code().instantiate(state, state.globals());
    }

    private static String counts(boolean accounted) {
        return accounted ? "counts" : "does not count";
    }

    /** Runs a chunk to its end; its results as Java values. */
    public List<@Nullable Object> run(String text) {
        return run(text, "=(run)");
    }

    public List<@Nullable Object> run(String text, String name) {
        return call(load(text, name));
    }

    /**
     * Calls a function and waits for its end; where the program waits for the host, the thread does.
     *
     * @param arguments what {@link LuaValues#toLua} knows
     * @return its results as Java values
     * @throws LuaException if it ends by an error, or a limit of the runtime stops it
     */
    public List<@Nullable Object> call(LuaFunction function, @Nullable Object... arguments) {
        LuaRun run = start(function, arguments);
        run.runToEnd();
        return run.results();
    }

    /** A call that the caller runs by portions: see {@link LuaRun}. */
    public LuaRun start(LuaFunction function, @Nullable Object... arguments) {
        return new LuaRun(this, function, LuaValues.toLua(state, arguments));
    }

    /**
     * Runs the finalizers that are left, and closes what files programs left open. A finalizer is the program's code and may run
     * for as long as it likes: where programs are not trusted, run {@link #closing()} by portions.
     */
    @Override
    public void close() {
        if (libraries != null) closing().runToEnd();
    }

    /**
     * What {@link #close} does, as a call to be run by portions.
     *
     * @throws IllegalStateException if the runtime has no library, and so nothing to close
     */
    public LuaRun closing() {
        if (libraries == null)
            throw new IllegalStateException("a runtime of profile NONE has nothing to close");
        return start(libraries.closing());
    }

    /** Asks the running program to pause as soon as it can, which is at once; from any thread. */
    public void requestPause() {
        state.requestPause();
    }
}
