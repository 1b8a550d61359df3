package dev.corona.channels;

import dev.corona.async.Waiter;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/** A task that waits to receive. Its waiter is given the element, or null at the end. */
final class ReceiveWait<T> extends Party.Receiving<T>
        implements Consumer<Waiter<@Nullable T>>, Runnable {
    private final Channel<T> channel;
    private @Nullable Waiter<@Nullable T> waiter;

    ReceiveWait(Channel<T> channel) {
        this.channel = channel;
    }

    T await() {
        return channel.isDrained() ? orEnd(null) : orEnd(channel.suspend(this, this));
    }

    @Nullable T awaitOrNull() {
        T given = channel.suspend(this, this);
        return given != null ? given : channel.endOrNull();
    }

    private T orEnd(@Nullable T given) {
        if (given == null) throw channel.ended();
        return given;
    }

    @Override
    public void accept(Waiter<@Nullable T> given) {
        waiter = given;
        given.onCancel(this);
        channel.addReceiver(this);
    }

    @Override
    public void run() {
        leaveQueue();
    }

    @Override
    boolean deliver(T element) {
        return waiter != null && waiter.complete(element);
    }

    @Override
    void end() {
        if (waiter != null) waiter.complete();
    }

    @Override
    public String toString() {
        return "receive from " + channel;
    }
}
