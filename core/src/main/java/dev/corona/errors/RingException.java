package dev.corona.errors;

/**
 * A ring of symmetric coroutines was asked for a transfer that it cannot make. Each case has a subclass; the message names
 * the coroutines, the rule and the remedy. No control was transferred, unless the subclass says otherwise.
 */
public sealed class RingException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private RingException(String message) {
        super(message);
    }

    /** The target of a transfer, or of a closing, belongs to the ring of another thread or task. */
    public static final class OtherRing extends RingException {
        private static final long serialVersionUID = 1L;

        public OtherRing(String operation, String target, String targetsRoot, String callersRoot) {
            super(
                    ("cannot %s %s: it belongs to the ring of %s, but the caller to the ring of %s;"
                                    + " a coroutine stays in the ring in which it was created")
                            .formatted(operation, target, targetsRoot, callersRoot));
        }
    }

    /** The target of a transfer waits, in a call of another coroutine or for the end of all others. */
    public static final class Waiting extends RingException {
        private static final long serialVersionUID = 1L;

        public Waiting(String operation, String target, String awaited) {
            super(
                    ("cannot %s %s: it waits for %s and goes on by itself after that;"
                                    + " transfer to a coroutine that does not wait")
                            .formatted(operation, target, awaited));
        }
    }

    /** The target of a call is called already: it went elsewhere, and its first caller waits. */
    public static final class Called extends RingException {
        private static final long serialVersionUID = 1L;

        public Called(String target, String caller) {
            super(
                    ("cannot call %s: %s waits in a call of it already, and it can come back to one only;"
                                    + " call it after its next yield, or use yieldTo")
                            .formatted(target, caller));
        }
    }

    /** The root asked for a transfer while a member is in the middle of one, suspended together with what called it. */
    public static final class Busy extends RingException {
        private static final long serialVersionUID = 1L;

        public Busy(String root, String member) {
            super(
                    ("cannot transfer from %s: it transferred to %s inside a coexpression or generator that was suspended"
                                    + " since; resume that first")
                            .formatted(root, member));
        }
    }

    /** A member asked for what only the root of its ring may do. */
    public static final class NotRoot extends RingException {
        private static final long serialVersionUID = 1L;

        public NotRoot(String operation, String caller, String root) {
            super(
                    "%s was called by %s: it must be called by %s, outside of every coroutine of the ring"
                            .formatted(operation, caller, root));
        }
    }

    /** A schedule gave a coroutine that is not ready. Another schedule, once it is set, takes over all that are. */
    public static final class BadSchedule extends RingException {
        private static final long serialVersionUID = 1L;

        public BadSchedule(String schedule, String given) {
            super(
                    ("the schedule %s gave %s as the next to run: it must give a coroutine that was added"
                                    + " and neither given nor removed since, and null only if there is none;"
                                    + " set one that does")
                            .formatted(schedule, given));
        }
    }
}
