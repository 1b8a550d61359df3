package dev.corona.errors;

/** A deadline ended something, or was used where it means nothing; each case has a subclass. */
public sealed class DeadlineException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private DeadlineException(String message) {
        super(message);
    }

    /** The time was over before the body or the wait had ended. */
    public static final class Expired extends DeadlineException {
        private static final long serialVersionUID = 1L;

        public Expired(String deadline, String task) {
            super("%s is over, but %s has not ended what it limits".formatted(deadline, task));
        }
    }

    /** A deadline is a point in the time of one loop, and was used by a task of another. */
    public static final class OtherLoop extends DeadlineException {
        private static final long serialVersionUID = 1L;

        public OtherLoop(String deadline, String task) {
            super(
                    ("cannot use %s in %s: it was made on another event loop, whose time differs;"
                                    + " make one there from what remains")
                            .formatted(deadline, task));
        }
    }
}
