package dev.corona.lua.lib;

import dev.corona.lua.runtime.LuaErrors;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** Times as C's strftime writes them in the C locale. */
final class Dates {
    private static final String PLAIN = "aAbBcCdDeFgGhHIjmMnprRStTuUVwWxXyYzZ%";
    private static final String ALTERNATIVE_YEAR = "cCxXyY";
    private static final String ALTERNATIVE_DIGITS = "deHImMSuUVwWy";

    private Dates() {}

    static String format(String format, ZonedDateTime t) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%') {
                out.append(c);
                continue;
            }
            i++;
            char letter = i < format.length() ? format.charAt(i) : 0;
            String allowed =
                    letter == 'E' ? ALTERNATIVE_YEAR : letter == 'O' ? ALTERNATIVE_DIGITS : null;
            if (allowed != null) {
                i++;
                char modified = i < format.length() ? format.charAt(i) : 0;
                if (modified == 0 || allowed.indexOf(modified) < 0)
                    throw invalid(format.substring(i - 2, Math.min(i + 1, format.length())));
                letter = modified;
            } else if (letter == 0 || PLAIN.indexOf(letter) < 0) {
                throw invalid(format.substring(i - 1, Math.min(i + 1, format.length())));
            }
            out.append(convert(letter, t));
        }
        return out.toString();
    }

    private static RuntimeException invalid(String specifier) {
        return LuaErrors.argument(1, "invalid conversion specifier '" + specifier + "'");
    }

    private static String convert(char letter, ZonedDateTime t) {
        return switch (letter) {
            case 'a' -> named("EEE", t);
            case 'A' -> named("EEEE", t);
            case 'b', 'h' -> named("MMM", t);
            case 'B' -> named("MMMM", t);
            case 'c' -> format("%a %b %e %H:%M:%S %Y", t);
            case 'C' -> two(Math.floorDiv(t.getYear(), 100));
            case 'd' -> two(t.getDayOfMonth());
            case 'D', 'x' -> format("%m/%d/%y", t);
            case 'e' -> String.format("%2d", t.getDayOfMonth());
            case 'F' -> format("%Y-%m-%d", t);
            case 'g' -> two(Math.floorMod(t.get(IsoFields.WEEK_BASED_YEAR), 100));
            case 'G' -> String.valueOf(t.get(IsoFields.WEEK_BASED_YEAR));
            case 'H' -> two(t.getHour());
            case 'I' -> two(t.get(ChronoField.CLOCK_HOUR_OF_AMPM));
            case 'j' -> String.format("%03d", t.getDayOfYear());
            case 'm' -> two(t.getMonthValue());
            case 'M' -> two(t.getMinute());
            case 'n' -> "\n";
            case 'p' -> t.getHour() < 12 ? "AM" : "PM";
            case 'r' -> format("%I:%M:%S %p", t);
            case 'R' -> format("%H:%M", t);
            case 'S' -> two(t.getSecond());
            case 't' -> "\t";
            case 'T', 'X' -> format("%H:%M:%S", t);
            case 'u' -> String.valueOf(t.getDayOfWeek().getValue());
            case 'U' -> two(week(t, t.getDayOfWeek().getValue() % 7));
            case 'V' -> two(t.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'w' -> String.valueOf(t.getDayOfWeek().getValue() % 7);
            case 'W' -> two(week(t, t.getDayOfWeek().getValue() - 1));
            case 'y' -> two(Math.floorMod(t.getYear(), 100));
            case 'Y' -> String.valueOf(t.getYear());
            case 'z' -> named("xx", t);
            case 'Z' -> t.getZone().getId().equals("Z") ? "GMT" : named("zzz", t);
            default -> "%";
        };
    }

    /** The week of the year whose first one begins on the first day that is {@code dayOfWeek} 0. */
    private static int week(ZonedDateTime t, int dayOfWeek) {
        return (t.getDayOfYear() + 6 - dayOfWeek) / 7;
    }

    private static String named(String pattern, ZonedDateTime t) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(t);
    }

    private static String two(int n) {
        return String.format("%02d", n);
    }
}
