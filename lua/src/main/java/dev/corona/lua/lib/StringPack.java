package dev.corona.lua.lib;

import dev.corona.lua.runtime.CallError;
import dev.corona.lua.runtime.LuaBuffer;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** {@code string.pack}, {@code unpack} and {@code packsize}. */
final class StringPack {
    private final LuaState state;

    private StringPack(LuaState state) {
        this.state = state;
    }

    static void install(LuaState state, LuaTable library) {
        StringPack f = new StringPack(state);
        LibraryFunction.register(library, f.pack(), f.unpack(), f.packSize());
    }

    // ---- pack

    private LibraryN pack() {
        return new LibraryN("string.pack") {
            @Override
            Object run(@Nullable Object[] arguments) {
                try {
                    return packed(arguments);
                } catch (CallError e) {
                    // To the reference, a missing argument is nil here.
                    throw e.in(this, Integer.MAX_VALUE);
                }
            }
        };
    }

    private LuaString packed(@Nullable Object[] arguments) {
        PackFormat format = new PackFormat(Args.string(1, Args.at(arguments, 1)));
        LuaBuffer out = state.buffer();
        state.work(arguments.length >> 2);
        int n = 1;
        while (format.hasMore()) {
            format.next();
            out.repeat(0, format.padding(out.length()));
            if (hasValue(format.kind())) {
                n++;
                write(out, format, n, Args.at(arguments, n));
            } else if (format.kind() == PackFormat.Kind.PADDING) {
                out.append(0);
            }
        }
        state.requireSize(out.length());
        state.work(out.length() >> 5);
        return out.toLuaString();
    }

    private static boolean hasValue(PackFormat.Kind kind) {
        return switch (kind) {
            case PADDING, ALIGNMENT, NOTHING -> false;
            default -> true;
        };
    }

    private static void write(LuaBuffer out, PackFormat format, int n, @Nullable Object value) {
        int size = format.size();
        switch (format.kind()) {
            case SIGNED -> {
                long i = Args.integer(n, value);
                if (size < 8) {
                    long limit = 1L << (size * 8 - 1);
                    if (i < -limit || i >= limit) throw LuaErrors.argument(n, "integer overflow");
                }
                integer(out, format, i, size, i < 0);
            }
            case UNSIGNED -> {
                long i = Args.integer(n, value);
                if (size < 8 && i >>> (size * 8) != 0) {
                    throw LuaErrors.argument(n, "unsigned overflow");
                }
                integer(out, format, i, size, false);
            }
            case FLOAT -> {
                float f = (float) Args.real(n, value);
                integer(out, format, Float.floatToRawIntBits(f), 4, false);
            }
            case DOUBLE -> {
                double d = Args.real(n, value);
                integer(out, format, Double.doubleToRawLongBits(d), 8, false);
            }
            default -> text(out, format, n, Args.string(n, value));
        }
    }

    private static void integer(LuaBuffer out, PackFormat format, long i, int size, boolean ones) {
        for (int k = 0; k < size; k++) {
            int at = format.isLittle() ? k : size - 1 - k;
            out.append(at < 8 ? (int) (i >>> (8 * at)) : ones ? 0xff : 0);
        }
    }

    private static void text(LuaBuffer out, PackFormat format, int n, LuaString s) {
        int size = format.size();
        switch (format.kind()) {
            case CHARS -> {
                if (s.length() > size) throw LuaErrors.argument(n, "string longer than given size");
                out.append(s).repeat(0, size - s.length());
            }
            case STRING -> {
                if (size < 4 && s.length() >>> (size * 8) != 0) {
                    throw LuaErrors.argument(n, "string length does not fit in given size");
                }
                integer(out, format, s.length(), size, false);
                out.append(s);
            }
            default -> {
                if (s.indexOf(LuaString.ofByte(0), 0) >= 0) {
                    throw LuaErrors.argument(n, "string contains zeros");
                }
                out.append(s).append(0);
            }
        }
    }

    // ---- packsize

    private Library1 packSize() {
        return new Library1("string.packsize") {
            @Override
            Object run(@Nullable Object s) {
                PackFormat format = new PackFormat(Args.string(1, s));
                long total = 0;
                while (format.hasMore()) {
                    format.next();
                    switch (format.kind()) {
                        case STRING, ZERO_TERMINATED ->
                                throw LuaErrors.argument(1, "variable-length format");
                        default -> {}
                    }
                    total += format.padding(total) + format.size();
                    if (total > Integer.MAX_VALUE) {
                        throw LuaErrors.argument(1, "format result too large");
                    }
                }
                return total;
            }
        };
    }

    // ---- unpack

    private Library3 unpack() {
        return new Library3("string.unpack") {
            @Override
            @Nullable Object run(@Nullable Object f, @Nullable Object s, @Nullable Object i) {
                PackFormat format = new PackFormat(Args.string(1, f));
                LuaString data = Args.string(2, s);
                long start = Args.start(Args.integer(3, i, 1), data.length());
                if (start > data.length()) {
                    throw LuaErrors.argument(3, "initial position out of string");
                }
                state.work(Args.string(1, f).length() + (data.length() - start >> 5));
                return new Reader(data, (int) start).readAll(format);
            }
        };
    }

    /** Where in a string {@code unpack} is. */
    private static final class Reader {
        private final LuaString data;
        private int at;
        private final List<Object> results = new ArrayList<>();

        Reader(LuaString data, int at) {
            this.data = data;
            this.at = at;
        }

        @Nullable Object readAll(PackFormat format) {
            while (format.hasMore()) {
                format.next();
                skip(format.padding(at));
                read(format);
            }
            results.add(at + 1L);
            return Values.of(results.toArray());
        }

        private int skip(int n) {
            if (n > data.length() - at) throw LuaErrors.argument(2, "data string too short");
            int from = at;
            at += n;
            return from;
        }

        private void read(PackFormat format) {
            int size = format.size();
            switch (format.kind()) {
                case SIGNED -> results.add(integer(format, size, true));
                case UNSIGNED -> results.add(integer(format, size, false));
                case FLOAT ->
                        results.add((double) Float.intBitsToFloat((int) integer(format, 4, false)));
                case DOUBLE -> results.add(Double.longBitsToDouble(integer(format, 8, false)));
                case CHARS -> results.add(data.sub(skip(size), at));
                case STRING -> {
                    long length = integer(format, size, false);
                    if (length < 0 || length > data.length() - at) {
                        throw LuaErrors.argument(2, "data string too short");
                    }
                    results.add(data.sub(skip((int) length), at));
                }
                case ZERO_TERMINATED -> {
                    int end = data.indexOf(LuaString.ofByte(0), at);
                    if (end < 0) throw LuaErrors.argument(2, "unfinished string for format 'z'");
                    results.add(data.sub(at, end));
                    at = end + 1;
                }
                case PADDING -> skip(1);
                default -> {}
            }
        }

        private long integer(PackFormat format, int size, boolean signed) {
            int from = skip(size);
            long value = 0;
            for (int k = Math.min(size, 8) - 1; k >= 0; k--) {
                value = value << 8 | byteAt(format, from, size, k);
            }
            if (size < 8) {
                int unused = 64 - 8 * size;
                return signed ? value << unused >> unused : value;
            }
            int fill = signed && value < 0 ? 0xff : 0;
            for (int k = 8; k < size; k++) {
                if (byteAt(format, from, size, k) != fill) {
                    throw LuaErrors.located(size + "-byte integer does not fit into Lua Integer");
                }
            }
            return value;
        }

        private int byteAt(PackFormat format, int from, int size, int k) {
            return data.at(from + (format.isLittle() ? k : size - 1 - k));
        }
    }
}
