package dev.corona.lua.io.function;

import dev.corona.lua.runtime.Conversions;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaNumbers;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.Tables;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** The arguments of a call as what they should be; counted from 1. What is wrong with one is an error to the caller. */
public final class Arguments {
    private static final double NANOS = 1e9;
    private static final double LONGEST_SECONDS = 3e9;

    private final @Nullable Object[] list;

    public Arguments(@Nullable Object[] list) {
        this.list = list;
    }

    public int count() {
        return list.length;
    }

    public @Nullable Object at(int n) {
        return n <= list.length ? list[n - 1] : null;
    }

    public boolean has(int n) {
        return at(n) != null;
    }

    /** The arguments from the n-th on, in a new array. */
    public @Nullable Object[] from(int n) {
        return Tables.rest(list, n - 1).clone();
    }

    public LuaString string(int n) {
        LuaString text = Conversions.text(at(n));
        if (text == null) throw type(n, "string");
        return text;
    }

    public LuaString string(int n, LuaString ifNil) {
        return has(n) ? string(n) : ifNil;
    }

    public long integer(int n) {
        Object value = at(n);
        if (value instanceof Long l) return l;
        Object number = LuaNumbers.toNumber(value);
        if (number == null) throw type(n, "number");
        Long i = LuaNumbers.toInteger(number);
        if (i == null) throw LuaErrors.argument(n, "number has no integer representation");
        return i;
    }

    public long integer(int n, long ifNil) {
        return has(n) ? integer(n) : ifNil;
    }

    public double number(int n) {
        if (LuaNumbers.toNumber(at(n)) instanceof Number number) return number.doubleValue();
        throw type(n, "number");
    }

    /** A number of seconds as a time, from zero on. */
    public Duration seconds(int n) {
        double seconds = number(n);
        if (!(seconds >= 0)) throw LuaErrors.argument(n, "seconds must not be negative");
        return duration(seconds);
    }

    public static Duration duration(double seconds) {
        return Duration.ofNanos((long) (Math.min(seconds, LONGEST_SECONDS) * NANOS));
    }

    public int port(int n) {
        long port = integer(n);
        if (port < 0 || port > 65535)
            throw LuaErrors.argument(n, "port must be from 0 to 65535, but was " + port);
        return (int) port;
    }

    public boolean truth(int n) {
        return Tables.truth(at(n));
    }

    public LuaTable table(int n) {
        if (at(n) instanceof LuaTable t) return t;
        throw type(n, "table");
    }

    public LuaFunction function(int n) {
        if (at(n) instanceof LuaFunction f) return f;
        throw type(n, "function");
    }

    /** The n-th argument as an object of ours. */
    public <T> T object(int n, Class<T> type, String name) {
        Object value = at(n);
        if (type.isInstance(value)) return type.cast(value);
        throw type(n, name);
    }

    private RuntimeException type(int n, String expected) {
        return LuaErrors.type(n, expected, at(n));
    }
}
