package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.Finalizers;
import dev.corona.lua.runtime.Host;
import dev.corona.lua.runtime.LuaError;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.MemoryWatch;
import dev.corona.lua.runtime.StateParts;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The basic functions that reach the host: its streams, its memory, its files. */
@Resumable
final class HostFunctions {
    private static final LuaString GENERATIONAL = LuaString.of("generational");
    private static final LuaString INCREMENTAL = LuaString.of("incremental");
    private static final int TICKS_OF_COLLECTION = 10_000;

    private final LuaState state;
    private final Host host;
    private final Finalizers finalizers;

    private HostFunctions(LuaState state, Host host, Finalizers finalizers) {
        this.state = state;
        this.host = host;
        this.finalizers = finalizers;
    }

    /**
     * Output and memory.
     *
     * @param collects whether programs may make the JVM collect its garbage
     */
    static void install(LuaState state, Host host, Finalizers finalizers, boolean collects) {
        HostFunctions f = new HostFunctions(state, host, finalizers);
        Warnings warnings = f.new Warnings();
        finalizers.onWarning(text -> warnings.emit(text));
        Collector collector = f.new Collector(collects);
        LibraryFunction.register(state.globals(), f.print(), warnings, collector);
        state.remember("warn", warnings);
        state.remember("collectgarbage", collector);
    }

    /** What loads files. */
    static void installFiles(LuaState state, Host host, Finalizers finalizers, Loader loader) {
        HostFunctions f = new HostFunctions(state, host, finalizers);
        LibraryFunction.register(state.globals(), f.loadFile(loader), f.doFile(loader));
    }

    private LibraryN print() {
        return new LibraryN("print") {
            @Override
            Object run(@Nullable Object[] arguments) {
                OutputStream out = host.out();
                for (int i = 0; i < arguments.length; i++) {
                    if (i > 0) write(out, '\t');
                    LuaString text = Text.of(state, arguments[i]);
                    if (text.length() >= LuaString.LARGE) state.work(text.length() >> 4);
                    write(out, text);
                }
                write(out, '\n');
                return Values.NONE;
            }
        };
    }

    /** As in C, nobody is told when output fails. */
    private static void write(OutputStream out, int b) {
        try {
            out.write(b);
        } catch (IOException e) {
            return;
        }
    }

    private static void write(OutputStream out, LuaString s) {
        try {
            out.write(s.bytes(), 0, s.length());
        } catch (IOException e) {
            return;
        }
    }

    // ---- warn

    /** {@code warn}, which is off until "@on" comes. */
    private final class Warnings extends LibraryN implements StateParts.Memory {
        private boolean on;

        Warnings() {
            super("warn");
        }

        @Override
        Object run(@Nullable Object[] arguments) {
            Args.string(1, Args.at(arguments, 1));
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < arguments.length; i++) {
                LuaString part = Args.string(i + 1, arguments[i]);
                if (part.length() >= LuaString.LARGE) state.work(part.length() >> 4);
                text.append(part.toLatin1());
            }
            if (arguments.length == 1 && text.toString().startsWith("@")) control(text.toString());
            else emit(text.toString());
            return Values.NONE;
        }

        @Override
        public long[] save() {
            return new long[] {on ? 1 : 0};
        }

        @Override
        public void restore(long[] saved) {
            on = saved[0] != 0;
        }

        private void control(String message) {
            if (message.equals("@on")) on = true;
            else if (message.equals("@off")) on = false;
        }

        void emit(String latin1) {
            if (!on) return;
            try {
                host.out().flush();
                OutputStream err = host.err();
                err.write(("Lua warning: " + latin1 + "\n").getBytes(StandardCharsets.ISO_8859_1));
                err.flush();
            } catch (IOException e) {
                return;
            }
        }
    }

    // ---- collectgarbage

    /** {@code collectgarbage}. The JVM collects by itself; parameters are kept to be told again. */
    private final class Collector extends LibraryN implements StateParts.Memory {
        private static final String[] OPTIONS = {
            "collect",
            "stop",
            "restart",
            "count",
            "step",
            "isrunning",
            "generational",
            "incremental",
            "setpause",
            "setstepmul"
        };

        private LuaString mode = GENERATIONAL;
        private boolean stopped;
        private long pause = 200;
        private long stepMultiplier = 100;

        private final boolean collects;

        Collector(boolean collects) {
            super("collectgarbage");
            this.collects = collects;
        }

        @Override
        @Nullable Object run(@Nullable Object[] arguments) {
            int option = Args.option(1, Args.at(arguments, 1), "collect", OPTIONS);
            Object a = Args.at(arguments, 2);
            Object b = Args.at(arguments, 3);
            return switch (OPTIONS[option]) {
                case "collect" -> collect(0L);
                case "step" -> collect(true);
                case "count" -> count();
                case "stop" -> running(false);
                case "restart" -> running(true);
                case "isrunning" -> !stopped;
                case "generational" -> mode(GENERATIONAL);
                case "incremental" -> {
                    pause = coarse(Args.integer(2, a, pause));
                    stepMultiplier = coarse(Args.integer(3, b, stepMultiplier));
                    yield mode(INCREMENTAL);
                }
                case "setpause" -> {
                    long before = pause;
                    pause = coarse(Args.integer(2, a, 0));
                    yield before;
                }
                default -> {
                    long before = stepMultiplier;
                    stepMultiplier = coarse(Args.integer(2, a, 0));
                    yield before;
                }
            };
        }

        @Override
        public long[] save() {
            boolean isIncremental = mode == INCREMENTAL;
            return new long[] {isIncremental ? 1 : 0, stopped ? 1 : 0, pause, stepMultiplier};
        }

        @Override
        public void restore(long[] saved) {
            mode = saved[0] != 0 ? INCREMENTAL : GENERATIONAL;
            stopped = saved[1] != 0;
            pause = saved[2];
            stepMultiplier = saved[3];
        }

        private Object collect(Object result) {
            state.work(TICKS_OF_COLLECTION);
            if (collects) finalizers.collect();
            else finalizers.runPending();
            return result;
        }

        /** A parameter as the reference keeps it. */
        private static long coarse(long percent) {
            return percent / 4 * 4;
        }

        private Object running(boolean run) {
            stopped = !run;
            return 0L;
        }

        private Object mode(LuaString next) {
            LuaString before = mode;
            mode = next;
            return before;
        }

        private Object count() {
            MemoryWatch memory = state.memory();
            if (memory != null) return memory.live() / 1024.0;
            Runtime runtime = Runtime.getRuntime();
            return (runtime.totalMemory() - runtime.freeMemory()) / 1024.0;
        }
    }

    // ---- files

    private LibraryN loadFile(Loader loader) {
        return new LibraryN("loadfile") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                LuaString name = Args.stringOrNil(1, Args.at(arguments, 1));
                LuaString mode = Args.stringOrNil(2, Args.at(arguments, 2));
                Object environment = arguments.length >= 3 ? arguments[2] : state.globals();
                String m = mode == null ? "bt" : mode.toLatin1();
                return SourceFiles.load(host, loader, name, m, environment);
            }
        };
    }

    private Library1 doFile(Loader loader) {
        return new Library1("dofile") {
            @Override
            @Nullable Object run(@Nullable Object name) {
                LuaString path = Args.stringOrNil(1, name);
                Object loaded = SourceFiles.load(host, loader, path, "bt", state.globals());
                if (loaded instanceof LuaFunction f) return f.call();
                throw new LuaError(Values.at(loaded, 1));
            }
        };
    }
}
