package dev.corona.lua.io;

import dev.corona.blocking.Blocking;
import dev.corona.lua.io.function.Arguments;
import dev.corona.lua.io.function.IoFunction;
import dev.corona.lua.io.function.Job;
import dev.corona.lua.io.function.Results;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** The table {@code socket.dns}: names and addresses, asked for by another thread while the task waits. */
final class DnsLibrary {
    private DnsLibrary() {}

    /** What is asked about a name, on another thread. */
    @FunctionalInterface
    private interface Question {
        @Nullable Object ask(String name) throws UnknownHostException;
    }

    static LuaTable table(LuaLoop loop) {
        return IoFunction.table(
                loop.state(),
                "dns.",
                Map.of(
                        "toip", a -> job(a, DnsLibrary::toIp),
                        "tohostname", a -> job(a, DnsLibrary::toHostName),
                        "getaddrinfo", a -> job(a, DnsLibrary::addresses),
                        "gethostname", a -> job("localhost", name -> hostName())));
    }

    private static Job job(Arguments arguments, Question question) {
        return job(arguments.string(1).toString(), question);
    }

    private static Job job(String name, Question question) {
        return new Job(
                () -> {
                    try {
                        return Blocking.<@Nullable Object>offload(() -> question.ask(name));
                    } catch (CompletionException e) {
                        if (!(e.getCause() instanceof UnknownHostException)) throw e;
                        return Results.failure(SocketErrors.UNKNOWN_HOST);
                    }
                });
    }

    /** Addresses of the older kind first. */
    private static List<InetAddress> all(String name) throws UnknownHostException {
        List<InetAddress> all = new ArrayList<>(Arrays.asList(InetAddress.getAllByName(name)));
        all.sort(Comparator.comparing(address -> !(address instanceof Inet4Address)));
        return all;
    }

    private static @Nullable Object toIp(String name) throws UnknownHostException {
        List<InetAddress> all = all(name);
        return Values.of(text(all.getFirst()), resolved(name, all));
    }

    private static @Nullable Object toHostName(String address) throws UnknownHostException {
        InetAddress found = InetAddress.getByName(address);
        String name = found.getCanonicalHostName();
        return Values.of(LuaString.of(name), resolved(name, List.of(found)));
    }

    private static LuaTable resolved(String name, List<InetAddress> addresses) {
        LuaTable ips = new LuaTable();
        for (int i = 0; i < addresses.size(); i++) ips.set(i + 1L, text(addresses.get(i)));
        LuaTable table = new LuaTable(0, 3);
        table.set(LuaString.of("name"), LuaString.of(name));
        table.set(LuaString.of("alias"), new LuaTable());
        table.set(LuaString.of("ip"), ips);
        return table;
    }

    private static Object addresses(String name) throws UnknownHostException {
        LuaTable list = new LuaTable();
        long count = 0;
        for (InetAddress address : all(name)) {
            LuaTable entry = new LuaTable(0, 2);
            String family = address instanceof Inet4Address ? "inet" : "inet6";
            entry.set(LuaString.of("family"), LuaString.of(family));
            entry.set(LuaString.of("addr"), text(address));
            list.set(++count, entry);
        }
        return list;
    }

    private static LuaString text(InetAddress address) {
        return LuaString.of(address.getHostAddress());
    }

    private static Object hostName() throws UnknownHostException {
        return LuaString.of(InetAddress.getLocalHost().getHostName());
    }
}
