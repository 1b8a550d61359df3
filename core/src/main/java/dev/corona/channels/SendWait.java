package dev.corona.channels;

import dev.corona.async.Waiter;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/** A task that waits to send. Its waiter is given whether the element was taken. */
final class SendWait<T> extends Party.Sending<T> implements Consumer<Waiter<Boolean>>, Runnable {
    private final Channel<T> channel;
    private final T element;
    private @Nullable Waiter<Boolean> waiter;

    SendWait(Channel<T> channel, T element) {
        this.channel = channel;
        this.element = element;
    }

    void await() {
        if (!channel.<Boolean>suspend(this, this)) throw channel.closedForSend();
    }

    @Override
    public void accept(Waiter<Boolean> given) {
        waiter = given;
        given.onCancel(this);
        channel.addSender(this);
    }

    @Override
    public void run() {
        leaveQueue();
    }

    @Override
    void left() {
        channel.senderLeft();
    }

    @Override
    T element() {
        return element;
    }

    @Override
    boolean accept() {
        return waiter != null && waiter.complete(true);
    }

    @Override
    boolean refuse() {
        return waiter != null && waiter.complete(false);
    }

    @Override
    public String toString() {
        return "send to " + channel;
    }
}
