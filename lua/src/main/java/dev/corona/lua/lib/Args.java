package dev.corona.lua.lib;

import dev.corona.lua.runtime.Conversions;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaNumbers;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;

import org.jspecify.annotations.Nullable;

/** Arguments as what they should be. Each method takes the argument's number, from 1, for its error. */
final class Args {
    private Args() {}

    static @Nullable Object at(@Nullable Object[] arguments, int n) {
        return n <= arguments.length ? arguments[n - 1] : null;
    }

    /** The argument, which must be given but may be nil. */
    static @Nullable Object any(@Nullable Object[] arguments, int n) {
        if (n > arguments.length) throw LuaErrors.argument(n, "value expected");
        return arguments[n - 1];
    }

    static long integer(int n, @Nullable Object value) {
        if (value instanceof Long l) return l;
        Object number = LuaNumbers.toNumber(value);
        if (number == null) throw LuaErrors.type(n, "number", value);
        Long i = LuaNumbers.toInteger(number);
        if (i == null) throw LuaErrors.argument(n, "number has no integer representation");
        return i;
    }

    static long integer(int n, @Nullable Object value, long ifNil) {
        return value == null ? ifNil : integer(n, value);
    }

    /** A Long or a Double. */
    static Number number(int n, @Nullable Object value) {
        if (LuaNumbers.toNumber(value) instanceof Number number) return number;
        throw LuaErrors.type(n, "number", value);
    }

    static double real(int n, @Nullable Object value) {
        return value instanceof Double d ? d : number(n, value).doubleValue();
    }

    static LuaString string(int n, @Nullable Object value) {
        if (value instanceof LuaString s) return s;
        LuaString text = Conversions.text(value);
        if (text == null) throw LuaErrors.type(n, "string", value);
        return text;
    }

    static @Nullable LuaString stringOrNil(int n, @Nullable Object value) {
        return value == null ? null : string(n, value);
    }

    static LuaTable table(int n, @Nullable Object value) {
        if (value instanceof LuaTable t) return t;
        throw LuaErrors.type(n, "table", value);
    }

    static LuaFunction function(int n, @Nullable Object value) {
        if (value instanceof LuaFunction f) return f;
        throw LuaErrors.type(n, "function", value);
    }

    /** The index of an argument in a list of options. */
    static int option(int n, @Nullable Object value, @Nullable String ifNil, String... options) {
        String given = value == null && ifNil != null ? ifNil : string(n, value).toLatin1();
        for (int i = 0; i < options.length; i++) if (options[i].equals(given)) return i;
        throw LuaErrors.argument(n, "invalid option '" + given + "'");
    }

    /** The index from 0 of a position that may count from the end; below 0 if it is before the beginning. */
    static long start(long position, int length) {
        if (position > 0) return position - 1;
        if (position == 0) return 0;
        return position < -(long) length ? 0 : length + position;
    }

    /** The exclusive end for an inclusive position that may count from the end. */
    static int end(long position, int length) {
        if (position > length) return length;
        if (position >= 0) return (int) position;
        return position < -(long) length ? 0 : (int) (length + position + 1);
    }
}
