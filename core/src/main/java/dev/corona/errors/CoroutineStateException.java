package dev.corona.errors;

/**
 * A coroutine was asked for something that its state, its thread or its stack does not allow. Each case has a subclass;
 * the message names the coroutine, the state that was seen, the rule and the remedy. The coroutine stays as it was
 * unless the subclass says otherwise.
 */
public sealed class CoroutineStateException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private CoroutineStateException(String message) {
        super(message);
    }

    /** A running coroutine was resumed or closed: by itself, by one that it called, or by another thread. */
    public static final class Running extends CoroutineStateException {
        private static final long serialVersionUID = 1L;

        public Running(String what, String operation) {
            super(
                    "cannot %s %s: it is running; only a new or suspended coroutine can be %sd"
                            .formatted(operation, what, operation));
        }
    }

    /** A finished coroutine was resumed. */
    public static final class Finished extends CoroutineStateException {
        private static final long serialVersionUID = 1L;

        public Finished(String what) {
            super(
                    "cannot resume %s: it has finished; ask isFinished() first, or create a new one"
                            .formatted(what));
        }
    }

    /** A coroutine that is bound to the thread of its first resume was resumed by another. */
    public static final class ForeignThread extends CoroutineStateException {
        private static final long serialVersionUID = 1L;

        public ForeignThread(String what, Thread owner, Thread caller) {
            super(
                    ("cannot resume %s on thread \"%s\": it started on thread \"%s\" and must stay there;"
                                    + " hand the work to that thread instead")
                            .formatted(what, caller.getName(), owner.getName()));
        }
    }

    /** A suspension was asked for by code that does not run inside that coroutine. */
    public static final class Outside extends CoroutineStateException {
        private static final long serialVersionUID = 1L;

        public Outside(String what) {
            super(
                    "cannot suspend %s: the caller does not run inside it; yield only from the coroutine's own body"
                            .formatted(what));
        }
    }

    /**
     * The coroutine, or the code that resumed it, holds a monitor across a suspension. The suspension did not take place
     * and every monitor is where it was; the coroutine sees this error at its yield.
     */
    public static final class MonitorHeld extends CoroutineStateException {
        private static final long serialVersionUID = 1L;

        public MonitorHeld(String what) {
            super(
                    ("cannot suspend %s: a monitor is held across the yield, by the coroutine or by the code that resumed"
                                    + " it; leave the synchronized block before you yield or resume")
                            .formatted(what));
        }

        /** The same for a wait of code that reads or writes a stream, most often inside of a class of the JDK. */
        public MonitorHeld(String stream, MonitorHeld cause) {
            super(
                    ("cannot wait for %s: a monitor is held, as the JDK's buffered streams, readers and writers do;"
                                    + " use the views of dev.corona.blocking directly, such as asReader(),"
                                    + " or run this code in Blocking.call")
                            .formatted(stream));
            initCause(cause);
        }
    }

    /** A frame that cannot be suspended (native code, a class initializer) lies between the yield and the resume. */
    public static final class Pinned extends CoroutineStateException {
        private static final long serialVersionUID = 1L;

        public Pinned(String what, String reason) {
            super(
                    "cannot suspend %s: %s is on its stack; yield outside of it"
                            .formatted(what, reason));
        }
    }

    /** The stack is too deep for the garbage collector in use to keep it as one object; G1 limits it to half a region. */
    public static final class TooDeep extends CoroutineStateException {
        private static final long serialVersionUID = 1L;

        public TooDeep(String what) {
            super(
                    ("cannot suspend %s: its stack is larger than the garbage collector stores in one piece;"
                                    + " run with -XX:+UseSerialGC or a larger -XX:G1HeapRegionSize, or recurse less")
                            .formatted(what));
        }
    }

    /** A new run was asked of something that was closed. */
    public static final class Closed extends CoroutineStateException {
        private static final long serialVersionUID = 1L;

        public Closed(String what) {
            super("cannot run %s: it was closed; create a new one".formatted(what));
        }
    }

    /** A coroutine that was being closed caught the unwinding error again and again, and went on. */
    public static final class CloseIgnored extends CoroutineStateException {
        private static final long serialVersionUID = 1L;

        public CloseIgnored(String what) {
            super(
                    ("cannot close %s: its body keeps catching the unwinding error and yields again;"
                                    + " let dev.corona.errors.Unwinding pass")
                            .formatted(what));
        }
    }
}
