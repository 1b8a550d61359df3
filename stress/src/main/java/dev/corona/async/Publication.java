package dev.corona.async;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A task that sees its wait decided sees the value, and all that the other thread wrote into that before. */
@JCStressTest
@State
@Outcome(id = "-1", expect = ACCEPTABLE, desc = "not decided yet")
@Outcome(id = "7", expect = ACCEPTABLE, desc = "the whole value")
public class Publication {
    private final ModelWait wait = new ModelWait();

    @Actor
    public void completer() {
        int[] value = new int[1];
        value[0] = 7;
        wait.waiter.complete(value);
    }

    @Actor
    public void task(I_Result result) {
        result.r1 = wait.waiter.isDone() ? wait.waiter.take()[0] : -1;
    }
}
