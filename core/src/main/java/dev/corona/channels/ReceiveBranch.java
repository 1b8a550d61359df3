package dev.corona.channels;

import dev.corona.Resumable;
import dev.corona.async.EventLoop;
import dev.corona.async.Waiter;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/** The branch of a select that receives. Ready at the end of the channel too; then its function is given null. */
final class ReceiveBranch<T, R extends @Nullable Object> extends Party.Receiving<T>
        implements Branch<R> {
    private final Channel<T> channel;
    private final Function<? super @Nullable T, ? extends R> then;
    private @Nullable Waiter<Branch<R>> waiter;
    private @Nullable T taken;

    ReceiveBranch(Channel<T> channel, Function<? super @Nullable T, ? extends R> then) {
        this.channel = channel;
        this.then = then;
    }

    static <T> T requireElement(Channel<T> channel, @Nullable T element) {
        if (element == null) throw channel.ended();
        return element;
    }

    static <T> @Nullable T orNull(Channel<T> channel, @Nullable T element) {
        return element != null ? element : channel.endOrNull();
    }

    @Override
    public boolean poll() {
        taken = channel.poll();
        return taken != null || channel.isDrained();
    }

    @Override
    public void enroll(Waiter<Branch<R>> given) {
        waiter = given;
        channel.addReceiver(this);
    }

    @Override
    boolean deliver(T element) {
        if (waiter == null || !waiter.complete(this)) return false;
        taken = element;
        return true;
    }

    @Override
    void end() {
        if (waiter != null) waiter.complete(this);
    }

    @Override
    public void withdraw() {
        leaveQueue();
        waiter = null;
    }

    @Override
    public boolean isExternal(EventLoop loop) {
        return channel.isReachable();
    }

    @Override
    @Resumable
    public R run() {
        T element = taken;
        taken = null;
        return then.apply(element);
    }

    @Override
    public String toString() {
        return "receive from " + channel;
    }
}
