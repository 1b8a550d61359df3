package dev.corona.lua.runtime;

import dev.corona.lua.runtime.DebugInfo.CallName;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * An error of a library function, on its way to the form of that function that was called: that one completes the message, which
 * says by what name the function was called and where.
 */
public final class CallError extends LuaError {
    /** From 1; 0 for an error that is not about an argument. */
    private final int argument;

    private final String problem;
    private final @Nullable String expected;
    private final @Nullable String actual;
    private @Nullable LuaString complete;

    CallError(int argument, String problem) {
        this(argument, problem, null, null);
    }

    private CallError(
            int argument, String problem, @Nullable String expected, @Nullable String actual) {
        super(null);
        this.argument = argument;
        this.problem = problem;
        this.expected = expected;
        this.actual = actual;
    }

    static CallError ofType(int argument, String expected, @Nullable Object value) {
        return new CallError(argument, "", expected, LuaTypes.nameOf(value));
    }

    /**
     * Says who raises it, while that function is the innermost level; the first call counts.
     *
     * @param given how many arguments it was given, which an argument's value does not tell when it is nil
     */
    public CallError in(LuaFunction raiser, int given) {
        if (complete != null || isHandled()) return this;
        List<Level> levels = Traces.here(2);
        String where = levels.size() < 2 ? "" : levels.get(1).where();
        String text =
                expected == null
                        ? problem
                        : expected + " expected, got " + (argument > given ? "no value" : actual);
        CallName called = argument == 0 ? null : Traces.nameOf(levels, 0);
        complete = LuaString.ofLatin1(where + message(text, called, raiser));
        return this;
    }

    private String message(String text, @Nullable CallName called, @Nullable LuaFunction raiser) {
        if (argument == 0) return text;
        if (called == null) {
            String global = raiser == null ? null : Tracebacks.globalName(raiser);
            return badArgument(argument, global == null ? "?" : global, text);
        }
        int number = called.isMethod() ? argument - 1 : argument;
        return number == 0
                ? "calling '" + called.name() + "' on bad self (" + text + ")"
                : badArgument(number, called.name(), text);
    }

    private static String badArgument(int number, String name, String text) {
        return "bad argument #" + number + " to '" + name + "' (" + text + ")";
    }

    @Override
    public @Nullable Object value() {
        if (isHandled()) return super.value();
        if (complete == null) {
            String text = expected == null ? problem : expected + " expected, got " + actual;
            complete = LuaString.ofLatin1(message(text, null, null));
        }
        return complete;
    }
}
