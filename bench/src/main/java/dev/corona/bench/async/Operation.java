package dev.corona.bench.async;

import java.util.Locale;

/** What is measured hot: one step of it is one operation. */
enum Operation {
    AWAIT_FUTURE("await of a complete future"),
    AWAIT_TASK("await of a complete task"),
    SPAWN("spawn + run + complete"),
    SPAWN_AND_AWAIT("the same, one by one, awaited"),
    YIELD("yield to the other tasks"),
    RENDEZVOUS("channel hop, rendezvous"),
    PING_PONG("channel hop, there and back"),
    BUFFERED("channel hop, buffer of 64");

    private final String title;

    Operation(String title) {
        this.title = title;
    }

    /** As it reads in tables. */
    String title() {
        return title;
    }

    /** The key of a figure of it. */
    String key(String figure) {
        return name().toLowerCase(Locale.ROOT) + "." + figure;
    }
}
