package dev.corona.lua.io;

import dev.corona.lua.io.function.Arguments;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaString;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The options of a socket. The loop has its own ways for all of them: small writes leave at once, addresses are used again, what was
 * written is sent after a close. So they are kept, to be told again.
 */
final class SocketOptions {
    private static final Set<String> KNOWN =
            Set.of(
                    "keepalive",
                    "linger",
                    "reuseaddr",
                    "reuseport",
                    "tcp-nodelay",
                    "ipv6-v6only",
                    "recv-buffer-size",
                    "send-buffer-size");

    private final Map<String, Object> values = new HashMap<>();

    SocketOptions() {
        values.put("tcp-nodelay", true);
        values.put("reuseaddr", true);
        values.put("keepalive", false);
    }

    Object set(Arguments arguments) {
        String name = name(arguments);
        Object value = arguments.at(3);
        values.put(name, value == null ? true : value);
        return 1L;
    }

    @Nullable Object get(Arguments arguments) {
        return values.get(name(arguments));
    }

    private static String name(Arguments arguments) {
        LuaString name = arguments.string(2);
        if (!KNOWN.contains(name.toString()))
            throw LuaErrors.argument(2, "unsupported option `" + name.toLatin1() + "'");
        return name.toString();
    }
}
