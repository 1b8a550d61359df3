package dev.corona.cli;

import dev.corona.lua.runtime.SystemHost;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.function.IntConsumer;

/** This process as Lua programs of the command see it. */
final class LuaHost extends SystemHost {
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Main.Environment environment;
    private final @Nullable IntConsumer exit;
    private Runnable closing = () -> {};
    private boolean hidesPaths;

    /**
     * @param exit ends the process for {@code os.exit}; null to leave that to the runtime
     */
    LuaHost(
            InputStream in,
            PrintStream out,
            PrintStream err,
            Main.Environment environment,
            @Nullable IntConsumer exit) {
        super(in, out, err);
        this.in = in;
        this.out = out;
        this.err = err;
        this.environment = environment;
        this.exit = exit;
    }

    /** What {@code os.exit} does first if it is to close the program. */
    void onClose(Runnable action) {
        closing = action;
    }

    /** Whether the variables that say where modules are look as if they were not set. */
    void hidePaths(boolean hidden) {
        hidesPaths = hidden;
    }

    @Override
    public @Nullable String environment(String name) {
        boolean path = name.startsWith("LUA_PATH") || name.startsWith("LUA_CPATH");
        return hidesPaths && path ? null : environment.value(name);
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public PrintStream out() {
        return out;
    }

    @Override
    public PrintStream err() {
        return err;
    }

    @Override
    public void exit(int status, boolean close) {
        if (close) closing.run();
        out.flush();
        int code = status & 0xff;
        if (exit == null) super.exit(code, close);
        else exit.accept(code);
    }
}
