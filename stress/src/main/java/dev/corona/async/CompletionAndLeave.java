package dev.corona.async;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A task leaves a wait, since its loop ends, while another thread completes it: the request is withdrawn, or was answered. */
@JCStressTest
@State
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "answered")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "withdrawn")
public class CompletionAndLeave {
    private final ModelWait wait = new ModelWait();

    @Actor
    public void completer(II_Result result) {
        result.r1 = wait.waiter.complete(new int[] {1}) ? 1 : 0;
    }

    @Actor
    public void loop() {
        wait.leave();
    }

    @Arbiter
    public void arbiter(II_Result result) {
        result.r2 = wait.withdrawn;
    }
}
