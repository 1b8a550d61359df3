package dev.corona.errors;

/**
 * A publisher or a subscriber of {@code java.util.concurrent.Flow} broke a rule, or left. Each case has a subclass; the message
 * names the two, the rule by its number in the Reactive Streams specification 1.0.4, and the remedy.
 */
public sealed class FlowException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private FlowException(String message) {
        super(message);
    }

    /** A publisher sent more items than it was asked for. Its subscription was cancelled. */
    public static final class TooManyItems extends FlowException {
        private static final long serialVersionUID = 1L;

        public TooManyItems(String publisher) {
            super(
                    ("%s sent an item that was not requested (rule 1.1); it must count what request(n) asks for,"
                                    + " or be wrapped by a buffer that does")
                            .formatted(publisher));
        }
    }

    /** A publisher sent a signal before {@code onSubscribe}. */
    public static final class NotSubscribed extends FlowException {
        private static final long serialVersionUID = 1L;

        public NotSubscribed(String publisher, String signal) {
            super(
                    "%s called %s before onSubscribe (rule 1.9); it must call onSubscribe first"
                            .formatted(publisher, signal));
        }
    }

    /** Something was sent to a subscriber that has cancelled its subscription. */
    public static final class Cancelled extends FlowException {
        private static final long serialVersionUID = 1L;

        public Cancelled(String subscriber) {
            super(
                    "cannot send to %s: it has cancelled its subscription; stop sending when isCancelled()"
                            .formatted(subscriber));
        }
    }
}
