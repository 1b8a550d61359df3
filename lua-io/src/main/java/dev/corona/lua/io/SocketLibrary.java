package dev.corona.lua.io;

import dev.corona.async.Corona;
import dev.corona.lua.io.function.Arguments;
import dev.corona.lua.io.function.IoFunction;
import dev.corona.lua.io.function.Job;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.Program;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The module {@code socket}, with the calls that LuaSocket's manual describes, for TCP. What needs no Java is in socket.lua. */
final class SocketLibrary {
    private static final double NANOS = 1e9;
    private static final long BLOCK_SIZE = 2048;
    private static final long BACKLOG = 32;
    private static final String PURE = "socket.lua";

    private final LuaLoop loop;
    private final TcpTypes types;

    private SocketLibrary(LuaLoop loop) {
        this.loop = loop;
        types = new TcpTypes(loop);
    }

    /** For a job: runs the part that is Lua. */
    static LuaTable table(LuaLoop loop) {
        SocketLibrary library = new SocketLibrary(loop);
        LuaTable table =
                IoFunction.table(
                        loop.state(),
                        "socket.",
                        Map.of(
                                "tcp", library::tcp,
                                "tcp4", library::tcp,
                                "connect", library::connect,
                                "bind", library::bind,
                                "select", Select::start,
                                "sleep", library::sleep,
                                "gettime", a -> time()));
        table.set(LuaString.of("dns"), DnsLibrary.table(loop));
        table.set(LuaString.of("BLOCKSIZE"), BLOCK_SIZE);
        table.set(LuaString.of("_SETSIZE"), (long) Integer.MAX_VALUE);
        table.set(LuaString.of("_VERSION"), LuaString.of("Corona, as LuaSocket 3.0"));
        LuaFunction pure = loop.state().load(source(), "=" + PURE, loop.state().globals());
        loop.drive(new Program(loop.state(), pure, new @Nullable Object[] {table}));
        return table;
    }

    private static byte[] source() {
        try (InputStream in = SocketLibrary.class.getResourceAsStream(PURE)) {
            if (in == null) throw new AssertionError(PURE + " is missing");
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object tcp(Arguments arguments) {
        return new TcpObject(loop, types);
    }

    private Object connect(Arguments arguments) {
        String host = arguments.string(1).toString();
        int port = arguments.port(2);
        return new Job(
                () -> {
                    TcpObject socket = new TcpObject(loop, types);
                    Object connected = socket.connect(host, port);
                    if (Values.first(connected) != null) return socket;
                    socket.close();
                    return connected;
                });
    }

    private Object bind(Arguments arguments) {
        String host = arguments.string(1).toString();
        int port = arguments.port(2);
        int backlog = Math.clamp(arguments.integer(3, BACKLOG), 1, 1 << 16);
        return new Job(() -> bound(host.equals("*") ? null : host, port, backlog));
    }

    private @Nullable Object bound(@Nullable String host, int port, int backlog) {
        TcpObject socket = new TcpObject(loop, types);
        Object result = socket.bind(host, port, backlog);
        if (Values.first(result) != null) {
            socket.listen();
            return socket;
        }
        socket.close();
        return result;
    }

    private Object sleep(Arguments arguments) {
        double seconds = arguments.number(1);
        Duration time = Arguments.duration(seconds > 0 ? seconds : 0);
        return new Job(
                () -> {
                    Corona.sleep(time);
                    return Values.NONE;
                });
    }

    private static Object time() {
        Instant now = Instant.now();
        return now.getEpochSecond() + now.getNano() / NANOS;
    }
}
