package dev.corona.channels;

import org.jspecify.annotations.Nullable;

/**
 * One that waits at a channel, to send or to receive, linked into the channel's queue of its kind. It may have been decided
 * elsewhere, by a cancellation or by another branch of a select: then it refuses, and the channel asks the next.
 *
 * @param <T> the channel's elements
 */
abstract class Party<T> {
    /** The queue it waits in; null while it waits in none. */
    @Nullable Parties<T> queue;

    @Nullable Party<T> before;

    @Nullable Party<T> after;

    /** Takes it out of its queue, if it is in one. */
    final void leaveQueue() {
        Parties<T> in = queue;
        if (in == null) return;
        in.remove(this);
        left();
    }

    /** It has left its queue without having been asked. */
    void left() {}

    /** One that waits for an element. */
    abstract static class Receiving<T> extends Party<T> {
        /** Hands it an element; false if it does not wait any more. */
        abstract boolean deliver(T element);

        /** Tells it that no element will come. */
        abstract void end();
    }

    /** One that waits for room. */
    abstract static class Sending<T> extends Party<T> {
        /** What it sends. */
        abstract T element();

        /** Lets it go on, since its element is to be taken; false if it does not wait any more. */
        abstract boolean accept();

        /** Lets it go on with an error, since its element will not be taken; false if it does not wait any more. */
        abstract boolean refuse();
    }
}
