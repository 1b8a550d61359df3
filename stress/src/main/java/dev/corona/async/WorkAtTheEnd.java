package dev.corona.async;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

import java.util.concurrent.RejectedExecutionException;

/** Work that is handed in while the loop's thread ends has run, or was refused. */
@JCStressTest
@State
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "taken, and has run")
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused")
public class WorkAtTheEnd {
    private final ThreadDriver driver = new ThreadDriver(LoopClock.system());
    private volatile int ran;

    @Actor
    public void other(II_Result result) {
        try {
            driver.execute(() -> ran = 1);
            result.r1 = 1;
        } catch (RejectedExecutionException refused) {
            result.r1 = 0;
        }
    }

    @Actor
    public void loop() {
        driver.close();
    }

    @Arbiter
    public void arbiter(II_Result result) {
        result.r2 = ran;
    }
}
