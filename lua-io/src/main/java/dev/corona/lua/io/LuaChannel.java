package dev.corona.lua.io;

import dev.corona.async.Corona;
import dev.corona.channels.Channel;
import dev.corona.errors.ChannelException;
import dev.corona.errors.DeadlineException;
import dev.corona.lua.io.function.Arguments;
import dev.corona.lua.io.function.IoFunction;
import dev.corona.lua.io.function.Job;
import dev.corona.lua.io.function.Results;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.LuaUserdata;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A channel as Lua code has it. Its elements are Lua values but nil, which stands for the end. */
final class LuaChannel extends LuaUserdata {
    private static final String TYPE = "corona.channel";

    private final Channel<Object> channel;

    private LuaChannel(Channel<Object> channel, LuaTable metatable) {
        super(null, metatable);
        this.channel = channel;
    }

    static LuaChannel of(Arguments arguments, int capacity, LuaTable metatable) {
        if (capacity < 0)
            throw LuaErrors.argument(1, "capacity must be 0 or more, but was " + arguments.at(1));
        return new LuaChannel(
                capacity == 0 ? Channel.rendezvous() : Channel.buffered(capacity), metatable);
    }

    static LuaTable metatable(LuaLoop loop) {
        return IoFunction.metatable(
                loop.state(),
                TYPE,
                Map.of(
                        "send", LuaChannel::send,
                        "receive", LuaChannel::receive,
                        "values", a -> values(loop, a),
                        "close", LuaChannel::close,
                        "size", a -> (long) self(a).channel.size()),
                LuaChannel::close);
    }

    private static LuaChannel self(Arguments arguments) {
        return arguments.object(1, LuaChannel.class, TYPE);
    }

    /** True; nil and "closed" if it is closed. */
    private static @Nullable Object send(Arguments arguments) {
        Channel<Object> channel = self(arguments).channel;
        Object element = arguments.at(2);
        if (element == null) throw LuaErrors.argument(2, "a channel takes no nil");
        if (channel.isClosed()) return Results.failure(Results.CLOSED);
        return channel.trySend(element) ? (Object) true : new Job(() -> sent(channel, element));
    }

    private static @Nullable Object sent(Channel<Object> channel, Object element) {
        try {
            channel.send(element);
            return true;
        } catch (ChannelException.ClosedForSend e) {
            return Results.failure(Results.CLOSED);
        }
    }

    /** The next element; nil and "closed" at the end; with a number of seconds, nil and "timeout" when they are over. */
    private static @Nullable Object receive(Arguments arguments) {
        Channel<Object> channel = self(arguments).channel;
        Duration limit = arguments.has(2) ? arguments.seconds(2) : null;
        Object ready = channel.tryReceive();
        if (ready != null) return ready;
        if (channel.isDrained()) return Results.failure(Results.CLOSED);
        return new Job(() -> received(channel, limit));
    }

    private static @Nullable Object received(Channel<Object> channel, @Nullable Duration limit) {
        try {
            if (limit == null) return orClosed(channel.receiveOrNull());
            Optional<Object> element =
                    Corona.timeout(limit, () -> Optional.ofNullable(channel.receiveOrNull()));
            return orClosed(element.orElse(null));
        } catch (DeadlineException.Expired e) {
            return Results.failure(Results.TIMEOUT);
        }
    }

    private static @Nullable Object orClosed(@Nullable Object element) {
        return element == null ? Results.failure(Results.CLOSED) : element;
    }

    /** An iterator for {@code for}. */
    private static Object values(LuaLoop loop, Arguments arguments) {
        LuaChannel self = self(arguments);
        return new IoFunction(
                loop.state(),
                TYPE + ":values",
                a -> receive(new Arguments(new @Nullable Object[] {self})));
    }

    private static Object close(Arguments arguments) {
        self(arguments).channel.close();
        return Values.NONE;
    }
}
