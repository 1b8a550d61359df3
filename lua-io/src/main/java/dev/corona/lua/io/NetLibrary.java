package dev.corona.lua.io;

import dev.corona.io.IoException;
import dev.corona.io.TcpOptions;
import dev.corona.io.TcpServer;
import dev.corona.io.TcpSocket;
import dev.corona.lua.io.function.Arguments;
import dev.corona.lua.io.function.IoFunction;
import dev.corona.lua.io.function.Job;
import dev.corona.lua.io.function.Results;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;

/** The module {@code corona.net}: TCP. */
final class NetLibrary {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);
    private static final LuaString HOST = LuaString.of("host");
    private static final LuaString PORT = LuaString.of("port");

    private final LuaLoop loop;
    private final LuaTable connections;
    private final LuaTable listeners;

    private NetLibrary(LuaLoop loop) {
        this.loop = loop;
        connections = Connection.metatable(loop);
        listeners = Listener.metatable(loop);
    }

    static LuaTable table(LuaLoop loop) {
        NetLibrary library = new NetLibrary(loop);
        return IoFunction.table(
                loop.state(),
                "net.",
                Map.of("listen", library::listen, "connect", library::connect));
    }

    /** A connection to a host and port, within a number of seconds; nil and a message if there is none. */
    private Object connect(Arguments arguments) {
        String host = arguments.string(1).toString();
        int port = arguments.port(2);
        Duration limit = arguments.has(3) ? arguments.seconds(3) : CONNECT_LIMIT;
        return new Job(() -> connected(host, port, limit));
    }

    private @Nullable Object connected(String host, int port, Duration limit) {
        try {
            TcpSocket socket = TcpSocket.connect(loop.io(), host, port, limit);
            return new Connection(loop, socket, connections);
        } catch (IoException.ConnectTimeout e) {
            return Results.failure(Results.TIMEOUT);
        } catch (IoException e) {
            return Results.failure(e);
        }
    }

    /** A server on a port, or on the host and port of a table; with a function, each connection is a task that calls it. */
    private Object listen(Arguments arguments) {
        TcpOptions options = options(arguments);
        LuaFunction handler = arguments.has(2) ? arguments.function(2) : null;
        return new Job(() -> listening(options, handler));
    }

    private @Nullable Object listening(TcpOptions options, @Nullable LuaFunction handler) {
        try {
            TcpServer server = TcpServer.listen(loop.io(), options);
            Listener listener = new Listener(loop, server, listeners, connections);
            if (handler != null) listener.serve(handler);
            return listener;
        } catch (IoException e) {
            return Results.failure(e);
        }
    }

    private static TcpOptions options(Arguments arguments) {
        if (!(arguments.at(1) instanceof LuaTable table)) return TcpOptions.port(arguments.port(1));
        Object host = table.get(HOST);
        Object port = table.get(PORT);
        if (host != null && !(host instanceof LuaString))
            throw LuaErrors.argument(1, "field 'host' must be a string");
        if (!(port instanceof Long number) || number < 0 || number > 65535)
            throw LuaErrors.argument(1, "field 'port' must be from 0 to 65535, but was " + port);
        return TcpOptions.at(host == null ? null : host.toString(), number.intValue());
    }
}
