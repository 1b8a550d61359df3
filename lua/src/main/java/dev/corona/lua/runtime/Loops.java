package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/** Numeric {@code for} loops. */
public final class Loops {
    private Loops() {}

    /** The number that a value is or that a string says. */
    private static Number number(LuaState state, String what, @Nullable Object value) {
        if (LuaNumbers.toNumber(value) instanceof Number n) return n;
        throw state.error(
                "bad 'for' %s (number expected, got %s)".formatted(what, LuaTypes.nameOf(value)));
    }

    private static LuaError zeroStep(LuaState state) {
        return state.error("'for' step is zero");
    }

    /** The last integer that a loop over integers may reach; one that no round reaches if there is no round at all. */
    public static long limit(LuaState state, long from, @Nullable Object limit, long step) {
        return limit instanceof Long l ? l : limitOf(state, limit, step);
    }

    private static long limitOf(LuaState state, @Nullable Object limit, long step) {
        double d = number(state, "limit", limit).doubleValue();
        boolean up = step > 0;
        double whole = up ? Math.floor(d) : Math.ceil(d);
        if (Double.isNaN(d)) return up ? Long.MIN_VALUE : Long.MAX_VALUE;
        if (whole >= 0x1p63) return Long.MAX_VALUE;
        return whole < -0x1p63 ? Long.MIN_VALUE : (long) whole;
    }

    /** How many rounds follow the first. */
    public static long rounds(LuaState state, long from, long limit, long step) {
        if (step == 0) throw zeroStep(state);
        if (isEmpty(from, limit, step)) return 0;
        return step > 0
                ? Long.divideUnsigned(limit - from, step)
                : Long.divideUnsigned(from - limit, -(step + 1) + 1L);
    }

    public static boolean isEmpty(long from, long limit, long step) {
        return step > 0 ? from > limit : from < limit;
    }

    public static double floatLimit(LuaState state, @Nullable Object limit) {
        if (limit instanceof Double d) return d;
        return number(state, "limit", limit).doubleValue();
    }

    public static double floatStep(LuaState state, double step) {
        if (step == 0) throw zeroStep(state);
        return step;
    }

    public static boolean runs(double index, double limit, double step) {
        return step > 0 ? index <= limit : limit <= index;
    }

    /** A loop of which only run time tells the kind. */
    private static final class State {
        private final boolean floats;
        private long integer;
        private long rounds;
        private final long step;
        private double number;
        private final double limit;
        private final double floatStep;

        State(long from, long rounds, long step) {
            floats = false;
            integer = from;
            this.rounds = rounds;
            this.step = step;
            limit = 0;
            floatStep = 0;
        }

        State(double from, double limit, double step) {
            floats = true;
            number = from;
            this.limit = limit;
            floatStep = step;
            this.step = 0;
        }
    }

    /** Begins a loop; null if it has no round. */
    public static @Nullable Object begin(
            LuaState state, @Nullable Object from, @Nullable Object limit, @Nullable Object by) {
        if (from instanceof Long f && by instanceof Long s) {
            if (s == 0) throw zeroStep(state);
            long last = limit(state, f, limit, s);
            return isEmpty(f, last, s) ? null : new State(f, rounds(state, f, last, s), s);
        }
        double last = floatLimit(state, limit);
        double step = number(state, "step", by).doubleValue();
        double first = number(state, "initial value", from).doubleValue();
        floatStep(state, step);
        return runs(first, last, step) ? new State(first, last, step) : null;
    }

    public static @Nullable Object first(@Nullable Object loop) {
        if (loop == null) return null;
        State s = (State) loop;
        return s.floats ? (Object) s.number : (Object) s.integer;
    }

    /** The next index; null if there is none. */
    public static @Nullable Object next(Object loop) {
        State s = (State) loop;
        if (!s.floats) {
            if (s.rounds == 0) return null;
            s.rounds--;
            return s.integer += s.step;
        }
        s.number += s.floatStep;
        return runs(s.number, s.limit, s.floatStep) ? s.number : null;
    }
}
