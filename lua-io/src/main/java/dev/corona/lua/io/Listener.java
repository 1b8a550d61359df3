package dev.corona.lua.io;

import dev.corona.async.SpawnSite;
import dev.corona.errors.DeadlineException;
import dev.corona.io.TcpServer;
import dev.corona.io.TcpSocket;
import dev.corona.lua.io.function.Arguments;
import dev.corona.lua.io.function.IoFunction;
import dev.corona.lua.io.function.Job;
import dev.corona.lua.io.function.Results;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.LuaUserdata;
import dev.corona.lua.runtime.Program;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A server of {@code corona.net}. One with a handler keeps the program going until it is closed. */
final class Listener extends LuaUserdata implements AutoCloseable {
    private static final String TYPE = "corona.listener";

    private final LuaLoop loop;
    private final TcpServer server;
    private final Backlog backlog;
    private final LuaTable connections;
    private boolean serving;

    Listener(LuaLoop loop, TcpServer server, LuaTable metatable, LuaTable connections) {
        super(null, metatable);
        this.loop = loop;
        this.server = server;
        this.connections = connections;
        backlog = new Backlog(loop.io(), server);
        loop.keep(this);
    }

    static LuaTable metatable(LuaLoop loop) {
        return IoFunction.metatable(
                loop.state(),
                TYPE,
                Map.of(
                        "accept", a -> self(a).accept(a.has(2) ? a.seconds(2) : null),
                        "connections", a -> self(a).connections(),
                        "port", a -> (long) self(a).server.port(),
                        "address", a -> LuaString.of(self(a).server.address()),
                        "close", a -> self(a).closed()),
                a -> self(a).closed());
    }

    private static Listener self(Arguments arguments) {
        return arguments.object(1, Listener.class, TYPE);
    }

    /** Gives each connection a task that calls {@code handler} with it, and closes it in the end. */
    void serve(LuaFunction handler) {
        serving = true;
        loop.held();
        server.onConnection(SpawnSite.of(List.of()), socket -> handle(handler, socket));
    }

    private void handle(LuaFunction handler, TcpSocket socket) {
        loop.held();
        try (Connection connection = new Connection(loop, socket, connections)) {
            @Nullable Object[] arguments = {connection};
            loop.driveTask(new Program(loop.state(), handler, arguments));
        } finally {
            loop.released();
        }
    }

    /** The next connection; nil and "closed", or "timeout" when a number of seconds is over. */
    private Object accept(@Nullable Duration limit) {
        return new Job(() -> accepted(limit));
    }

    private @Nullable Object accepted(@Nullable Duration limit) {
        try {
            for (TcpSocket socket = backlog.poll(); ; socket = backlog.poll()) {
                if (socket != null) return new Connection(loop, socket, connections);
                if (backlog.isEnded()) return Results.failure(Results.CLOSED);
                backlog.awaitMore(limit);
            }
        } catch (DeadlineException.Expired e) {
            return Results.failure(Results.TIMEOUT);
        }
    }

    private Object connections() {
        return new IoFunction(loop.state(), TYPE + ":connections", a -> accept(null));
    }

    private Object closed() {
        close();
        return Values.NONE;
    }

    @Override
    public void close() {
        backlog.close();
        loop.forget(this);
        if (!serving) return;
        serving = false;
        loop.released();
    }
}
