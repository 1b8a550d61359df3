package dev.corona.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The contract on virtual threads. */
class ThreadEngineTest extends ContinuationContract {
    private final Engine engine = new ThreadEngine();

    @Override
    Engine engine() {
        return engine;
    }

    @Override
    Thread roomyThread(Runnable work) {
        return Thread.ofVirtual().unstarted(work);
    }

    @Test
    void keepsTheResumersMonitors() {
        Object monitor = new Object();
        Continuation c = create(Continuation::suspend);
        synchronized (monitor) {
            c.resume();
            assertThat(Thread.holdsLock(monitor)).isTrue();
            c.resume();
        }
        assertThat(Thread.holdsLock(monitor)).isFalse();
    }
}
