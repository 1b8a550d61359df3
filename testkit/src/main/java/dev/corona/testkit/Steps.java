package dev.corona.testkit;

/**
 * The order in which a test's tasks do things, as numbers from 1: {@code steps.reach(1)} in one, {@code steps.reach(2)} in another. A step that
 * is reached too early, too late or twice is a failure at that place. For the tasks of one loop.
 */
public final class Steps {
    private int reached;
    private boolean ended;

    /** Nothing has been reached. */
    public Steps() {}

    /**
     * The test is at step {@code number}.
     *
     * @throws AssertionError unless the step before it was the last that was reached, or if {@link #last} was called
     */
    public void reach(int number) {
        if (ended)
            throw new AssertionError(
                    "step %d comes after the last one, %d".formatted(number, reached));
        if (number != reached + 1)
            throw new AssertionError(
                    "step %d was reached when it was the turn of step %d"
                            .formatted(number, reached + 1));
        reached = number;
    }

    /** The test is at step {@code number}, and no step follows; as {@link #reach}. */
    public void last(int number) {
        reach(number);
        ended = true;
    }

    /** The number that was reached last; 0 if none was. */
    public int reached() {
        return reached;
    }

    /**
     * Checks that the test came to its end.
     *
     * @throws AssertionError if {@link #last} was not called
     */
    public void requireEnd() {
        if (!ended)
            throw new AssertionError(
                    "the test ended after step %d, without its last step; name that by steps.last(n)"
                            .formatted(reached));
    }
}
