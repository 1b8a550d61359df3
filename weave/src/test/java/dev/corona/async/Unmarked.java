package dev.corona.async;

import dev.corona.channels.Producer;

/** Bodies that nobody weaves. */
final class Unmarked {
    private Unmarked() {}

    static Producer.Body<String> sending() {
        return out -> {
            Virtual.sleepSeconds(1);
            out.send(Task.currentOrNull().engine());
        };
    }
}
