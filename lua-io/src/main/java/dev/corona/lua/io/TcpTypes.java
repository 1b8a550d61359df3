package dev.corona.lua.io;

import dev.corona.errors.DeadlineException;
import dev.corona.io.IoException;
import dev.corona.lua.io.TcpObject.Kind;
import dev.corona.lua.io.function.Arguments;
import dev.corona.lua.io.function.IoFunction;
import dev.corona.lua.io.function.Job;
import dev.corona.lua.io.function.Results;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.Metamethod;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The metatables of TCP objects, a name for each kind, and their methods. */
final class TcpTypes {
    private static final double NANOS = 1e9;
    private static final LuaString INET = LuaString.of("inet");
    private static final LuaString INET6 = LuaString.of("inet6");

    private final Map<Kind, LuaTable> tables = new EnumMap<>(Kind.class);

    TcpTypes(LuaLoop loop) {
        LuaTable index = IoFunction.table(loop.state(), "tcp:", methods());
        for (Kind kind : Kind.values()) {
            LuaTable meta =
                    IoFunction.metatable(loop.state(), name(kind), Map.of(), TcpTypes::close);
            meta.set(Metamethod.INDEX.key, index);
            tables.put(kind, meta);
        }
    }

    LuaTable of(Kind kind) {
        LuaTable table = tables.get(kind);
        if (table == null) throw new AssertionError(kind);
        return table;
    }

    private static String name(Kind kind) {
        return "tcp{" + kind.name().toLowerCase(Locale.ROOT) + "}";
    }

    private static Map<String, IoFunction.Body> methods() {
        Map<String, IoFunction.Body> methods = new LinkedHashMap<>();
        methods.put("bind", TcpTypes::bind);
        methods.put("listen", TcpTypes::listen);
        methods.put("accept", TcpTypes::accept);
        methods.put("connect", TcpTypes::connect);
        methods.put("receive", TcpTypes::receive);
        methods.put("send", TcpTypes::send);
        methods.put("shutdown", TcpTypes::shutdown);
        methods.put("close", TcpTypes::close);
        methods.put("settimeout", TcpTypes::setTimeout);
        methods.put("setoption", a -> any(a).options().set(a));
        methods.put("getoption", a -> any(a).options().get(a));
        methods.put("getpeername", TcpTypes::peerName);
        methods.put("getsockname", TcpTypes::socketName);
        methods.put("getstats", TcpTypes::stats);
        methods.put("dirty", TcpTypes::dirty);
        return methods;
    }

    private static TcpObject any(Arguments arguments) {
        return arguments.object(1, TcpObject.class, "tcp{any}");
    }

    private static TcpObject a(Kind kind, Arguments arguments) {
        TcpObject self = any(arguments);
        if (self.kind() == kind) return self;
        throw LuaErrors.type(1, name(kind), self);
    }

    // ---- servers

    private static @Nullable Object bind(Arguments arguments) {
        TcpObject self = a(Kind.MASTER, arguments);
        String host = arguments.string(2).toString();
        int port = arguments.port(3);
        if (self.isClosed()) return Results.failure(Results.CLOSED);
        return new Job(() -> self.bind(host.equals("*") ? null : host, port, 32));
    }

    private static @Nullable Object listen(Arguments arguments) {
        TcpObject self = a(Kind.MASTER, arguments);
        arguments.integer(2, 0);
        return self.isClosed() ? Results.failure(Results.CLOSED) : new Job(self::listen);
    }

    private static Object accept(Arguments arguments) {
        TcpObject self = a(Kind.SERVER, arguments);
        return new Job(self::accept);
    }

    // ---- clients

    private static @Nullable Object connect(Arguments arguments) {
        TcpObject self = any(arguments);
        if (self.kind() == Kind.SERVER) throw LuaErrors.type(1, name(Kind.MASTER), self);
        String host = arguments.string(2).toString();
        int port = arguments.port(3);
        if (self.isClosed()) return Results.failure(Results.CLOSED);
        return new Job(() -> self.connect(host, port));
    }

    private static @Nullable Object receive(Arguments arguments) {
        Receive receive = Receive.of(a(Kind.CLIENT, arguments), arguments);
        Object ready = receive.tryNow();
        return ready != null ? ready : new Job(receive::await);
    }

    /** The index of the last byte that was sent; nil, a reason and that index if it is not the last one of all. */
    private static @Nullable Object send(Arguments arguments) {
        TcpObject self = a(Kind.CLIENT, arguments);
        byte[] bytes = arguments.string(2).toByteArray();
        int from = start(arguments.integer(3, 1), bytes.length);
        int to = end(arguments.integer(4, -1), bytes.length);
        TcpObject.Stream stream = self.stream();
        if (stream == null) return sent(Results.CLOSED, from);
        try {
            int at = from + stream.outlet().writeNow(bytes, from, to);
            return at >= to
                    ? (Object) (long) Math.max(at, from)
                    : new Job(() -> send(self, stream, bytes, at, to));
        } catch (IoException e) {
            return sent(SocketErrors.word(e), from);
        }
    }

    private static @Nullable Object send(
            TcpObject self, TcpObject.Stream stream, byte[] bytes, int from, int to) {
        Timeouts.Call time = self.timeouts().begin();
        int at = from;
        try {
            while (at < to) at += stream.outlet().write(bytes, at, to, time.next());
            return (long) at;
        } catch (DeadlineException.Expired e) {
            return sent(Results.TIMEOUT, at);
        } catch (IoException e) {
            return sent(SocketErrors.word(e), at);
        }
    }

    private static @Nullable Object sent(String word, int last) {
        return Values.of(null, LuaString.of(word), (long) last);
    }

    /** The index from 0 for a position that may count from the end. */
    private static int start(long position, int length) {
        if (position > 0) return (int) Math.min(position - 1, length);
        return position == 0 ? 0 : (int) Math.max(length + position, 0);
    }

    private static int end(long position, int length) {
        return Math.clamp(position < 0 ? length + position + 1 : position, 0, length);
    }

    private static @Nullable Object shutdown(Arguments arguments) {
        TcpObject.Stream stream = a(Kind.CLIENT, arguments).stream();
        String how = arguments.string(2, LuaString.of("both")).toLatin1();
        if (!how.equals("both") && !how.equals("send") && !how.equals("receive"))
            throw LuaErrors.argument(2, "invalid option '" + how + "'");
        if (stream == null) return Results.failure(Results.CLOSED);
        if (!how.equals("receive")) stream.socket().endOutput();
        if (!how.equals("send")) stream.inlet().end();
        return 1L;
    }

    // ---- all of them

    private static Object close(Arguments arguments) {
        any(arguments).close();
        return 1L;
    }

    private static Object setTimeout(Arguments arguments) {
        Timeouts timeouts = any(arguments).timeouts();
        double seconds = arguments.has(2) ? arguments.number(2) : -1;
        String mode = arguments.string(3, LuaString.of("b")).toLatin1();
        switch (mode.isEmpty() ? ' ' : mode.charAt(0)) {
            case 'b' -> timeouts.block(seconds);
            case 'r', 't' -> timeouts.total(seconds);
            default -> throw LuaErrors.argument(3, "invalid timeout mode");
        }
        return 1L;
    }

    private static @Nullable Object peerName(Arguments arguments) {
        TcpObject.Stream stream = any(arguments).stream();
        if (stream == null) return Results.failure("getpeername failed");
        return address(stream.socket().remoteAddress());
    }

    private static @Nullable Object socketName(Arguments arguments) {
        TcpObject self = any(arguments);
        TcpObject.Stream stream = self.stream();
        if (stream != null) return address(stream.socket().localAddress());
        var server = self.server();
        return server == null ? Results.failure("getsockname failed") : address(server.address());
    }

    /** An address, a port and the kind of the address. */
    private static @Nullable Object address(String shown) {
        int colon = shown.lastIndexOf(':');
        String host = shown.substring(0, colon);
        boolean six = host.startsWith("[");
        String plain = six ? host.substring(1, host.length() - 1) : host;
        return Values.of(
                LuaString.of(plain),
                Long.parseLong(shown.substring(colon + 1)),
                six ? INET6 : INET);
    }

    /** Bytes received, bytes sent, and the age in seconds. */
    private static @Nullable Object stats(Arguments arguments) {
        TcpObject self = any(arguments);
        TcpObject.Stream stream = self.stream();
        double age = (System.nanoTime() - self.sinceNanos()) / NANOS;
        if (stream == null) return Values.of(0L, 0L, age);
        return Values.of(stream.inlet().received(), stream.outlet().sent(), age);
    }

    private static Object dirty(Arguments arguments) {
        TcpObject.Stream stream = any(arguments).stream();
        return stream != null && stream.inlet().available() > 0;
    }
}
