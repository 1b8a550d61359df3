package dev.corona.flow;

import dev.corona.async.StageWatch;
import dev.corona.async.Task;
import dev.corona.channels.Channel;
import dev.corona.errors.FlowException;
import dev.corona.errors.LoopException;
import dev.corona.errors.Unwinding;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.function.BooleanSupplier;

/** The task that serves one subscriber of a {@link SourcePublisher}. */
final class Service<T> implements Callable<Boolean> {
    private final Iterable<? extends T> items;

    /** Null once the sink has it, so that nothing keeps a subscriber that has cancelled. */
    private Flow.@Nullable Subscriber<? super T> subscriber;

    Service(Iterable<? extends T> items, Flow.Subscriber<? super T> subscriber) {
        this.items = items;
        this.subscriber = subscriber;
    }

    @Override
    public Boolean call() {
        Flow.Subscriber<? super T> to = subscriber;
        Task<?> task = Task.currentOrNull();
        if (to == null || task == null) throw new AssertionError("a service runs once, in a task");
        subscriber = null;
        SubscriberSink<T> sink = SubscriberSink.of(to, () -> task.cancel(true));
        try {
            if (items instanceof Channel<? extends T> channel) serve(channel, sink);
            else serve(items.iterator(), sink);
            sink.close();
        } catch (Unwinding ofTheLoop) {
            sink.close(new LoopException.Ended("publish " + items));
            throw ofTheLoop;
        } catch (CancellationException | FlowException.Cancelled left) {
            if (!sink.isCancelled()) sink.close(left);
        } catch (CompletionException wrapped) {
            Throwable cause = wrapped.getCause();
            sink.close(cause == null ? wrapped : cause);
        } catch (Throwable error) {
            sink.close(error);
        }
        return true;
    }

    private void serve(Iterator<? extends T> iterator, SubscriberSink<T> sink) {
        try {
            while (!sink.isCancelled() && iterator.hasNext() && sink.awaitDemand())
                sink.send(iterator.next());
        } finally {
            close(iterator);
        }
    }

    private static void close(Iterator<?> iterator) {
        if (!(iterator instanceof AutoCloseable closeable)) return;
        try {
            closeable.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    /** Takes an element when it is wanted; the end of the channel needs no demand. */
    private void serve(Channel<? extends T> channel, SubscriberSink<T> sink) {
        BooleanSupplier drained = channel::isDrained;
        StageWatch watch = new StageWatch(channel.drained(), sink::wake);
        try {
            while (!sink.isCancelled()) {
                if (!sink.awaitDemandOrWake(drained) && !channel.isDrained()) return;
                T next = channel.receiveOrNull();
                if (next == null) return;
                sink.send(next);
            }
        } finally {
            watch.stop();
        }
    }
}
