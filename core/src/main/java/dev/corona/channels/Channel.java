package dev.corona.channels;

import dev.corona.async.Corona;
import dev.corona.async.EventLoop;
import dev.corona.async.Task;
import dev.corona.async.Waiter;
import dev.corona.errors.ChannelException;
import dev.corona.errors.LoopException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/*
 * Receivers and senders never wait at the same time: who comes looks first whether one of the other kind waits. Nor does a
 * receiver wait when the channel is closed, or while an element is kept. A party that was decided elsewhere may still be
 * linked; it is dropped when it is asked.
 */

/**
 * A queue between tasks of one event loop. Each element goes to one receiver, in the order in which they were sent; those who
 * wait, to send or to receive, are served in the order in which they came.
 *
 * <ul>
 *   <li>{@link #rendezvous()} keeps nothing: a sender waits for its receiver.
 *   <li>{@link #buffered} keeps some elements; a sender waits while they are there.
 *   <li>{@link #conflated()} keeps the latest element only; a sender never waits.
 *   <li>{@link #unlimited()} keeps all; a sender never waits.
 * </ul>
 *
 * <p><b>Closing.</b> After {@link #close()} nothing more can be sent; what was sent before, also by those who still wait to, can be
 * received. Then {@link #receive} throws and iterations end; if it was closed with a cause, both throw, with that cause.
 * {@link #closeNow()} drops what was not received.
 *
 * <p><b>Threads.</b> A channel belongs to the loop of the task that uses it first; calls from elsewhere are refused by
 * {@link ChannelException.OtherLoop}. {@link #outside()} is its side for other threads, and other loops.
 *
 * <p><b>Cancellation.</b> A task that is cancelled while it waits has sent or received nothing. One that has been given its
 * element, and has not run since, gets it: the cancellation comes with its next wait.
 *
 * <p><b>Errors.</b> Elements are never null.
 *
 * @param <T> the elements
 */
public final class Channel<T> implements Source<T>, Sink<T> {
    private static final int CONFLATED = -1;

    private final int capacity;
    private final Buffer<T> buffer;
    private final Parties<T> receivers = new Parties<>();
    private final Parties<T> senders = new Parties<>();
    private String label;

    /** The loop that it belongs to; null before a task has used it. */
    private @Nullable EventLoop loop;

    /** Whether another thread may send or receive. */
    private boolean reachable;

    /** Whether what it was closed with is thrown as it is. */
    private boolean transparent;

    private boolean closed;
    private @Nullable Throwable cause;

    /** Complete when it is drained; null if nobody has asked for it. */
    private @Nullable CompletableFuture<@Nullable Void> drained;

    private Channel(String label, int capacity) {
        this.label = label;
        this.capacity = capacity;
        buffer = new Buffer<>(Math.abs(capacity));
    }

    /** A channel in which a sender waits for its receiver. */
    public static <T> Channel<T> rendezvous() {
        return new Channel<>("a rendezvous channel", 0);
    }

    /**
     * A channel that keeps some elements.
     *
     * @param capacity how many; at least 1
     */
    public static <T> Channel<T> buffered(int capacity) {
        if (capacity < 1)
            throw new IllegalArgumentException(
                    "a buffered channel keeps at least 1 element, but capacity was %d; use rendezvous() for none"
                            .formatted(capacity));
        return new Channel<>("a buffered channel", capacity);
    }

    /** A channel that keeps the latest element: a new one replaces one that was not received. */
    public static <T> Channel<T> conflated() {
        return new Channel<>("a conflated channel", CONFLATED);
    }

    /** A channel that keeps all elements, as far as there is memory. */
    public static <T> Channel<T> unlimited() {
        return new Channel<>("an unlimited channel", Integer.MAX_VALUE);
    }

    /** {@link #rendezvous()} for 0, {@link #buffered} for more. */
    static <T> Channel<T> ofCapacity(int capacity) {
        return capacity == 0 ? rendezvous() : buffered(capacity);
    }

    /** Has reports and errors call it {@code name}; returns it. */
    public Channel<T> named(String name) {
        label = "channel " + name;
        return this;
    }

    /** Has what it is closed with thrown as it is, as the error of a body; unchecked, or in a {@link CompletionException}. */
    Channel<T> transparent(String newLabel) {
        label = newLabel;
        transparent = true;
        return this;
    }

    /**
     * Puts {@code element} in; suspends the calling task until a receiver has it or there is room.
     *
     * @throws ChannelException.ClosedForSend if it was closed; also when {@link #closeNow} drops the element of a waiting sender
     * @throws LoopException.NotInTask outside of a task, if it would have to wait
     * @throws LoopException.WouldBlock inside {@code atomic}, if it would have to wait
     */
    @Override
    public void send(T element) {
        if (!trySend(element)) new SendWait<>(this, element).await();
    }

    /** Puts {@code element} in if it can without waiting; says whether it did. */
    public boolean trySend(T element) {
        Objects.requireNonNull(element, "an element of a channel must not be null");
        requireLoop();
        if (closed) throw refusal();
        return offer(element);
    }

    /** A sender that was cancelled hears of that first: whoever closed the channel may have cancelled it as well. */
    private ChannelException.ClosedForSend refusal() {
        Corona.throwIfCancelled();
        return closedForSend();
    }

    @Override
    public T receive() {
        T ready = poll();
        return ready != null ? ready : new ReceiveWait<>(this).await();
    }

    @Override
    public @Nullable T receiveOrNull() {
        T ready = poll();
        if (ready != null) return ready;
        return isDrained() ? endOrNull() : new ReceiveWait<>(this).awaitOrNull();
    }

    /** The next element if one is there; null if none is, or it has ended: {@link #isDrained()} tells. */
    public @Nullable T tryReceive() {
        return poll();
    }

    @Override
    public void close() {
        close(false, null);
    }

    @Override
    public void close(Throwable newCause) {
        close(false, newCause);
    }

    /**
     * Closes it and drops the elements that were not received; those who wait to send throw
     * {@link ChannelException.ClosedForSend}.
     *
     * @return what was dropped, in order
     */
    public List<T> closeNow() {
        return close(true, null);
    }

    private List<T> close(boolean now, @Nullable Throwable newCause) {
        requireLoop();
        if (!closed) {
            closed = true;
            cause = newCause;
        }
        List<T> dropped = now ? drop() : List.of();
        if (isDrained()) endReceivers();
        tellIfDrained();
        return dropped;
    }

    private List<T> drop() {
        List<T> dropped = new ArrayList<>();
        for (T each = buffer.poll(); each != null; each = buffer.poll()) dropped.add(each);
        for (Party<T> each = senders.poll(); each != null; each = senders.poll()) {
            Party.Sending<T> sender = (Party.Sending<T>) each;
            T element = sender.element();
            if (sender.refuse()) dropped.add(element);
        }
        return dropped;
    }

    private void endReceivers() {
        for (Party<T> each = receivers.poll(); each != null; each = receivers.poll())
            ((Party.Receiving<T>) each).end();
    }

    /** Whether nothing more can be sent. */
    public boolean isClosed() {
        return closed;
    }

    /** Whether it is closed and all that was sent has been received. */
    public boolean isDrained() {
        return closed && buffer.size() == 0 && senders.isEmpty();
    }

    /** Complete when the channel {@link #isDrained}, also if it was closed with a cause. */
    public CompletionStage<@Nullable Void> drained() {
        if (drained == null) drained = new CompletableFuture<>();
        tellIfDrained();
        return drained.minimalCompletionStage();
    }

    /** One who waited to send has left, which may have been the last. */
    void senderLeft() {
        tellIfDrained();
    }

    private void tellIfDrained() {
        if (closed && drained != null && isDrained()) complete(drained);
    }

    @SuppressWarnings("NullAway") // a future without a result
    private static void complete(CompletableFuture<@Nullable Void> future) {
        future.complete(null);
    }

    /** How many elements it keeps now. */
    public int size() {
        return buffer.size();
    }

    /** How many wait to receive from it. */
    public int waitingReceivers() {
        return receivers.size();
    }

    /** How many wait to send to it. */
    public int waitingSenders() {
        return senders.size();
    }

    /**
     * Its side for other threads and other loops. From then on, a wait at this channel counts as one for something outside of
     * the loop, so that the loop does not end by it.
     *
     * @throws LoopException.NotInTask if it belongs to no loop yet and the caller is no task
     */
    public Outside<T> outside() {
        requireLoop();
        EventLoop owner = loop;
        if (owner == null) owner = EventLoop.current();
        loop = owner;
        reachable = true;
        return new Outside<>(this, owner);
    }

    boolean isReachable() {
        return reachable;
    }

    /** Throws if the caller is elsewhere than the loop that this belongs to; takes the first caller's loop. */
    private void requireLoop() {
        EventLoop owner = loop;
        if (owner == null) {
            Task<?> task = Task.currentOrNull();
            if (task != null) loop = task.loop();
        } else if (!owner.isCurrent()) {
            throw new ChannelException.OtherLoop(label, Thread.currentThread());
        }
    }

    /** Gives an element to a receiver or keeps it; false if there is neither a receiver nor room. */
    boolean offer(T element) {
        for (Party<T> each = receivers.poll(); each != null; each = receivers.poll()) {
            if (((Party.Receiving<T>) each).deliver(element)) return true;
        }
        if (capacity == CONFLATED) buffer.poll();
        if (buffer.isFull()) return false;
        buffer.add(element);
        return true;
    }

    /** Takes the next element: a kept one, or that of the first who waits to send. */
    @Nullable T poll() {
        requireLoop();
        T kept = buffer.poll();
        T next = pollSender();
        if (kept != null && next != null) buffer.add(next);
        if (closed) tellIfDrained();
        return kept != null ? kept : next;
    }

    private @Nullable T pollSender() {
        for (Party<T> each = senders.poll(); each != null; each = senders.poll()) {
            Party.Sending<T> sender = (Party.Sending<T>) each;
            if (sender.accept()) return sender.element();
        }
        return null;
    }

    void addReceiver(Party.Receiving<T> receiver) {
        receivers.add(receiver);
    }

    void addSender(Party.Sending<T> sender) {
        senders.add(sender);
    }

    /** A wait of the calling task for this channel. */
    <R extends @Nullable Object> R suspend(
            Object what, java.util.function.Consumer<Waiter<R>> start) {
        return Corona.suspend(what, reachable, start);
    }

    ChannelException.ClosedForSend closedForSend() {
        return new ChannelException.ClosedForSend(label, cause);
    }

    /** What a receiver throws when it has ended, with a cause or without. */
    RuntimeException ended() {
        Throwable error = endedError();
        if (error instanceof Error e) throw e;
        return error instanceof RuntimeException e ? e : new CompletionException(error);
    }

    Throwable endedError() {
        Throwable error = cause;
        return error != null && transparent
                ? error
                : new ChannelException.ClosedForReceive(label, error);
    }

    /** Null at an end without a cause; else throws. */
    @Nullable T endOrNull() {
        if (cause != null) throw ended();
        return null;
    }

    /** What reports and errors call it. */
    @Override
    public String toString() {
        return label;
    }
}
