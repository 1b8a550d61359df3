package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/**
 * An error of a library function, on its way to the first Lua function or protected call that it meets: that one knows where the
 * call is written and by what name, and completes the message with {@link #locate} or
 * {@link #calledFromHost}.
 */
public final class CallError extends LuaError {
    /** From 1; 0 for an error that is not about an argument. */
    private final int argument;

    private final String problem;
    private final @Nullable String expected;
    private final @Nullable String actual;
    private boolean absent;
    private @Nullable LuaFunction function;
    private String where = "";
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
     * Says who raises it; the first call counts.
     *
     * @param given how many arguments it was given, which an argument's value does not tell when it is nil
     */
    public CallError in(LuaFunction raiser, int given) {
        if (function != null) return this;
        function = raiser;
        where = Traces.where(1);
        absent = argument > given;
        return this;
    }

    public boolean isLocated() {
        return complete != null;
    }

    /**
     * Completes the message; later calls change nothing.
     *
     * @param where what stands before the message: "chunk:line: ", or nothing
     * @param name what the call calls the function; null if it has no name for it
     * @param method whether it is called as a method, so that the first argument is not counted
     */
    public void locate(String where, @Nullable String name, boolean method) {
        if (complete == null) complete = LuaString.ofLatin1(where + message(name, method));
    }

    /** Completes the message if {@code callee}, which no Lua function called, raised it. */
    public void calledFromHost(LuaFunction callee) {
        if (callee != function) return;
        String name = callee.name();
        locate("", name.indexOf(':') < 0 ? name : null, false);
    }

    private String message(@Nullable String name, boolean method) {
        String text = expected == null ? problem : expected + " expected, got " + actual();
        if (argument == 0) return text;
        String called = name == null ? "?" : name;
        int number = method ? argument - 1 : argument;
        return number == 0
                ? "calling '" + called + "' on bad self (" + text + ")"
                : "bad argument #" + number + " to '" + called + "' (" + text + ")";
    }

    private String actual() {
        return absent ? "no value" : String.valueOf(actual);
    }

    @Override
    public @Nullable Object value() {
        if (complete == null) locate(where, function == null ? null : shortName(function), false);
        return complete;
    }

    private static String shortName(LuaFunction function) {
        String name = function.name();
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf(':')) + 1);
    }

    @Override
    public String getMessage() {
        return String.valueOf(value());
    }
}
