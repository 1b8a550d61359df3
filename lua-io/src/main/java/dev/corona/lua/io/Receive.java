package dev.corona.lua.io;

import dev.corona.errors.DeadlineException;
import dev.corona.lua.io.function.Arguments;
import dev.corona.lua.io.function.Results;
import dev.corona.lua.runtime.LuaBuffer;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

/** One call of {@code receive}: a line, a number of bytes, or all. What it has when it fails is its third result. */
final class Receive {
    private static final int LINE = -1;
    private static final int ALL = -2;

    private final TcpObject socket;
    private final int wanted;
    private final LuaString prefix;

    private Receive(TcpObject socket, int wanted, LuaString prefix) {
        this.socket = socket;
        this.wanted = wanted;
        this.prefix = prefix;
    }

    static Receive of(TcpObject socket, Arguments arguments) {
        LuaString prefix = arguments.string(3, LuaString.EMPTY);
        Object pattern = arguments.at(2);
        if (pattern instanceof Number) {
            long count = Math.max(arguments.integer(2) - prefix.length(), 0);
            return new Receive(socket, (int) Math.min(count, LuaString.MAX_LENGTH), prefix);
        }
        return new Receive(socket, pattern == null ? LINE : kind(arguments.string(2)), prefix);
    }

    private static int kind(LuaString pattern) {
        return switch (pattern.toLatin1()) {
            case "*l", "l" -> LINE;
            case "*a", "a" -> ALL;
            default -> throw LuaErrors.argument(2, "invalid receive pattern");
        };
    }

    /** What it returns without a wait; null if it has to wait. */
    @Nullable Object tryNow() {
        TcpObject.Stream stream = socket.stream();
        if (stream == null) return failure(Results.CLOSED, LuaString.EMPTY);
        do {
            Object taken = take(stream.inlet());
            if (taken != null) return taken;
        } while (stream.inlet().takeArrived());
        return null;
    }

    @Nullable Object await() {
        Timeouts.Call time = socket.timeouts().begin();
        while (true) {
            Object taken = tryNow();
            if (taken != null) return taken;
            TcpObject.Stream stream = socket.stream();
            if (stream == null) return failure(Results.CLOSED, LuaString.EMPTY);
            try {
                stream.inlet().awaitMore(time.next());
            } catch (DeadlineException.Expired e) {
                return failure(Results.TIMEOUT, rest(stream.inlet()));
            }
        }
    }

    private @Nullable Object take(Inlet inlet) {
        if (wanted >= 0 && inlet.available() >= wanted) return prefix.concat(inlet.take(wanted));
        LuaString line = wanted == LINE ? inlet.line() : null;
        if (line != null) return prefix.concat(withoutReturns(line));
        if (!inlet.isEnded()) return null;
        LuaString rest = rest(inlet);
        boolean complete = wanted == ALL && !rest.isEmpty();
        return complete ? prefix.concat(rest) : failure(Results.CLOSED, rest);
    }

    private LuaString rest(Inlet inlet) {
        LuaString rest = inlet.take(inlet.available());
        return wanted == LINE ? withoutReturns(rest) : rest;
    }

    private static LuaString withoutReturns(LuaString text) {
        byte[] bytes = text.toByteArray();
        LuaBuffer kept = new LuaBuffer();
        for (byte b : bytes) if (b != '\r') kept.append(b);
        return kept.toLuaString();
    }

    private @Nullable Object failure(String word, LuaString partial) {
        return Values.of(null, LuaString.of(word), prefix.concat(partial));
    }
}
