package dev.corona.woven;

import org.jspecify.annotations.Nullable;

/**
 * The thread's side of woven code: what is on its way between a resumable method, its caller and the engine.
 *
 * <p><b>How a woven method suspends.</b> A suspension point sets {@link #pausing} and returns. Each caller on the way out
 * sees the flag after its call, stores its live variables in a {@link Frame}, {@linkplain #push pushes} it and returns as
 * well, until the engine is reached: it takes the pushed frames, innermost first, and clears the flag. Methods that were never
 * left have no look at the flag: there {@link Leaving} is thrown on the way out, until one is reached that has.
 *
 * <p><b>How it resumes.</b> The engine enters the innermost frame's method alone, with that frame as an argument. The method
 * restores its variables and goes on as if its call had just returned {@code ri} to {@code ra}, or had thrown what the engine
 * passes on. Only when it returns is the frame of its caller entered, with the result in those fields. So a step
 * costs the same at any depth, and a frame that suspends again at once is used again as it is.
 *
 * <p>A strand belongs to one thread. It is handed on from call to call and never stored in a frame, so that a suspended
 * continuation may be resumed by another thread.
 */
public abstract class Strand extends WayOut {
    /** The result of the call that a resumed method waits for, by its kind: int and smaller, long, float, double, reference. */
    public int ri;

    public long rj;
    public float rf;
    public double rd;
    public @Nullable Object ra;

    private @Nullable Throwable thrown;

    protected Strand() {}

    /**
     * {@link #push(Frame)} for a method that was entered with this frame: with nothing above it, it changes nothing.
     *
     * @return whether the method was left in place, that is with nothing above it
     */
    public final boolean leave(Frame entered) {
        Frame last = outermost;
        if (last == null) return true;
        last.parent = entered;
        outermost = entered;
        return false;
    }

    /** Lets {@link #takeThrown} return it, for code that asks for it in this way. */
    public final void giveThrown(@Nullable Throwable failure) {
        thrown = failure;
    }

    /** What the call that a resumed method waits for threw; null if it returned. Asking clears it. */
    public final @Nullable Throwable takeThrown() {
        Throwable taken = thrown;
        if (taken != null) thrown = null;
        return taken;
    }

    /** Whether results of the two types are carried in the same field. */
    static boolean isKeptAlike(Class<?> one, Class<?> other) {
        return fieldOf(one) == fieldOf(other);
    }

    private static Class<?> fieldOf(Class<?> type) {
        if (!type.isPrimitive()) return Object.class;
        boolean own = type == long.class || type == float.class || type == double.class;
        return own ? type : int.class;
    }

    /** The result of the awaited call, boxed, by its type. */
    final @Nullable Object result(Class<?> type) {
        if (type == boolean.class) return ri != 0;
        if (type == byte.class) return (byte) ri;
        if (type == short.class) return (short) ri;
        if (type == char.class) return (char) ri;
        if (type == int.class) return ri;
        if (type == long.class) return rj;
        if (type == float.class) return rf;
        return type == double.class ? rd : ra;
    }

    /** Makes {@code value} the result of a call that returns {@code type}. */
    final void give(Class<?> type, @Nullable Object value) {
        if (!type.isPrimitive()) ra = value;
        else if (value instanceof Boolean b) ri = b ? 1 : 0;
        else if (value instanceof Character c) ri = c;
        else if (value instanceof Number n) giveNumber(type, n);
    }

    private void giveNumber(Class<?> type, Number value) {
        if (type == long.class) rj = value.longValue();
        else if (type == float.class) rf = value.floatValue();
        else if (type == double.class) rd = value.doubleValue();
        else ri = value.intValue();
    }

    /** Throws what the awaited call threw, if it did; for resumable code that is written by hand. */
    public final void throwFailure() {
        Throwable taken = takeThrown();
        if (taken != null) throw Strand.<RuntimeException>sneak(taken);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> RuntimeException sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    /**
     * Enters the method of {@code frame}; it returns when it has ended or has been left again.
     *
     * @return whether it was left with nothing above its frame
     */
    protected final boolean enter(Frame frame, @Nullable Throwable failure) {
        return frame.code.resume(frame, this, failure);
    }

    /*
     * The same for those who step: a place in the code for each kind. Compilers inline what was seen most at a place, which is what such a
     * one steps through, and there anybody's.
     */

    /** {@link #enter} for steps of generators. */
    protected final boolean enterInStep(Frame frame) {
        return frame.code.resume(frame, this, null);
    }

    /** {@link #enter} for steps of generators of primitive values. */
    protected final boolean enterInPrimitiveStep(Frame frame) {
        return frame.code.resume(frame, this, null);
    }

    /** {@link #enter} for steps of rings. */
    protected final boolean enterInRing(Frame frame) {
        return frame.code.resume(frame, this, null);
    }

    @Override
    final void stay() {
        pausing = false;
        Frame first = innermost;
        Frame last = outermost;
        innermost = null;
        outermost = null;
        stay(first, last);
    }

    /**
     * Takes back a suspension in which some methods could not be left: they fail instead.
     *
     * @param first the innermost frame of those that were left, whose parents follow; null if there is none
     * @param last the outermost of them
     */
    protected abstract void stay(@Nullable Frame first, @Nullable Frame last);

    /** The innermost frame of what was left, which now lies above {@code bottom} and its parents. */
    protected final @Nullable Frame takeFrames(@Nullable Frame bottom) {
        Frame last = outermost;
        if (last == null) return bottom;
        Frame first = innermost;
        if (last != bottom) last.parent = bottom == null ? null : bottom.parent;
        innermost = null;
        outermost = null;
        return first;
    }
}
