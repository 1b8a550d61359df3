package dev.corona.bench.woven;

import dev.corona.bench.BenchException;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/**
 * The programs on virtual threads: the body runs on one, its consumer on another, and they wake each other. At their best: the
 * process has one carrier, so that no wake-up crosses processors.
 */
public final class ThreadPeer extends StackPrograms {
    private ThreadPeer() {}

    public static int run(String program, int steps) {
        return onVirtualThread(() -> new ThreadPeer().measure(program, steps));
    }

    private static int onVirtualThread(IntSupplier work) {
        int[] result = {0};
        join(Thread.startVirtualThread(() -> result[0] = work.getAsInt()));
        return result[0];
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new BenchException("interrupted", e);
        }
    }

    /** Two threads that take turns. */
    private static final class Threads extends Source {
        private final Thread producer;
        private @Nullable Thread consumer;
        private volatile boolean producersTurn;
        private volatile boolean ended;

        Threads(Body body) {
            producer =
                    Thread.ofVirtual()
                            .unstarted(
                                    () -> {
                                        body.run(this);
                                        ended = true;
                                        giveTurn(false);
                                    });
        }

        @Override
        boolean advance() {
            consumer = Thread.currentThread();
            giveTurn(true);
            while (producersTurn) LockSupport.park(this);
            return !ended;
        }

        @Override
        void leave() {
            giveTurn(false);
            while (!producersTurn) LockSupport.park(this);
        }

        private void giveTurn(boolean toProducer) {
            producersTurn = toProducer;
            if (toProducer && producer.getState() == Thread.State.NEW) producer.start();
            else LockSupport.unpark(toProducer ? producer : consumer);
        }
    }

    @Override
    Source source(Body body) {
        return new Threads(body);
    }

    /** One hands over by its step, the other by asking for the next. */
    @Override
    int transfer(int turns) {
        Source other =
                source(
                        out -> {
                            for (int i = 0; i < turns / 2; i++) out.leave();
                        });
        int had = 0;
        while (other.advance()) had += 2;
        return had;
    }

    public static Object[] suspend(int count) {
        Source[] all = new Source[count];
        onVirtualThread(
                () -> {
                    for (int i = 0; i < count; i++) {
                        all[i] = new Threads(ThreadPeer::takeTurns);
                        all[i].advance();
                    }
                    return 0;
                });
        return all;
    }

    private static void takeTurns(Source out) {
        for (int turns = 0; turns >= 0; turns++) out.leave();
    }

    public static void resume(Object[] all) {
        onVirtualThread(
                () -> {
                    for (Object each : all) ((Source) each).advance();
                    return 0;
                });
    }
}
