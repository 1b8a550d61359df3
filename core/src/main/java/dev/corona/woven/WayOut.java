package dev.corona.woven;

import org.jspecify.annotations.Nullable;

/**
 * What a resumable method needs of its {@link Strand} when it is left. The <em>direct</em> form of a method takes its strand by this
 * type, which sets it off from the form that returns when it is left: the direct one throws {@link Leaving}.
 */
public abstract class WayOut {
    /** Whether the methods on the stack are being left because the continuation suspends. */
    public boolean pausing;

    @Nullable Frame innermost;
    @Nullable Frame outermost;

    WayOut() {}

    /**
     * Begins a handler of what may be an error of the JVM, for which there was no stack or no memory left while methods were being left:
     * those that were not left yet stay, and so does the continuation that was about to be suspended.
     */
    public final void settle() {
        if (pausing) stay();
    }

    /** Ends the pause, and takes back that the methods of which there are frames on the way were left, as well as can be. */
    abstract void stay();

    /** Adds the frame of a method that is being left. */
    public final void push(Frame frame) {
        Frame last = outermost;
        if (last == null) innermost = frame;
        else last.parent = frame;
        outermost = frame;
    }
}
