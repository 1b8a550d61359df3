package dev.corona.async;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Another thread completes what a task waits for while the task is cancelled: one of them decides. */
@JCStressTest
@State
@Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "completed")
@Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "cancelled, and the request withdrawn")
public class CompletionAndCancellation {
    private final ModelWait wait = new ModelWait();

    @Actor
    public void completer(III_Result result) {
        result.r1 = wait.waiter.complete(new int[] {1}) ? 1 : 0;
    }

    @Actor
    public void loop(III_Result result) {
        result.r2 = wait.waiter.cancel(ModelWait.cancellation()) ? 1 : 0;
    }

    @Arbiter
    public void arbiter(III_Result result) {
        result.r3 = wait.withdrawn;
    }
}
