package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.Arithmetic;
import dev.corona.lua.runtime.LuaError;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTypes;
import dev.corona.lua.runtime.Metamethod;
import dev.corona.lua.runtime.Operations;
import dev.corona.lua.runtime.Tables;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

/**
 * A quicksort with the median of three as the pivot, and insertion for short runs. An order that is none is noticed when a scan leaves
 * its range. The deeper half is sorted in the loop, so it nests no deeper than the logarithm of the size.
 */
@Resumable
final class Sort {
    private static final int SHORT = 3;

    private final LuaState state;
    private final @Nullable Object[] list;
    private final @Nullable LuaFunction comparator;

    Sort(LuaState state, @Nullable Object[] list, @Nullable LuaFunction comparator) {
        this.state = state;
        this.list = list;
        this.comparator = comparator;
    }

    void run() {
        sort(0, list.length - 1);
    }

    private void sort(int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            order(low, high);
            if (high - low < 2) return;
            int middle = (low + high) >>> 1;
            if (high - low > 100) middle = low + pseudoRandom(high - low);
            order(low, middle, high);
            if (high - low < SHORT) return;
            swap(middle, high - 1);
            int pivot = partition(low, high);
            if (pivot - low < high - pivot) {
                sort(low, pivot - 1);
                low = pivot + 1;
            } else {
                sort(pivot + 1, high);
                high = pivot - 1;
            }
        }
    }

    /** An index in the inner half of a range, the same for the same size. */
    private static int pseudoRandom(int range) {
        int quarter = range / 4;
        int mixed = (range * 0x9E3779B1) >>> 8;
        return quarter + Integer.remainderUnsigned(mixed, quarter * 2);
    }

    private void order(int a, int b) {
        if (less(list[b], list[a])) swap(a, b);
    }

    private void order(int low, int middle, int high) {
        if (less(list[middle], list[low])) swap(middle, low);
        else if (less(list[high], list[middle])) swap(middle, high);
    }

    private void swap(int a, int b) {
        Object x = list[a];
        list[a] = list[b];
        list[b] = x;
    }

    /** Around the pivot at high - 1; what is at low is not above it, what is at high not below. */
    private int partition(int low, int high) {
        Object pivot = list[high - 1];
        int i = low;
        int j = high - 1;
        while (true) {
            while (less(list[++i], pivot)) {
                if (i == high - 1) throw LuaErrors.located("invalid order function for sorting");
            }
            while (less(pivot, list[--j])) {
                if (j < i) throw LuaErrors.located("invalid order function for sorting");
            }
            if (j < i) {
                swap(high - 1, i);
                return i;
            }
            swap(i, j);
        }
    }

    private boolean less(@Nullable Object a, @Nullable Object b) {
        state.work(1);
        LuaFunction f = comparator;
        if (f != null) return Tables.truth(Values.first(f.call(a, b)));
        if (a instanceof LuaString x && x.length() >= LuaString.LARGE) state.work(x.length() >> 6);
        boolean plain =
                (a instanceof Number && b instanceof Number)
                        || (a instanceof LuaString && b instanceof LuaString);
        boolean handled =
                !plain
                        && (state.metamethod(a, Metamethod.LT) != null
                                || state.metamethod(b, Metamethod.LT) != null);
        return handled ? Operations.lessThan(state, a, b) : plainLess(a, b);
    }

    /** {@code a < b} of values without metamethods, with an error that has no place in front of it. */
    static boolean plainLess(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number && b instanceof Number) return Arithmetic.less(a, b);
        if (a instanceof LuaString x && b instanceof LuaString y) return x.compareTo(y) < 0;
        String x = LuaTypes.nameOf(a);
        String y = LuaTypes.nameOf(b);
        String what = x.equals(y) ? "two " + x + " values" : x + " with " + y;
        throw new LuaError(LuaString.ofLatin1("attempt to compare " + what));
    }
}
