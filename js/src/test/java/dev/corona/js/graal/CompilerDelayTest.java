package dev.corona.js.graal;

import static org.assertj.core.api.Assertions.assertThat;

import com.oracle.truffle.api.Truffle;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CountDownLatch;

@Timeout(60)
class CompilerDelayTest {
    private final CompilerDelay delay = new CompilerDelay();
    private final CountDownLatch created = new CountDownLatch(1);
    private final Thread starter = new Thread(() -> delay.during(created::countDown));

    /** Stands for Truffle's compiler thread. */
    private final Thread compiler =
            new Thread(
                    () -> {
                        synchronized (Truffle.getRuntime()) {
                            assertThat(created.getCount()).isZero();
                        }
                    });

    @AfterEach
    void endThreads() throws InterruptedException {
        delay.end();
        starter.join();
        compiler.join();
    }

    @Test
    void whoWantsTheRuntimesMonitorWaitsUntilTheFirstStepIsOver() throws InterruptedException {
        starter.start();
        created.await();
        compiler.start();
        awaitState(compiler, Thread.State.BLOCKED);
        delay.begin();
        assertThat(compiler.isAlive()).isTrue();
        delay.end();
        compiler.join();
    }

    @Test
    void aFirstStepThatNeverEndsIsNotWaitedFor() throws InterruptedException {
        starter.start();
        created.await();
        delay.begin();
        starter.join();
    }

    @Test
    void aProgramThatDoesNotStartIsNotWaitedFor() throws InterruptedException {
        starter.start();
        created.await();
        delay.end();
        starter.join();
    }

    @Test
    void anInterruptEndsTheWait() throws InterruptedException {
        starter.start();
        created.await();
        starter.interrupt();
        starter.join();
    }

    private static void awaitState(Thread thread, Thread.State state) {
        while (thread.getState() != state) Thread.onSpinWait();
    }
}
