package dev.corona.errors;

/** An event loop or a task was used in a way that could only hang or break; each case has a subclass with a remedy. */
public sealed class LoopException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private LoopException(String message) {
        super(message);
    }

    /** A call that must suspend a task was made outside of any task. */
    public static final class NotInTask extends LoopException {
        private static final long serialVersionUID = 1L;

        public NotInTask(String what) {
            super(
                    "cannot wait for %s: the caller is not a task of an event loop; call it inside Corona.run or spawn"
                            .formatted(what));
        }
    }

    /** A call would have suspended the task inside {@code atomic}. Nothing of it has happened. */
    public static final class WouldBlock extends LoopException {
        private static final long serialVersionUID = 1L;

        public WouldBlock(String what) {
            super(
                    "cannot wait for %s inside atomic: nothing may block there; do it before or after the section"
                            .formatted(what));
        }
    }

    /** Nothing can ever run again: every task waits for another one. The message lists who waits for what. */
    public static final class Deadlock extends LoopException {
        private static final long serialVersionUID = 1L;

        public Deadlock(String report) {
            super("deadlock: nothing can run and nothing is pending\n" + report);
        }
    }

    /** A loop was started or waited for on a thread that already runs a loop. */
    public static final class NestedLoop extends LoopException {
        private static final long serialVersionUID = 1L;

        public NestedLoop(String what) {
            super(
                    "cannot %s: this thread already runs an event loop; spawn a task there and await it instead"
                            .formatted(what));
        }
    }

    /** A loop that has ended was asked for more work. */
    public static final class Ended extends LoopException {
        private static final long serialVersionUID = 1L;

        public Ended(String what) {
            super(
                    "cannot %s: the event loop has ended; spawn before its last task ends"
                            .formatted(what));
        }
    }

    /** A task awaits itself. */
    public static final class SelfAwait extends LoopException {
        private static final long serialVersionUID = 1L;

        public SelfAwait(String what) {
            super("cannot wait for %s inside itself: it could never end".formatted(what));
        }
    }

    /** A coroutine-local value was asked for where it is not bound. */
    public static final class Unbound extends LoopException {
        private static final long serialVersionUID = 1L;

        public Unbound(String local) {
            super(
                    "%s is not bound here: use call or Spawner.withLocal around this code, or orElse"
                            .formatted(local));
        }
    }

    /** A task was to move to another loop, but cannot change its thread, or belongs to a scope, which stays. */
    public static final class Immovable extends LoopException {
        private static final long serialVersionUID = 1L;

        public Immovable(String task, String coroutine, String engine) {
            super(
                    ("cannot move %s to another event loop: %s runs on the engine %s, which binds it to its thread; weave"
                                    + " its body, or spawn a task on the other loop and await it")
                            .formatted(task, coroutine, engine));
        }

        public Immovable(String task) {
            super(
                    ("cannot move %s to another event loop: it is in a scope, or has one open, and a scope stays on its loop;"
                                    + " close it first, or spawn a task on the other loop and await it")
                            .formatted(task));
        }
    }

    /** An executor under an event loop does not do what a loop needs; the loop is broken and ends. */
    public static final class BadExecutor extends LoopException {
        private static final long serialVersionUID = 1L;

        public BadExecutor(String executor, String what, String remedy) {
            super("the executor %s %s; %s".formatted(executor, what, remedy));
        }
    }
}
