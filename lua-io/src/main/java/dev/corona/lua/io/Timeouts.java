package dev.corona.lua.io;

import dev.corona.errors.DeadlineException;
import dev.corona.lua.io.function.Arguments;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** How long the calls of a socket may wait: each wait of a call, and all of a call together. In seconds; below zero for no limit. */
final class Timeouts {
    private static final double NANOS = 1e9;

    private double block = -1;
    private double total = -1;

    void block(double seconds) {
        block = seconds;
    }

    void total(double seconds) {
        total = seconds;
    }

    /** The time of one call, which begins now. */
    Call begin() {
        return new Call(System.nanoTime());
    }

    /** One call on its way. */
    final class Call {
        private final long since;

        private Call(long since) {
            this.since = since;
        }

        /**
         * How long the next wait may take; null for as long as it takes.
         *
         * @throws DeadlineException.Expired if the time of the call is over
         */
        @Nullable Duration next() {
            if (total < 0) return block < 0 ? null : Arguments.duration(block);
            double left = total - (System.nanoTime() - since) / NANOS;
            if (left <= 0 && total > 0)
                throw new DeadlineException.Expired("the total timeout", "the call");
            double limit = Math.max(left, 0);
            return Arguments.duration(block < 0 ? limit : Math.min(block, limit));
        }
    }
}
