package dev.corona.lua.random;

/** Numerals, strings, patterns and formats. */
final class Literals {
    private static final String[] INTEGERS = {
        "0",
        "1",
        "2",
        "3",
        "7",
        "10",
        "63",
        "64",
        "100",
        "255",
        "-1",
        "-2",
        "-7",
        "0x7fffffff",
        "0xff",
        "4294967296",
        "9007199254740993",
        "math.maxinteger",
        "math.mininteger",
        "0x7fffffffffffffff",
        "0xffffffffffffffff",
        "-9223372036854775807"
    };
    private static final String[] FLOATS = {
        "0.0", "-0.0", "0.5", "1.0", "1.5", "-2.5", "3.0", "0.1", "1e15", "1e16", "1e100", "-1e100",
        "0x1p-3", "2^53", "2^63", "-2^63", "1e308", "5e-324", "3.14159", "1/0", ".25", "7e0"
    };
    private static final String[] STRINGS = {
        "''",
        "'a'",
        "'b'",
        "\"abc\"",
        "'hello world'",
        "'10'",
        "'0x10'",
        "' 7 '",
        "'1.5'",
        "'1e2'",
        "[[x y z]]",
        "'a,b,,c'",
        "'\\n'",
        "'\\0z'",
        "'\\xe4\\u{20ac}'",
        "'key=val'",
        "'AbCd'",
        "'-3'",
        "[==[\n]]]==]",
        "'%d%%'"
    };
    private static final String[] PATTERNS = {
        "'%a+'",
        "'%d'",
        "'.'",
        "'[aeiou]'",
        "'(%w)(%w)'",
        "'^%s*'",
        "'%w*$'",
        "'b-'",
        "'()'",
        "'[^,]*'",
        "'%f[%w]%w+'",
        "'%b()'",
        "'(.)%1'",
        "'[a-c]?'",
        "''"
    };
    private static final String[] REPLACEMENTS = {
        "''", "'x'", "'%0%0'", "'<%1>'", "'%%'", "{a = 'A', b = false, l = 1}"
    };
    private static final String[] INTEGER_FORMATS = {
        "%d", "%5d", "%-5d|", "%05d", "%+d", "% d", "%x", "%X", "%#x", "%o", "%i", "%.3d", "%q",
        "%s", "%10.4d", "%c"
    };
    private static final String[] FLOAT_FORMATS = {
        "%g", "%.3f", "%e", "%10.2f", "%-12g|", "%+.1e", "%.14g", "%.17g", "%a", "%G", "%#g", "%s",
        "%.0f", "%q"
    };
    private static final String[] STRING_FORMATS = {"%s", "%q", "%10s", "%-10s|", "%.2s", "%5.1s"};

    private final Choice choice;

    Literals(Choice choice) {
        this.choice = choice;
    }

    String integer() {
        return choice.oneIn(3) ? choice.of(INTEGERS) : Integer.toString(choice.between(-9, 20));
    }

    String number() {
        return choice.oneIn(2) ? choice.of(FLOATS) : Double.toString(choice.between(-40, 40) / 8.0);
    }

    String string() {
        return choice.of(STRINGS);
    }

    String pattern() {
        return choice.of(PATTERNS);
    }

    String replacement() {
        return choice.of(REPLACEMENTS);
    }

    String integerFormat() {
        return choice.of(INTEGER_FORMATS);
    }

    String floatFormat() {
        return choice.of(FLOAT_FORMATS);
    }

    String stringFormat() {
        return choice.of(STRING_FORMATS);
    }
}
