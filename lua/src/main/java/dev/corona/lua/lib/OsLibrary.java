package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.Host;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaNumbers;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.Program;
import dev.corona.lua.runtime.Tables;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** The library {@code os}. */
@Resumable
final class OsLibrary {
    private static final LuaString C_LOCALE = LuaString.of("C");
    private static final LuaString EXIT = LuaString.of("exit");
    private static final LuaString SIGNAL = LuaString.of("signal");
    private static final String[] CATEGORIES = {
        "all", "collate", "ctype", "monetary", "numeric", "time"
    };

    private final LuaState state;
    private final Host host;

    private OsLibrary(LuaState state, Host host) {
        this.state = state;
        this.host = host;
    }

    /** The functions that only tell the time. */
    static LuaTable installTime(LuaState state, Host host) {
        OsLibrary library = new OsLibrary(state, host);
        LuaTable t = new LuaTable(0, 12);
        LibraryFunction.register(
                t, library.time(), library.date(), library.clock(), library.difftime());
        return t;
    }

    /** The functions that touch files, processes or the environment. */
    static void installSystem(LuaState state, Host host, Exits exits, LuaTable t) {
        OsLibrary library = new OsLibrary(state, host);
        state.onExit(status -> host.exit(status, true));
        LibraryFunction.register(
                t,
                library.getenv(),
                library.remove(),
                library.rename(),
                library.tmpname(),
                library.execute(),
                library.exit(exits),
                library.setlocale());
    }

    // ---- time

    private Library1 clock() {
        return new Library1("os.clock") {
            @Override
            Object run(@Nullable Object ignored) {
                return host.cpuTimeNanos() / 1e9;
            }
        };
    }

    private Library2 difftime() {
        return new Library2("os.difftime") {
            @Override
            Object run(@Nullable Object a, @Nullable Object b) {
                return (double) Args.integer(1, a) - (double) Args.integer(2, b);
            }
        };
    }

    private LibraryN time() {
        return new LibraryN("os.time") {
            @Override
            Object run(@Nullable Object[] arguments) {
                Object fields = Args.at(arguments, 1);
                if (fields == null) return Math.floorDiv(host.currentTimeMillis(), 1000L);
                LuaTable t = Args.table(1, fields);
                long year = field(t, "year", null, 1900);
                long month = field(t, "month", null, 1);
                long day = field(t, "day", null, 0);
                long hour = field(t, "hour", 12L, 0);
                long minute = field(t, "min", 0L, 0);
                long second = field(t, "sec", 0L, 0);
                Object isDst = Access.get(state, t, LuaString.of("isdst"));
                ZonedDateTime when = normalized(year, month, day, hour, minute, second);
                if (Tables.truth(isDst) && !isDst(when)) when = when.minusHours(1);
                update(t, when);
                return when.toEpochSecond();
            }
        };
    }

    private ZonedDateTime normalized(
            long year, long month, long day, long hour, long minute, long second) {
        try {
            return LocalDateTime.of((int) year, 1, 1, 0, 0)
                    .plusMonths(month - 1)
                    .plusDays(day - 1)
                    .plusHours(hour)
                    .plusMinutes(minute)
                    .plusSeconds(second)
                    .atZone(host.zone());
        } catch (DateTimeException | ArithmeticException e) {
            throw LuaErrors.located("time result cannot be represented in this installation");
        }
    }

    private static boolean isDst(ZonedDateTime t) {
        return t.getZone().getRules().isDaylightSavings(t.toInstant());
    }

    private long field(LuaTable t, String name, @Nullable Long ifNil, int base) {
        Object value = Access.get(state, t, LuaString.of(name));
        Long i = LuaNumbers.toInteger(value);
        if (i == null) {
            if (value != null) throw LuaErrors.located("field '" + name + "' is not an integer");
            if (ifNil == null)
                throw LuaErrors.located("field '" + name + "' missing in date table");
            return ifNil;
        }
        long shifted = i - base;
        boolean fits = i >= 0 ? shifted <= Integer.MAX_VALUE : i >= Integer.MIN_VALUE + (long) base;
        if (!fits) throw LuaErrors.located("field '" + name + "' is out-of-bound");
        return i;
    }

    private LibraryN date() {
        return new LibraryN("os.date") {
            @Override
            Object run(@Nullable Object[] arguments) {
                LuaString given = Args.stringOrNil(1, Args.at(arguments, 1));
                String format = given == null ? "%c" : given.toLatin1();
                Object time = Args.at(arguments, 2);
                long seconds =
                        time == null
                                ? Math.floorDiv(host.currentTimeMillis(), 1000L)
                                : Args.integer(2, time);
                boolean utc = format.startsWith("!");
                if (utc) format = format.substring(1);
                ZonedDateTime t = at(seconds, utc ? ZoneOffset.UTC : host.zone());
                if (!format.startsWith("*t")) return LuaString.ofLatin1(Dates.format(format, t));
                LuaTable fields = new LuaTable(0, 9);
                update(fields, t);
                return fields;
            }
        };
    }

    private static ZonedDateTime at(long seconds, ZoneId zone) {
        try {
            return Instant.ofEpochSecond(seconds).atZone(zone);
        } catch (DateTimeException e) {
            throw LuaErrors.located("date result cannot be represented in this installation");
        }
    }

    private static void update(LuaTable t, ZonedDateTime when) {
        t.set(LuaString.of("year"), (long) when.getYear());
        t.set(LuaString.of("month"), (long) when.getMonthValue());
        t.set(LuaString.of("day"), (long) when.getDayOfMonth());
        t.set(LuaString.of("hour"), (long) when.getHour());
        t.set(LuaString.of("min"), (long) when.getMinute());
        t.set(LuaString.of("sec"), (long) when.getSecond());
        t.set(LuaString.of("yday"), (long) when.getDayOfYear());
        t.set(LuaString.of("wday"), when.getDayOfWeek().getValue() % 7 + 1L);
        t.set(LuaString.of("isdst"), isDst(when));
    }

    // ---- the system

    private Library1 getenv() {
        return new Library1("os.getenv") {
            @Override
            @Nullable Object run(@Nullable Object name) {
                String value = host.environment(Args.string(1, name).toString());
                return value == null ? null : LuaString.of(value);
            }
        };
    }

    private Library1 remove() {
        return new Library1("os.remove") {
            @Override
            @Nullable Object run(@Nullable Object name) {
                String path = Args.string(1, name).toString();
                try {
                    host.files().remove(path);
                    return true;
                } catch (IOException e) {
                    return Failures.of(e, path);
                } catch (InvalidPathException e) {
                    return Failures.of(new IOException("Invalid argument", e), path);
                }
            }
        };
    }

    private Library2 rename() {
        return new Library2("os.rename") {
            @Override
            @Nullable Object run(@Nullable Object from, @Nullable Object to) {
                String path = Args.string(1, from).toString();
                String target = Args.string(2, to).toString();
                try {
                    host.files().rename(path, target);
                    return true;
                } catch (IOException e) {
                    return Failures.of(e, null);
                } catch (InvalidPathException e) {
                    return Failures.of(new IOException("Invalid argument", e), null);
                }
            }
        };
    }

    private Library1 tmpname() {
        return new Library1("os.tmpname") {
            @Override
            Object run(@Nullable Object ignored) {
                try {
                    return LuaString.of(host.files().temporary());
                } catch (IOException e) {
                    throw LuaErrors.located("unable to generate a unique filename");
                }
            }
        };
    }

    private Library1 execute() {
        return new Library1("os.execute") {
            @Override
            @Nullable Object run(@Nullable Object command) {
                if (command == null) return host.hasShell();
                try {
                    host.out().flush();
                    Process process = host.start(Args.string(1, command).toString(), false, false);
                    return ended(process.waitFor());
                } catch (IOException e) {
                    return Failures.of(e, null);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return Failures.of(new IOException("Interrupted system call", e), null);
                }
            }
        };
    }

    /** What is returned for a process that ended; the shell reports a signal by 128 plus its number. */
    static @Nullable Object ended(int status) {
        if (status > 128) return Values.of(null, SIGNAL, status - 128L);
        return Values.of(status == 0 ? (Object) true : null, EXIT, (long) status);
    }

    /** As in C, files are written out also where nothing else is closed. */
    private Library2 exit(Exits exits) {
        return new Library2("os.exit") {
            @Override
            Object run(@Nullable Object code, @Nullable Object close) {
                long status =
                        code == null || code == Boolean.TRUE
                                ? 0
                                : code == Boolean.FALSE ? 1 : Args.integer(1, code);
                if (Tables.truth(close)) throw Program.exit((int) status);
                exits.run();
                host.exit((int) status, false);
                return Values.NONE;
            }
        };
    }

    private Library2 setlocale() {
        return new Library2("os.setlocale") {
            @Override
            @Nullable Object run(@Nullable Object locale, @Nullable Object category) {
                LuaString name = Args.stringOrNil(1, locale);
                Args.option(2, category, "all", CATEGORIES);
                boolean c =
                        name == null
                                || name.isEmpty()
                                || name.equals(C_LOCALE)
                                || name.toLatin1().equals("POSIX");
                return c ? C_LOCALE : null;
            }
        };
    }
}
