package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** The result of a call that returned no value, or two and more. A call with one value returns that value itself. */
public final class Values {
    public static final @Nullable Object[] NO_VALUES = new Object[0];

    /** No value at all. */
    public static final Values NONE = new Values(NO_VALUES);

    private final @Nullable Object[] list;

    private Values(@Nullable Object[] list) {
        this.list = list;
    }

    /** The result that stands for these values; the array must not be changed any more. */
    public static @Nullable Object of(@Nullable Object... list) {
        return switch (list.length) {
            case 0 -> NONE;
            case 1 -> list[0];
            default -> new Values(list);
        };
    }

    /** The result that stands for the values from index {@code from} on. */
    public static @Nullable Object from(@Nullable Object[] list, int from) {
        if (from == 0) return of(list);
        return from >= list.length ? NONE : of(Arrays.copyOfRange(list, from, list.length));
    }

    /** The first value of a call's result; nil if it has none. */
    public static @Nullable Object first(@Nullable Object result) {
        return result instanceof Values v ? v.at(0) : result;
    }

    /** The value at an index from 0 of a call's result; nil if there is none. */
    public static @Nullable Object at(@Nullable Object result, int index) {
        if (result instanceof Values v) return v.at(index);
        return index == 0 ? result : null;
    }

    /** All values of a call's result, in an array that must not be changed. */
    public static @Nullable Object[] all(@Nullable Object result) {
        return result instanceof Values v ? v.list : new Object[] {result};
    }

    /** {@code first} followed by all values of a call's result. */
    public static Object behind(@Nullable Object first, @Nullable Object result) {
        if (!(result instanceof Values v))
            return new Values(new @Nullable Object[] {first, result});
        @Nullable Object[] all = new Object[v.list.length + 1];
        all[0] = first;
        System.arraycopy(v.list, 0, all, 1, v.list.length);
        return new Values(all);
    }

    /** {@code prefix} followed by all values of a call's result, in a new array. */
    public static @Nullable Object[] append(@Nullable Object[] prefix, @Nullable Object result) {
        if (!(result instanceof Values v)) {
            @Nullable Object[] all = Arrays.copyOf(prefix, prefix.length + 1);
            all[prefix.length] = result;
            return all;
        }
        @Nullable Object[] all = Arrays.copyOf(prefix, prefix.length + v.list.length);
        System.arraycopy(v.list, 0, all, prefix.length, v.list.length);
        return all;
    }

    public int count() {
        return list.length;
    }

    /** The value at an index from 0; nil if there is none. */
    public @Nullable Object at(int index) {
        return index < list.length ? list[index] : null;
    }

    @Override
    public String toString() {
        return Arrays.toString(list);
    }
}
