package dev.corona.channels;

import dev.corona.Resumable;
import dev.corona.async.Corona;
import dev.corona.async.Stages;
import dev.corona.async.Task;
import dev.corona.errors.ChannelException;
import dev.corona.errors.LoopException;
import dev.corona.errors.Unwinding;
import dev.corona.kernel.Carrier;
import dev.corona.woven.Linkage;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

/**
 * A source that is written as a body which sends: a task of its own that runs ahead of its consumer by a few elements at most.
 *
 * <pre>{@code
 * try (Producer<Page> pages = Producer.of(out -> {
 *     for (int i = 1; ; i++) out.send(fetch(i));
 * })) {
 *     for (Page page : pages) if (page.isLast()) break;
 * }
 * }</pre>
 *
 * A {@link dev.corona.Generator} runs in its consumer and stops while that works; it may wait as well. A producer works while its
 * consumer does, and is one task for any number of consumers.
 *
 * <p><b>Start.</b> The body starts when the first element is asked for; one that nobody asks never runs.
 *
 * <p><b>Closing.</b> {@link #close()} cancels the body, which then leaves its send or its wait by a {@link CancellationException}, and
 * waits until its {@code finally} blocks have run. Elements that were not received are dropped. A consumer that leaves
 * early needs it; one that comes to the end does not.
 *
 * <p><b>Threads.</b> For tasks of one loop. <b>Cancellation</b> of a consumer leaves the producer as it is. <b>Errors.</b> What the body
 * throws comes out of the call that asks for the element after its last, as {@link Corona#await} throws it.
 *
 * @param <T> the elements
 */
public final class Producer<T> implements Source<T> {
    /** What a producer runs. */
    @FunctionalInterface
    public interface Body<T> {
        /**
         * @param out takes the elements; ended when this returns or throws
         */
        @Resumable
        void run(Sink<T> out) throws Exception;
    }

    private static final ClassValue<Boolean> WOVEN =
            Linkage.twinOf("run", MethodType.methodType(void.class, Sink.class, Strand.class));

    private final Channel<T> channel;
    private final String name;
    private final Body<T> body;
    private @Nullable Task<Boolean> task;

    private Producer(String name, int ahead, Body<T> body) {
        this.name = name;
        this.body = body;
        channel = Channel.<T>ofCapacity(ahead).transparent("producer " + name);
    }

    /** A producer that waits at each element until it is received. */
    public static <T> Producer<T> of(Body<T> body) {
        return of(nameOf(body), 0, body);
    }

    /**
     * A producer with a name for reports.
     *
     * @param ahead how many elements it may keep that nobody has asked for; not negative
     */
    public static <T> Producer<T> of(String name, int ahead, Body<T> body) {
        if (ahead < 0)
            throw new IllegalArgumentException(
                    "a producer's number of elements ahead must not be negative, but was " + ahead);
        return new Producer<>(name, ahead, body);
    }

    /** The class that a body is written in. */
    static String nameOf(Object body) {
        String type = body.getClass().getName();
        int lambda = type.indexOf("$$");
        String writer = lambda < 0 ? type : type.substring(0, lambda);
        return "in " + writer.substring(writer.lastIndexOf('.') + 1);
    }

    @Override
    public T receive() {
        start();
        return channel.receive();
    }

    @Override
    public @Nullable T receiveOrNull() {
        start();
        return channel.receiveOrNull();
    }

    private void start() {
        if (task == null && !channel.isClosed()) task = Corona.spawn(name, new Run());
    }

    /** What the task runs. */
    private final class Run implements Callable<Boolean>, Carrier {
        @Override
        public boolean isBodyWoven() {
            return WOVEN.get(body.getClass());
        }

        @Override
        public Boolean call() throws Exception {
            try {
                body.run(channel);
                channel.close();
            } catch (Unwinding ofTheLoop) {
                throw ofTheLoop;
            } catch (Throwable error) {
                if (!channel.isClosed()) channel.close(error);
                else if (!isConsequenceOfClosing(error)) throw error;
            }
            return true;
        }
    }

    private static boolean isConsequenceOfClosing(Throwable error) {
        return error instanceof CancellationException || error instanceof ChannelException;
    }

    /**
     * Ends the body; see the class comment. Its error, if it fails meanwhile, comes out of this call.
     *
     * @throws LoopException.WouldBlock inside {@code atomic}, if the body runs; it is cancelled all the same
     */
    @Override
    public void close() {
        Task<?> running = task;
        if (running == null || running.isDone() || running == Task.currentOrNull()) {
            channel.closeNow();
            return;
        }
        running.cancel(true);
        channel.closeNow();
        Throwable failure = Stages.settled(List.of(running)).getFirst().error();
        if (failure != null && !isConsequenceOfClosing(failure)) Corona.await(running);
    }

    /** What reports and errors call it. */
    @Override
    public String toString() {
        return channel.toString();
    }
}
