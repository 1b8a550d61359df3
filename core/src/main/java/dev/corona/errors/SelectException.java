package dev.corona.errors;

/** A choice between several waits was asked for in a way that cannot be met; each case has a subclass with a remedy. */
public sealed class SelectException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private SelectException(String message) {
        super(message);
    }

    /** There was nothing to choose from, so the wait could never end. */
    public static final class NoBranch extends SelectException {
        private static final long serialVersionUID = 1L;

        public NoBranch(String what) {
            super(
                    "cannot wait for %s: it could never end; give it at least one to wait for"
                            .formatted(what));
        }
    }

    /** A select was awaited by a task while another one waited in it. */
    public static final class InUse extends SelectException {
        private static final long serialVersionUID = 1L;

        public InUse(String what) {
            super(
                    "cannot await %s: a task waits in it already; build one for each task"
                            .formatted(what));
        }
    }

    /** All of several stages failed where one success was asked for; their errors are suppressed in this one. */
    public static final class AllFailed extends SelectException {
        private static final long serialVersionUID = 1L;

        public AllFailed(int stages) {
            super("none of %d stages succeeded; the suppressed errors say why".formatted(stages));
        }
    }
}
