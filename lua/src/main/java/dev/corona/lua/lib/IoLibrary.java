package dev.corona.lua.lib;

import dev.corona.errors.SnapshotException;
import dev.corona.lua.runtime.Conversions;
import dev.corona.lua.runtime.Host;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaNumbers;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.Metamethod;
import dev.corona.lua.runtime.StateParts;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/** The library {@code io} and the methods of files. */
final class IoLibrary implements StateParts.Memory {
    private static final LuaString FILE = LuaString.of("file");
    private static final LuaString CLOSED_FILE = LuaString.of("closed file");

    private final Host host;
    private final LuaTable meta = new LuaTable(0, 8);
    private final Set<LuaFile> open = Collections.newSetFromMap(new WeakHashMap<>());
    private final LuaFile standardInput;
    private final LuaFile standardOutput;
    private LuaFile input;
    private LuaFile output;

    private IoLibrary(Host host) {
        this.host = host;
        input = LuaFile.ofStreams(host.in(), null, meta, IoLibrary::refuse);
        output = standard(host.out());
        standardInput = input;
        standardOutput = output;
    }

    @Override
    public long[] save() {
        requireStandard("io.input", input, standardInput);
        requireStandard("io.output", output, standardOutput);
        return new long[0];
    }

    private static void requireStandard(String name, LuaFile file, LuaFile standard) {
        if (file == standard) return;
        throw new SnapshotException.Unstorable(
                "the file that is " + name, "the library io", "make a standard one that again");
    }

    @Override
    public void restore(long[] saved) {}

    private LuaFile standard(OutputStream stream) {
        return LuaFile.ofStreams(null, stream, meta, IoLibrary::refuse).unbuffered();
    }

    private static @Nullable Object refuse() {
        return Values.of(null, LuaString.of("cannot close standard file"));
    }

    static LuaTable install(LuaState state, Host host, Exits exits) {
        IoLibrary library = new IoLibrary(host);
        state.name("the library io", library);
        state.name("FILE*", library.meta);
        state.remember("io", library);
        LuaTable t = new LuaTable(0, 16);
        Map<String, LuaFile> files = new LinkedHashMap<>();
        files.put("stdin", library.input);
        files.put("stdout", library.output);
        files.put("stderr", library.standard(host.err()));
        files.forEach(
                (name, file) -> {
                    state.name("io." + name, file);
                    t.set(LuaString.of(name), file);
                });
        LibraryFunction.register(
                t, library.open(), library.popen(), library.tmpfile(), library.type());
        LibraryFunction.register(
                t,
                library.defaultFile("io.input", true),
                library.defaultFile("io.output", false),
                library.close(),
                library.lines(),
                library.read(),
                library.write(),
                library.flush());
        library.methods();
        exits.add(library::closeAll);
        return t;
    }

    private void methods() {
        LuaTable index = new LuaTable(0, 8);
        LibraryFunction.register(
                index,
                methodClose("FILE*:close"),
                methodLines(),
                methodRead(),
                methodWrite(),
                methodFlush(),
                methodSeek(),
                methodSetvbuf());
        meta.set(Metamethod.NAME.key, LuaString.of("FILE*"));
        meta.set(Metamethod.INDEX.key, index);
        meta.set(Metamethod.GC.key, new Silent("FILE*:__gc"));
        meta.set(Metamethod.CLOSE.key, new Silent("FILE*:__close"));
        meta.set(Metamethod.TOSTRING.key, text());
    }

    private void closeAll() {
        for (LuaFile file : open) {
            try {
                if (!file.isClosed()) file.close();
            } catch (IOException e) {
                continue;
            }
        }
    }

    // ---- files as arguments

    private static LuaFile file(int n, @Nullable Object value) {
        if (value instanceof LuaFile f) return f;
        throw LuaErrors.type(n, "FILE*", value);
    }

    private static LuaFile openFile(@Nullable Object[] arguments) {
        LuaFile f = file(1, Args.at(arguments, 1));
        if (f.isClosed()) throw LuaErrors.located("attempt to use a closed file");
        return f;
    }

    private LuaFile opened(String path, String mode) throws IOException {
        String m = mode.replace("b", "");
        Host.Channel channel = host.files().open(path, m);
        boolean update = m.endsWith("+");
        boolean reads = m.charAt(0) == 'r' || update;
        boolean writes = m.charAt(0) != 'r' || update;
        LuaFile f = LuaFile.ofChannel(channel, reads, writes, meta);
        open.add(f);
        return f;
    }

    private LuaFile openedOrError(String path, String mode) {
        try {
            return opened(path, mode);
        } catch (IOException e) {
            throw LuaErrors.located("cannot open file '" + path + "' (" + Failures.reason(e) + ")");
        }
    }

    // ---- functions

    private Library2 open() {
        return new Library2("io.open") {
            @Override
            @Nullable Object run(@Nullable Object name, @Nullable Object mode) {
                String path = Args.string(1, name).toString();
                String m = mode == null ? "r" : Args.string(2, mode).toLatin1();
                if (!m.matches("[rwa]\\+?b*")) throw LuaErrors.argument(2, "invalid mode");
                try {
                    return opened(path, m);
                } catch (IOException e) {
                    return Failures.of(e, path);
                }
            }
        };
    }

    private Library2 popen() {
        return new Library2("io.popen") {
            @Override
            @Nullable Object run(@Nullable Object command, @Nullable Object mode) {
                String text = Args.string(1, command).toString();
                String m = mode == null ? "r" : Args.string(2, mode).toLatin1();
                if (!m.equals("r") && !m.equals("w")) throw LuaErrors.argument(2, "invalid mode");
                boolean reads = m.equals("r");
                try {
                    host.out().flush();
                    Process p = host.start(text, !reads, reads);
                    InputStream in = reads ? p.getInputStream() : null;
                    OutputStream out = reads ? null : p.getOutputStream();
                    LuaFile f = LuaFile.ofStreams(in, out, meta, () -> ended(p, in, out));
                    open.add(f);
                    return f;
                } catch (IOException e) {
                    return Failures.of(e, text);
                }
            }
        };
    }

    private static @Nullable Object ended(
            Process p, @Nullable InputStream in, @Nullable OutputStream out) throws IOException {
        if (out != null) out.close();
        if (in != null) in.close();
        try {
            return OsLibrary.ended(p.waitFor());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted system call", e);
        }
    }

    private Library1 tmpfile() {
        return new Library1("io.tmpfile") {
            @Override
            @Nullable Object run(@Nullable Object ignored) {
                try {
                    String path = host.files().temporary();
                    LuaFile f = opened(path, "w+");
                    host.files().remove(path);
                    return f;
                } catch (IOException e) {
                    return Failures.of(e, null);
                }
            }
        };
    }

    private LibraryN type() {
        return new LibraryN("io.type") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                if (!(Args.any(arguments, 1) instanceof LuaFile f)) return null;
                return f.isClosed() ? CLOSED_FILE : FILE;
            }
        };
    }

    private Library1 defaultFile(String name, boolean in) {
        return new Library1(name) {
            @Override
            Object run(@Nullable Object given) {
                if (given != null) {
                    LuaString path =
                            given instanceof LuaString || given instanceof Number
                                    ? Args.string(1, given)
                                    : null;
                    LuaFile f =
                            path == null
                                    ? file(1, given)
                                    : openedOrError(path.toString(), in ? "r" : "w");
                    if (in) input = f;
                    else output = f;
                }
                return in ? input : output;
            }
        };
    }

    private LuaFile defaultInput() {
        if (input.isClosed()) throw LuaErrors.located("default input file is closed");
        return input;
    }

    private LuaFile defaultOutput() {
        if (output.isClosed()) throw LuaErrors.located("default output file is closed");
        return output;
    }

    private LibraryN close() {
        return new LibraryN("io.close") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                return closed(arguments.length == 0 ? defaultOutput() : openFile(arguments));
            }
        };
    }

    private static @Nullable Object closed(LuaFile f) {
        try {
            return f.close();
        } catch (IOException e) {
            return Failures.of(e, null);
        }
    }

    private LibraryN lines() {
        return new LibraryN("io.lines") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                Object name = Args.at(arguments, 1);
                boolean own = name != null;
                LuaFile f = own ? openedOrError(Args.string(1, name).toString(), "r") : input;
                if (f.isClosed()) throw LuaErrors.located("attempt to use a closed file");
                Object iterator = new Lines(f, formats(arguments, 1), own);
                return own ? Values.of(iterator, null, null, f) : iterator;
            }
        };
    }

    private static @Nullable Object[] formats(@Nullable Object[] arguments, int from) {
        if (arguments.length - from > 250) throw LuaErrors.argument(252, "too many arguments");
        return from >= arguments.length
                ? Values.NO_VALUES
                : Arrays.copyOfRange(arguments, from, arguments.length);
    }

    /** The iterator of {@code lines}. */
    private static final class Lines extends LibraryN {
        private final LuaFile file;
        private final @Nullable Object[] formats;
        private final boolean closes;

        Lines(LuaFile file, @Nullable Object[] formats, boolean closes) {
            super("for iterator");
            this.file = file;
            this.formats = formats;
            this.closes = closes;
        }

        @Override
        @Nullable Object run(@Nullable Object[] arguments) {
            if (file.isClosed()) throw LuaErrors.located("file is already closed");
            Object result = Reads.read(file, formats, 0, 2);
            if (Values.first(result) != null) return result;
            if (Values.at(result, 1) instanceof LuaString message) {
                throw LuaErrors.located(message.toLatin1());
            }
            if (closes) closed(file);
            return Values.NONE;
        }
    }

    private LibraryN read() {
        return new LibraryN("io.read") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                return Reads.read(defaultInput(), arguments, 0, 1);
            }
        };
    }

    private LibraryN write() {
        return new LibraryN("io.write") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                return written(defaultOutput(), arguments, 0);
            }
        };
    }

    private static @Nullable Object written(LuaFile f, @Nullable Object[] arguments, int from) {
        try {
            for (int i = from; i < arguments.length; i++) {
                LuaString text =
                        arguments[i] instanceof Double d
                                ? LuaNumbers.withoutPoint(d)
                                : Conversions.text(arguments[i]);
                if (text == null) throw LuaErrors.type(i + 1, "string", arguments[i]);
                f.write(text);
            }
            return f;
        } catch (IOException e) {
            return Failures.of(e, null);
        }
    }

    private static @Nullable Object flushed(LuaFile f) {
        try {
            f.flush();
            return true;
        } catch (IOException e) {
            return Failures.of(e, null);
        }
    }

    private LibraryN flush() {
        return new LibraryN("io.flush") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                return flushed(defaultOutput());
            }
        };
    }

    // ---- methods

    private LibraryN methodClose(String name) {
        return new LibraryN(name) {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                return closed(openFile(arguments));
            }
        };
    }

    /** Closes a file that is still open, and says nothing. */
    private final class Silent extends LibraryN {
        Silent(String name) {
            super(name);
        }

        @Override
        Object run(@Nullable Object[] arguments) {
            LuaFile f = file(1, Args.at(arguments, 1));
            if (!f.isClosed() && open.contains(f)) closed(f);
            return Values.NONE;
        }
    }

    private LibraryN methodLines() {
        return new LibraryN("FILE*:lines") {
            @Override
            Object run(@Nullable Object[] arguments) {
                return new Lines(openFile(arguments), formats(arguments, 1), false);
            }
        };
    }

    private LibraryN methodRead() {
        return new LibraryN("FILE*:read") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                return Reads.read(openFile(arguments), arguments, 1, 2);
            }
        };
    }

    private LibraryN methodWrite() {
        return new LibraryN("FILE*:write") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                return written(openFile(arguments), arguments, 1);
            }
        };
    }

    private LibraryN methodFlush() {
        return new LibraryN("FILE*:flush") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                return flushed(openFile(arguments));
            }
        };
    }

    private LibraryN methodSeek() {
        return new LibraryN("FILE*:seek") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                LuaFile f = openFile(arguments);
                int whence = Args.option(2, Args.at(arguments, 2), "cur", "set", "cur", "end");
                long offset = Args.integer(3, Args.at(arguments, 3), 0);
                try {
                    return f.seek(whence, offset);
                } catch (IOException e) {
                    return Failures.of(e, null);
                }
            }
        };
    }

    private LibraryN methodSetvbuf() {
        return new LibraryN("FILE*:setvbuf") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                LuaFile f = openFile(arguments);
                int mode = Args.option(2, Args.at(arguments, 2), null, "no", "full", "line");
                long size = Args.integer(3, Args.at(arguments, 3), 1024);
                try {
                    f.buffering(mode == 0 ? 0 : (int) Math.clamp(size, 1, 1 << 20), mode == 2);
                    return true;
                } catch (IOException e) {
                    return Failures.of(e, null);
                }
            }
        };
    }

    private Library1 text() {
        return new Library1("FILE*:__tostring") {
            @Override
            Object run(@Nullable Object value) {
                LuaFile f = file(1, value);
                return LuaString.of(
                        f.isClosed() ? "file (closed)" : "file (" + Text.address(f) + ")");
            }
        };
    }
}
