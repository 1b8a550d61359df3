package dev.corona.errors;

import org.jspecify.annotations.Nullable;

/**
 * A channel, a producer or a consumer was asked for what it cannot do. Each case has a subclass; the message names the
 * channel, the rule and the remedy. No element was taken, lost or delivered twice.
 */
public sealed class ChannelException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private ChannelException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** An element was sent to a channel that was closed; the cause is what it was closed with, if anything. */
    public static final class ClosedForSend extends ChannelException {
        private static final long serialVersionUID = 1L;

        public ClosedForSend(String channel, @Nullable Throwable cause) {
            super(
                    "cannot send to %s: it was closed%s; send before close(), and let one side only close it"
                            .formatted(channel, with(cause)),
                    cause);
        }
    }

    /** An element was asked of a channel that was closed and is empty; the cause is what it was closed with, if anything. */
    public static final class ClosedForReceive extends ChannelException {
        private static final long serialVersionUID = 1L;

        public ClosedForReceive(String channel, @Nullable Throwable cause) {
            super(
                    "cannot receive from %s: it was closed%s and has no elements left; iterate, or use receiveOrNull()"
                            .formatted(channel, with(cause)),
                    cause);
        }
    }

    /** A channel was used by a thread or task that does not belong to its event loop. Nothing happened. */
    public static final class OtherLoop extends ChannelException {
        private static final long serialVersionUID = 1L;

        public OtherLoop(String channel, Thread caller) {
            super(
                    "cannot use %s on thread \"%s\": it belongs to another event loop; use the channel's outside() there"
                            .formatted(channel, caller.getName()),
                    null);
        }
    }

    /** One element was asked for, and there was none. */
    public static final class NoElement extends ChannelException {
        private static final long serialVersionUID = 1L;

        public NoElement(String source) {
            super("%s ended without an element; use firstOrNull()".formatted(source), null);
        }
    }

    /** One element was expected, and there was a second. */
    public static final class MoreThanOne extends ChannelException {
        private static final long serialVersionUID = 1L;

        public MoreThanOne(String source) {
            super(
                    "%s has more than one element; use first() to take one of many"
                            .formatted(source),
                    null);
        }
    }

    /** A source whose elements come once only was iterated for the second time. */
    public static final class IteratedTwice extends ChannelException {
        private static final long serialVersionUID = 1L;

        public IteratedTwice(String source) {
            super(
                    ("cannot iterate %s again: its elements come once, and another iteration takes them;"
                                    + " make a new one, or collect the elements into a list")
                            .formatted(source),
                    null);
        }
    }

    private static String with(@Nullable Throwable cause) {
        return cause == null ? "" : " with " + cause;
    }
}
