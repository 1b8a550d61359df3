package dev.corona.lua.io;

import dev.corona.async.Corona;
import dev.corona.async.SpawnSite;
import dev.corona.errors.DeadlineException;
import dev.corona.io.IoLoop;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * What comes in from outside, piece by piece, and is kept until somebody takes it. One fetch is under way at a time: in the task
 * that wants it, or, where that one may go on without it, in a task of its own, which loses nothing. For one loop's thread.
 */
abstract class Intake {
    private final IoLoop io;
    private final Signal signal = new Signal();
    private boolean fetching;

    Intake(IoLoop io) {
        this.io = io;
    }

    /** Whether a taker would not have to wait: something is there, or nothing comes any more. */
    abstract boolean isReady();

    /** Waits for the next piece and keeps it, or that there is none. */
    abstract void fetch();

    Signal signal() {
        return signal;
    }

    /**
     * Waits until one more piece has come.
     *
     * @param limit null for none; zero lets the loop look once
     * @throws DeadlineException.Expired if nothing has come within the limit
     */
    final void awaitMore(@Nullable Duration limit) {
        if (limit == null && !fetching) {
            fetching = true;
            fetchAndTell();
            return;
        }
        arm();
        if (limit != null && limit.isZero()) lookOnce();
        else Signal.awaitAny(List.of(signal), limit);
    }

    private void lookOnce() {
        Corona.yieldNow();
        if (fetching) Corona.sleep(Duration.ofNanos(1));
        if (fetching) throw new DeadlineException.Expired("a limit of zero", "the caller");
    }

    /** Begins to fetch, so that the signal fires when something has come. */
    final void arm() {
        if (fetching) return;
        fetching = true;
        io.loop().spawn("input", SpawnSite.of(List.of()), this::fetchInTask);
    }

    private Object fetchInTask() {
        fetchAndTell();
        return this;
    }

    private void fetchAndTell() {
        try {
            fetch();
        } finally {
            fetching = false;
            signal.fire();
        }
    }
}
