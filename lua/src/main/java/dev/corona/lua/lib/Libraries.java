package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.Finalizers;
import dev.corona.lua.runtime.Host;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

/**
 * Puts the standard library into a runtime, as much as it is to have. For one runtime; to be closed with it, which runs what
 * finalizers are left and flushes files.
 */
@Resumable
public final class Libraries {
    private final LuaState state;
    private final Finalizers finalizers;
    private final Exits exits = new Exits();

    private Libraries(LuaState state) {
        this.state = state;
        finalizers = state.finalizers();
    }

    /** What computes: nothing that reaches the host, tells the time or loads code. */
    public static Libraries pure(LuaState state) {
        Libraries libraries = new Libraries(state);
        libraries.installPure();
        return libraries;
    }

    /** {@link #pure}, and what loads code, prints, tells the time, and coroutines. */
    public static Libraries standard(LuaState state, Host host) {
        Libraries libraries = pure(state);
        libraries.installStandard(host, false);
        return libraries;
    }

    /** All of it. */
    public static Libraries full(LuaState state, Host host) {
        Libraries libraries = pure(state);
        PackageLibrary packages = libraries.installStandard(host, true);
        libraries.installFull(host, packages);
        return libraries;
    }

    private void installPure() {
        BasicLibrary.install(state, finalizers);
        global("string", StringLibrary.install(state));
        global("table", TableLibrary.install(state));
        global(
                "math",
                MathLibrary.install(state, System.nanoTime(), System.identityHashCode(this)));
        global("utf8", Utf8Library.install(state));
    }

    /**
     * @param collects whether programs may make the JVM collect its garbage
     */
    private PackageLibrary installStandard(Host host, boolean collects) {
        HostFunctions.install(state, host, finalizers, collects);
        LibraryFunction.register(state.globals(), BasicLibrary.load(state, new Loader(state)));
        global("coroutine", CoroutineLibrary.install(state));
        global("os", OsLibrary.installTime(state, host));
        PackageLibrary packages = PackageLibrary.install(state);
        global("package", packages.library());
        register(packages);
        return packages;
    }

    private void installFull(Host host, PackageLibrary packages) {
        Loader loader = new Loader(state);
        HostFunctions.installFiles(state, host, finalizers, loader);
        packages.installFiles(host, loader);
        if (state.globals().get(LuaString.of("os")) instanceof LuaTable os) {
            OsLibrary.installSystem(state, host, exits, os);
        }
        global("io", IoLibrary.install(state, host, exits));
        global("debug", DebugLibrary.install(state, host));
        register(packages);
    }

    private void global(String name, LuaTable library) {
        state.globals().set(LuaString.of(name), library);
    }

    /** Puts what there is into {@code package.loaded}. */
    private void register(PackageLibrary packages) {
        LuaTable globals = state.globals();
        for (int p = globals.nextPlace(0); p >= 0; p = globals.nextPlace(p + 1)) {
            if (globals.valueAt(p) instanceof LuaTable t)
                packages.loaded().set(globals.keyAt(p), t);
        }
    }

    /** Runs the finalizers that are left, then closes what files are open. Is Lua code: to be run as a program. */
    public LuaFunction closing() {
        return new LibraryN("close") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                finalizers.close();
                exits.run();
                return Values.NONE;
            }
        };
    }
}
