package dev.corona.woven;

/**
 * Thrown by the direct form of a resumable method that is left, through others of that form, to the first caller that reads
 * {@link WayOut#pausing}; on the way each of them pushes its frame. No code but the weaver's sees it.
 *
 * <p>It costs a hundred times what a return costs, and nothing where it is not thrown. So it is for methods that were never
 * left: whoever catches it does not call that direct form again.
 */
public final class Leaving extends Throwable {
    private static final long serialVersionUID = 1L;

    /** The only one; it has no stack trace. */
    public static final Leaving THROWN = new Leaving();

    private Leaving() {
        super("a coroutine suspends", null, false, false);
    }

    /** Throws it if the method that was called in its other form has been left. */
    public static void ifPausing(WayOut strand) throws Leaving {
        if (strand.pausing) throw THROWN;
    }
}
