package dev.corona.blocking;

import dev.corona.async.Corona;
import dev.corona.async.LoopClock;
import dev.corona.async.Task;
import dev.corona.channels.Channel;
import dev.corona.channels.Producer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/** Bytes that come a few at a time, each after a wait. */
final class Drip {
    private Drip() {}

    /** A source of {@code bytes}, {@code step} at a time, a virtual second between them. */
    static ByteSource of(byte[] bytes, int step) {
        return ByteSource.of(
                Producer.<byte[]>of(
                        "drip",
                        0,
                        out -> {
                            for (int i = 0; i < bytes.length; i += step) {
                                Corona.sleep(Duration.ofSeconds(1));
                                out.send(
                                        Arrays.copyOfRange(
                                                bytes, i, Math.min(bytes.length, i + step)));
                            }
                        }));
    }

    /** Runs {@code body} as a task, and says whether another task of the loop ran while it waited. */
    static <T> T watched(Callable<T> body) {
        return Corona.run(
                LoopClock.virtual(),
                () -> {
                    List<Integer> ticks = new ArrayList<>();
                    Task<Object> clock =
                            Corona.spawn(
                                    () -> {
                                        while (true) {
                                            Corona.sleep(Duration.ofMillis(500));
                                            ticks.add(1);
                                        }
                                    });
                    try {
                        return body.call();
                    } finally {
                        clock.cancel(true);
                        if (ticks.isEmpty())
                            throw new AssertionError("no other task ran meanwhile");
                    }
                });
    }

    /** A sink whose every write is taken a second later; answers all bytes when it is closed. */
    static Task<byte[]> slowReader(Channel<byte[]> chunks) {
        return Corona.spawn(
                () -> {
                    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
                    for (byte[] each : chunks) {
                        Corona.sleep(Duration.ofSeconds(1));
                        all.writeBytes(each);
                    }
                    return all.toByteArray();
                });
    }
}
