package dev.corona.lua.io;

import dev.corona.errors.DeadlineException;
import dev.corona.lua.io.function.Arguments;
import dev.corona.lua.io.function.Job;
import dev.corona.lua.io.function.Results;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** One call of {@code socket.select}. */
final class Select {
    /** How soon a socket that takes no bytes is looked at again, as nothing tells when it does. */
    private static final Duration GLANCE = Duration.ofMillis(5);

    private final List<TcpObject> readers;
    private final List<TcpObject> writers;

    /** Null for no limit. */
    private final @Nullable Duration limit;

    private final long sinceNanos = System.nanoTime();

    private Select(Arguments arguments) {
        readers = sockets(arguments, 1);
        writers = sockets(arguments, 2);
        double seconds = arguments.has(3) ? arguments.number(3) : -1;
        limit = seconds < 0 ? null : Arguments.duration(seconds);
    }

    static Object start(Arguments arguments) {
        Select select = new Select(arguments);
        return new Job(select::await);
    }

    private static List<TcpObject> sockets(Arguments arguments, int n) {
        List<TcpObject> sockets = new ArrayList<>();
        if (!arguments.has(n)) return sockets;
        LuaTable list = arguments.table(n);
        for (long i = 1; list.get(i) != null; i++) {
            if (list.get(i) instanceof TcpObject socket) sockets.add(socket);
        }
        return sockets;
    }

    private @Nullable Object await() {
        try {
            while (!isAnyReady()) awaitChange();
        } catch (DeadlineException.Expired e) {
            if (!isAnyReady()) return results(LuaString.of(Results.TIMEOUT));
        }
        return results(null);
    }

    private boolean isAnyReady() {
        return readers.stream().anyMatch(TcpObject::isReadable)
                || writers.stream().anyMatch(TcpObject::isWritable);
    }

    private void awaitChange() {
        List<Signal> signals = new ArrayList<>();
        readers.stream().map(TcpObject::readable).filter(Objects::nonNull).forEach(signals::add);
        writers.stream().map(TcpObject::writable).filter(Objects::nonNull).forEach(signals::add);
        Duration left = left();
        boolean glances = writers.stream().anyMatch(w -> w.writable() == null);
        boolean glance = glances && (left == null || left.compareTo(GLANCE) > 0);
        try {
            Signal.awaitAny(signals, glance ? GLANCE : left);
        } catch (DeadlineException.Expired e) {
            if (!glance) throw e;
        }
    }

    private @Nullable Duration left() {
        if (limit == null) return null;
        Duration left = limit.minusNanos(System.nanoTime() - sinceNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private @Nullable Object results(@Nullable LuaString error) {
        return Values.of(
                ready(readers, TcpObject::isReadable),
                ready(writers, TcpObject::isWritable),
                error);
    }

    /** Those that are ready, by number and by themselves. */
    private static LuaTable ready(List<TcpObject> sockets, Predicate<TcpObject> test) {
        LuaTable table = new LuaTable();
        long count = 0;
        for (TcpObject socket : sockets) {
            if (!test.test(socket)) continue;
            table.set(++count, socket);
            table.set(socket, count);
        }
        return table;
    }
}
