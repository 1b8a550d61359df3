package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.LuaBuffer;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaFormat;
import dev.corona.lua.runtime.LuaObject;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;

import org.jspecify.annotations.Nullable;

/** {@code string.format}. */
@Resumable
final class StringFormat extends LibraryN {
    private static final int MAX_SPECIFICATION = 22;

    private final LuaState state;

    StringFormat(LuaState state) {
        super("string.format");
        this.state = state;
    }

    @Override
    @Nullable Object run(@Nullable Object[] arguments) {
        LuaString format = Args.string(1, Args.at(arguments, 1));
        LuaBuffer out = state.buffer();
        state.work(format.length() >> 4);
        int argument = 1;
        int charged = 0;
        for (int i = 0; i < format.length(); i++) {
            int c = format.at(i);
            if (c != '%') {
                out.append(c);
            } else if (i + 1 < format.length() && format.at(i + 1) == '%') {
                out.append('%');
                i++;
            } else {
                int end = specificationEnd(format, i + 1);
                argument++;
                if (argument > arguments.length) throw LuaErrors.argument(argument, "no value");
                convert(out, format, i + 1, end, argument, arguments[argument - 1]);
                i = end;
                if (out.length() - charged >= LuaString.LARGE) {
                    state.work(out.length() - charged >> 5);
                    charged = out.length();
                }
            }
        }
        state.requireSize(out.length());
        return out.toLuaString();
    }

    /** The index of the conversion's letter, or the length of the format if it ends before. */
    private static int specificationEnd(LuaString format, int from) {
        int i = from;
        while (i < format.length() && "-+#0 123456789.".indexOf(format.at(i)) >= 0) i++;
        if (i - from >= MAX_SPECIFICATION) throw LuaErrors.located("invalid format (too long)");
        return i;
    }

    private void convert(
            LuaBuffer out, LuaString format, int from, int end, int n, @Nullable Object value) {
        String modifiers = format.sub(from, end).toLatin1();
        char letter = end < format.length() ? (char) format.at(end) : 0;
        switch (letter) {
            case 'c' -> {
                LuaFormat f = parse(modifiers, letter, "-", false);
                out.append(f.pad(String.valueOf((char) (Args.integer(n, value) & 0xff))));
            }
            case 'd', 'i' -> {
                long i = Args.integer(n, value);
                out.append(parse(modifiers, letter, "-+0 ", true).decimal(i));
            }
            case 'u' -> {
                long i = Args.integer(n, value);
                out.append(parse(modifiers, letter, "-0", true).unsigned(i));
            }
            case 'x', 'X' -> {
                long i = Args.integer(n, value);
                out.append(parse(modifiers, letter, "-#0", true).hexadecimal(i, letter == 'X'));
            }
            case 'o' -> {
                long i = Args.integer(n, value);
                out.append(parse(modifiers, letter, "-#0", true).octal(i));
            }
            case 'a', 'A', 'e', 'E', 'f', 'g', 'G' -> {
                LuaFormat f = parse(modifiers, letter, "-+#0 ", true);
                out.append(f.floating(Args.real(n, value), letter));
            }
            case 'p' -> out.append(pointer(parse(modifiers, letter, "-", false), value));
            case 'q' -> {
                if (!modifiers.isEmpty()) {
                    throw LuaErrors.located("specifier '%q' cannot have modifiers");
                }
                quote(out, n, value);
            }
            case 's' -> string(out, modifiers, n, Text.of(state, value));
            default -> {
                String shown = letter == 0 ? modifiers : modifiers + letter;
                throw LuaErrors.located("invalid conversion '%" + shown + "' to 'format'");
            }
        }
    }

    private static String pointer(LuaFormat f, @Nullable Object value) {
        boolean has = value instanceof LuaObject || value instanceof LuaString;
        return f.pad(has ? Text.address(value) : "(null)");
    }

    private static void string(LuaBuffer out, String modifiers, int n, LuaString text) {
        if (modifiers.isEmpty()) {
            out.append(text);
            return;
        }
        LuaFormat f = parse(modifiers, 's', "-", true);
        for (int i = 0; i < text.length(); i++) {
            if (text.at(i) == 0) throw LuaErrors.argument(n, "string contains zeros");
        }
        boolean cut = f.precision() >= 0 && f.precision() < text.length();
        out.append(f.pad((cut ? text.sub(0, f.precision()) : text).toLatin1()));
    }

    private static LuaFormat parse(String modifiers, char letter, String flags, boolean precise) {
        int i = 0;
        while (i < modifiers.length() && flags.indexOf(modifiers.charAt(i)) >= 0) i++;
        String given = modifiers.substring(0, i);
        boolean zero = i < modifiers.length() && modifiers.charAt(i) == '0';
        int widthEnd = zero ? i : twoDigits(modifiers, i);
        int end = widthEnd;
        int precision = -1;
        if (precise && end < modifiers.length() && modifiers.charAt(end) == '.') {
            end = twoDigits(modifiers, end + 1);
            precision = number(modifiers, widthEnd + 1, end);
        }
        if (end != modifiers.length()) {
            throw LuaErrors.located(
                    "invalid conversion specification: '%" + modifiers + letter + "'");
        }
        return new LuaFormat(
                given.indexOf('-') >= 0,
                given.indexOf('+') >= 0,
                given.indexOf(' ') >= 0,
                given.indexOf('#') >= 0,
                given.indexOf('0') >= 0,
                number(modifiers, i, widthEnd),
                precision);
    }

    private static int twoDigits(String text, int from) {
        int i = from;
        while (i < text.length() && i < from + 2 && Character.isDigit(text.charAt(i))) i++;
        return i;
    }

    private static int number(String text, int from, int to) {
        return from == to ? 0 : Integer.parseInt(text.substring(from, to));
    }

    // ---- %q

    private static void quote(LuaBuffer out, int n, @Nullable Object value) {
        if (value instanceof LuaString s) quote(out, s);
        else if (value instanceof Long l) {
            out.append(l == Long.MIN_VALUE ? "0x8000000000000000" : Long.toString(l));
        } else if (value instanceof Double d) out.append(literal(d));
        else if (value == null || value instanceof Boolean)
            out.append(String.valueOf(value == null ? "nil" : value));
        else throw LuaErrors.argument(n, "value has no literal form");
    }

    private static String literal(double d) {
        if (Double.isNaN(d)) return "(0/0)";
        if (Double.isInfinite(d)) return d > 0 ? "1e9999" : "-1e9999";
        return new LuaFormat(false, false, false, false, false, 0, -1).floating(d, 'a');
    }

    private static void quote(LuaBuffer out, LuaString s) {
        out.append('"');
        for (int i = 0; i < s.length(); i++) {
            int c = s.at(i);
            if (c == '"' || c == '\\' || c == '\n') {
                out.append('\\').append(c);
            } else if (c < 32 || c == 127) {
                boolean digit = i + 1 < s.length() && Character.isDigit(s.at(i + 1));
                out.append(digit ? String.format("\\%03d", c) : "\\" + c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
