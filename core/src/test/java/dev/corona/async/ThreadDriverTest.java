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
        int[] rounds = new int[1];
        Runnable[] again = new Runnable[1];
        again[0] =
                () -> {
                    if (++rounds[0] < 100_000) driver.execute(again[0]);
                };
        driver.execute(again[0]);
        driver.wakeAt(0, () -> log.add("alarm"));
        driver.runUntil(() -> !log.isEmpty(), () -> false);
        assertThat(log).containsExactly("alarm");
        assertThat(rounds[0]).isLessThan(1_000);
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
