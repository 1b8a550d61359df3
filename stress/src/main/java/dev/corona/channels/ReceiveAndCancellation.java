package dev.corona.channels;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.corona.async.EventLoop;
import dev.corona.async.ModelDriver;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

import java.util.concurrent.CompletableFuture;

/** A thread takes its receive back while the loop has an element for it: it gets that, or the channel keeps it. */
@JCStressTest
@State
@Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "cancelled; the channel keeps the element")
@Outcome(id = "0, 7, 0", expect = ACCEPTABLE, desc = "received")
public class ReceiveAndCancellation {
    private final ModelDriver driver = new ModelDriver();
    private final Channel<Integer> channel = Channel.unlimited();
    private final CompletableFuture<Integer> received;

    public ReceiveAndCancellation() {
        received = new Outside<>(channel, new EventLoop(driver)).receive();
        driver.enter();
        driver.drain();
    }

    @Actor
    public void receiver(III_Result result) {
        result.r1 = received.cancel(false) ? 1 : 0;
    }

    @Actor
    public void loop() {
        driver.enter();
        channel.trySend(7);
    }

    @Arbiter
    public void arbiter(III_Result result) {
        driver.enter();
        driver.drain();
        result.r2 = received.isCancelled() ? 0 : received.getNow(-1);
        result.r3 = channel.size();
    }
}
