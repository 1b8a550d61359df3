package dev.corona.async;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two threads decide one wait, one by a value and one by an error: the one that wins is what the task gets. */
@JCStressTest
@State
@Outcome(id = "1, 0, 7", expect = ACCEPTABLE, desc = "the value")
@Outcome(id = "0, 1, -1", expect = ACCEPTABLE, desc = "the error")
public class TwoCompletions {
    private final ModelWait wait = new ModelWait();

    @Actor
    public void value(III_Result result) {
        result.r1 = wait.waiter.complete(new int[] {7}) ? 1 : 0;
    }

    @Actor
    public void error(III_Result result) {
        result.r2 = wait.waiter.fail(new IllegalStateException("an error")) ? 1 : 0;
    }

    @Arbiter
    public void arbiter(III_Result result) {
        result.r3 = taken();
    }

    private int taken() {
        try {
            return wait.waiter.take()[0];
        } catch (IllegalStateException error) {
            return -1;
        }
    }
}
