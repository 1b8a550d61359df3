package dev.corona.channels;

import dev.corona.Resumable;
import dev.corona.async.EventLoop;
import dev.corona.async.Waiter;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.function.Supplier;

/** The branch of a select that sends. Ready when the channel is closed too; then the select throws. */
final class SendBranch<T, R extends @Nullable Object> extends Party.Sending<T>
        implements Branch<R> {
    private final Channel<T> channel;
    private final Supplier<? extends T> elements;
    private final Supplier<? extends R> then;
    private @Nullable Waiter<Branch<R>> waiter;
    private @Nullable T element;
    private boolean refused;

    SendBranch(Channel<T> channel, Supplier<? extends T> elements, Supplier<? extends R> then) {
        this.channel = channel;
        this.elements = elements;
        this.then = then;
    }

    @Override
    public boolean poll() {
        refused = channel.isClosed();
        if (refused) return true;
        element = elements.get();
        return channel.trySend(element);
    }

    @Override
    public void enroll(Waiter<Branch<R>> given) {
        waiter = given;
        channel.addSender(this);
    }

    @Override
    void left() {
        channel.senderLeft();
    }

    @Override
    T element() {
        return Objects.requireNonNull(element);
    }

    @Override
    boolean accept() {
        return waiter != null && waiter.complete(this);
    }

    @Override
    boolean refuse() {
        if (waiter == null || !waiter.complete(this)) return false;
        refused = true;
        return true;
    }

    @Override
    public void withdraw() {
        leaveQueue();
        waiter = null;
        element = null;
    }

    @Override
    public boolean isExternal(EventLoop loop) {
        return channel.isReachable();
    }

    @Override
    @Resumable
    public R run() {
        element = null;
        if (refused) throw channel.closedForSend();
        return then.get();
    }

    @Override
    public String toString() {
        return "send to " + channel;
    }
}
