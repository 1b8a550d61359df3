package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** The duty cycle of a loop that has a thread to itself. */
@Timeout(60)
class ThreadDriverTest {
    private final ThreadDriver driver = new ThreadDriver(LoopClock.virtual());
    private final List<String> log = new ArrayList<>();

    @Test
    void returnsWhenNothingCanHappen() {
        driver.runUntil(() -> false, () -> false);
        assertThat(driver.hasWork()).isFalse();
    }

    @Test
    void firesTheAlarmAlthoughThereIsAlwaysWork() {
        boolean[] rang = new boolean[1];
        Runnable[] endless = new Runnable[1];
        endless[0] = () -> driver.execute(endless[0]);
        driver.execute(endless[0]);
        driver.wakeAt(0, () -> rang[0] = true);
        driver.runUntil(() -> rang[0], () -> false);
        assertThat(rang[0]).isTrue();
    }

    @Test
    void letsTimeGoByOnlyWhenThereIsNothingToDo() {
        driver.wakeAt(1_000, () -> log.add("alarm at " + driver.nanoTime()));
        driver.execute(() -> log.add("work at " + driver.nanoTime()));
        driver.runUntil(() -> log.size() == 2, () -> false);
        assertThat(log).containsExactly("work at 0", "alarm at 1000");
    }

    @Test
    void waitsForOtherThreadsWhileTheyMayBringWork() {
        Runnable outside = () -> driver.execute(() -> log.add("from outside"));
        new Thread(outside).start();
        driver.runUntil(() -> !log.isEmpty(), () -> true);
        assertThat(log).containsExactly("from outside");
    }

    @Test
    void runsWhatWasHandedInBeforeItIsClosedAndRefusesTheRest() {
        driver.execute(() -> log.add("before"));
        driver.close();
        assertThat(log).containsExactly("before");
        assertThatThrownBy(() -> driver.execute(() -> log.add("after")))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(driver.hasWork()).isFalse();
    }

    @Test
    void eitherRunsOrRefusesWhatComesWhileItIsClosed() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            ThreadDriver closing = new ThreadDriver(LoopClock.virtual());
            AtomicInteger ran = new AtomicInteger();
            AtomicInteger refused = new AtomicInteger();
            CountDownLatch go = new CountDownLatch(1);
            Thread other = Thread.ofVirtual().start(() -> flood(closing, go, ran, refused));
            go.countDown();
            closing.close();
            other.join();
            assertThat(ran.get() + refused.get()).isEqualTo(100);
        }
    }

    private static void flood(
            ThreadDriver target, CountDownLatch go, AtomicInteger ran, AtomicInteger refused) {
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        for (int i = 0; i < 100; i++) {
            try {
                target.execute(ran::incrementAndGet);
            } catch (RejectedExecutionException e) {
                refused.incrementAndGet();
            }
        }
    }
}
