package dev.corona.kernel;

import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

/**
 * What a continuation runs, in two forms: {@link #run()} as plain code, for engines that suspend a whole stack, and
 * {@link #run(Strand)} as woven code, which returns early when it suspends.
 */
public abstract class Body implements Runnable {
    /** Whether what it runs is woven, so that the second form can suspend. */
    public abstract boolean isWoven();

    /** Runs it as woven code. When it returns and the strand pauses, the rest follows by frames. */
    public abstract void run(Strand strand);

    /**
     * Called in the continuation when it is resumed after {@link Continuation#suspendForResult}.
     *
     * @return what the suspended call returns
     */
    public @Nullable Object resumed() {
        return null;
    }

    /**
     * Called when a suspension that woven code had begun cannot be carried out, for lack of stack or memory: the call fails that was
     * to suspend, or one that called it.
     */
    public void stayed() {}

    /**
     * Called in the continuation when the last frame has returned, if woven code suspended at least once.
     *
     * @param result what the outermost woven method returned, if that is a reference
     */
    public void ended(@Nullable Object result) {}
}
