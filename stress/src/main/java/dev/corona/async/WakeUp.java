package dev.corona.async;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A loop that is about to park hears of work that another thread hands in just then; if it did not, this would hang. */
@JCStressTest
@State
@Outcome(id = "1", expect = ACCEPTABLE, desc = "the work has run")
public class WakeUp {
    private volatile @Nullable ThreadDriver driver;

    /** Written and read by the loop's thread. */
    private int ran;

    @Actor
    public void loop(I_Result result) {
        ThreadDriver mine = new ThreadDriver(LoopClock.system());
        driver = mine;
        mine.runUntil(() -> ran > 0, () -> true);
        mine.close();
        result.r1 = ran;
    }

    @Actor
    public void other() {
        ThreadDriver target = driver;
        while (target == null) {
            Thread.onSpinWait();
            target = driver;
        }
        target.execute(() -> ran++);
    }
}
