package dev.corona.woven;

import org.jspecify.annotations.Nullable;

/**
 * A suspended call of a woven method: where it stands, and its live variables, which the {@linkplain Frames subclasses} hold.
 *
 * <p>Written by the method itself when it is left, and by the engine between two resumptions; whoever moves a continuation
 * between threads hands its frames over safely.
 */
public abstract class Frame implements Cloneable {
    /** The frame of the caller; null for the outermost. */
    public @Nullable Frame parent;

    /** Whose frame it is. Set once, by the method. */
    @SuppressWarnings("NullAway.Init") // woven code sets it right after construction
    public Code code;

    /** The suspended call within the method: an index into the sites of its code, from 0. */
    public int pc;

    protected Frame() {}

    /** The frame of a method that is written by hand. */
    protected Frame(Code code) {
        this.code = code;
    }

    /** Where the method stands, as a line of a stack trace. */
    public final StackTraceElement position() {
        return code.position(pc);
    }

    /** A copy that shares the values of the variables but not the variables; its parent is the same. */
    public final Frame copy() {
        try {
            return (Frame) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
