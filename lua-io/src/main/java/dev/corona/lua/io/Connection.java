package dev.corona.lua.io;

import dev.corona.errors.DeadlineException;
import dev.corona.io.IoException;
import dev.corona.io.TcpSocket;
import dev.corona.lua.io.function.Arguments;
import dev.corona.lua.io.function.IoFunction;
import dev.corona.lua.io.function.Job;
import dev.corona.lua.io.function.Results;
import dev.corona.lua.runtime.LuaBuffer;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.LuaUserdata;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;

/** A connection of {@code corona.net}. One task reads at a time; any number write. */
final class Connection extends LuaUserdata implements AutoCloseable {
    private static final String TYPE = "corona.connection";
    private static final LuaString LINE = LuaString.of("l");
    private static final LuaString LINE_END = LuaString.of("\n");

    private final LuaLoop loop;
    private final TcpSocket socket;
    private final Inlet inlet;
    private final Outlet outlet;

    /** For each read and write; null for none. */
    private @Nullable Duration limit;

    Connection(LuaLoop loop, TcpSocket socket, LuaTable metatable) {
        super(null, metatable);
        this.loop = loop;
        this.socket = socket;
        inlet = new Inlet(loop.io(), socket);
        outlet = new Outlet(socket);
        loop.keep(this);
    }

    static LuaTable metatable(LuaLoop loop) {
        return IoFunction.metatable(
                loop.state(),
                TYPE,
                Map.of(
                        "read", a -> self(a).read(self(a).format(a, 2)),
                        "lines", a -> self(a).lines(a),
                        "write", a -> self(a).write(a),
                        "shutdown", a -> self(a).shutdown(),
                        "close", a -> self(a).closed(),
                        "settimeout", a -> self(a).setTimeout(a),
                        "peer", a -> LuaString.of(self(a).socket.remoteAddress()),
                        "address", a -> LuaString.of(self(a).socket.localAddress())),
                a -> self(a).closed());
    }

    private static Connection self(Arguments arguments) {
        return arguments.object(1, Connection.class, TYPE);
    }

    // ---- reading

    /** Takes what a read asks for from what has arrived; null if more must arrive for that. */
    @FunctionalInterface
    private interface Format {
        @Nullable Object take();
    }

    private @Nullable Object read(Format format) {
        do {
            Object taken = format.take();
            if (taken != null) return taken;
        } while (inlet.takeArrived());
        return new Job(() -> waited(format));
    }

    private @Nullable Object waited(Format format) {
        try {
            Object taken = format.take();
            for (; taken == null; taken = format.take()) inlet.awaitMore(limit);
            return taken;
        } catch (DeadlineException.Expired e) {
            return Results.failure(Results.TIMEOUT);
        }
    }

    private Format format(Arguments arguments, int n) {
        if (arguments.at(n) instanceof Number) {
            long count = arguments.integer(n);
            if (count < 0) throw LuaErrors.argument(n, "number of bytes must not be negative");
            int wanted = (int) Math.min(count, LuaString.MAX_LENGTH);
            return () -> bytes(wanted);
        }
        String name = arguments.string(n, LINE).toLatin1();
        return switch (name) {
            case "l" -> () -> line(false);
            case "L" -> () -> line(true);
            case "a" -> this::all;
            case "s" -> this::some;
            default -> throw LuaErrors.argument(n, "invalid format '" + name + "'");
        };
    }

    private @Nullable Object line(boolean keepEnd) {
        LuaString line = inlet.line();
        if (line == null) return inlet.isEnded() ? rest() : null;
        return keepEnd ? line.concat(LINE_END) : line;
    }

    private @Nullable Object bytes(int count) {
        if (count == 0 || inlet.available() >= count) return inlet.take(count);
        return inlet.isEnded() ? rest() : null;
    }

    private @Nullable Object some() {
        return inlet.available() > 0 || inlet.isEnded() ? rest() : null;
    }

    private @Nullable Object all() {
        if (!inlet.isEnded()) return null;
        IoException failure = inlet.failure();
        return failure == null ? inlet.take(inlet.available()) : Results.failure(failure);
    }

    /** What is left; nil and a reason if nothing is. */
    private @Nullable Object rest() {
        if (inlet.available() > 0) return inlet.take(inlet.available());
        IoException failure = inlet.failure();
        return failure == null ? Results.failure(Results.CLOSED) : failed(failure);
    }

    private Object lines(Arguments arguments) {
        Format format = format(arguments, 2);
        return new IoFunction(loop.state(), TYPE + ":lines", a -> read(format));
    }

    // ---- writing

    /** Writes strings and numbers; answers the connection. */
    private @Nullable Object write(Arguments arguments) {
        LuaBuffer text = new LuaBuffer();
        for (int i = 2; i <= arguments.count(); i++) text.append(arguments.string(i));
        byte[] bytes = text.toLuaString().toByteArray();
        try {
            int written = outlet.writeNow(bytes, 0, bytes.length);
            if (written == bytes.length) return this;
            return new Job(() -> written(bytes, written));
        } catch (IoException e) {
            return failed(e);
        }
    }

    private @Nullable Object written(byte[] bytes, int from) {
        try {
            for (int at = from; at < bytes.length; )
                at += outlet.write(bytes, at, bytes.length, limit);
            return this;
        } catch (IoException e) {
            return failed(e);
        } catch (DeadlineException.Expired e) {
            return Results.failure(Results.TIMEOUT);
        }
    }

    private static @Nullable Object failed(IoException error) {
        if (error instanceof IoException.Closed) return Results.failure(Results.CLOSED);
        return Results.failure(error);
    }

    // ---- the rest

    /** Ends the output; the peer reads to the end, and this side may read on. */
    private Object shutdown() {
        socket.endOutput();
        return this;
    }

    private Object closed() {
        close();
        return Values.NONE;
    }

    @Override
    public void close() {
        socket.close();
        loop.forget(this);
    }

    /** Sets how many seconds a read or a write may wait; nil for as long as it takes. */
    private Object setTimeout(Arguments arguments) {
        limit = arguments.has(2) ? arguments.seconds(2) : null;
        return this;
    }
}
