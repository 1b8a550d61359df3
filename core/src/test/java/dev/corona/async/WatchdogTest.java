package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The watchdog, looking when the test says so. */
class WatchdogTest {
    private static final SpawnSite SITE = SpawnSite.of(List.of());

    private long now = 1_000;
    private final HandDriver driver = new HandDriver();
    private final EventLoop loop = new EventLoop(driver);
    private final List<String> reports = new ArrayList<>();
    private final List<Throwable> uncaught = new ArrayList<>();
    private final Watchdog watchdog =
            new Watchdog(
                    loop, Duration.ofMillis(100), () -> now, Watchdog::javaStack, reports::add);

    @BeforeEach
    void noteErrors() {
        loop.onUncaught((task, error) -> uncaught.add(error));
    }

    /** Computes for a time, during which the watchdog looks at the beginning and at the end. */
    private void computeFor(long millis) {
        watchdog.check();
        now += millis * 1_000_000;
        watchdog.check();
    }

    private void spawn(String name, Virtual.Body body) {
        loop.spawn(name, SITE, Virtual.callable(body));
    }

    @Test
    void reportsALongStepOnceWithTheTaskAndTheUsersStack() {
        spawn(
                "cruncher",
                () -> {
                    computeFor(150);
                    computeFor(1_000);
                });
        driver.drain();
        assertThat(uncaught).isEmpty();
        assertThat(reports).hasSize(1);
        assertThat(reports.getFirst())
                .startsWith("The event loop has not had a break for 150 ms: cruncher blocks")
                .contains("WatchdogTest.computeFor(WatchdogTest.java")
                .doesNotContain("dev.corona.async.EventLoop")
                .doesNotContain("dev.corona.kernel");
    }

    @Test
    void reportsEachLongStep() {
        spawn(
                "cruncher",
                () -> {
                    computeFor(150);
                    Corona.yieldNow();
                    computeFor(150);
                });
        driver.drain();
        assertThat(reports).hasSize(2);
    }

    @Test
    void saysNothingOfShortSteps() {
        spawn(
                "polite",
                () -> {
                    for (int i = 0; i < 10; i++) {
                        computeFor(99);
                        Corona.yieldNow();
                    }
                });
        driver.drain();
        assertThat(uncaught).isEmpty();
        assertThat(reports).isEmpty();
    }

    @Test
    void saysNothingWhileTheLoopIsIdle() {
        computeFor(10_000);
        spawn("sleeper", () -> Corona.sleep(Duration.ofHours(1)));
        driver.drain();
        computeFor(10_000);
        loop.end();
        computeFor(10_000);
        assertThat(reports).isEmpty();
    }

    @Test
    void reportsCallbacksAndTurnHooks() {
        loop.execute(() -> computeFor(200));
        driver.drain();
        assertThat(reports).hasSize(1);
        assertThat(reports.getFirst()).contains("200 ms: a callback").contains("computeFor");
        boolean[] crunched = new boolean[1];
        loop.addTurnHook(
                () -> {
                    if (!crunched[0]) computeFor(300);
                    crunched[0] = true;
                });
        spawn("short", () -> {});
        driver.drain();
        assertThat(reports).hasSize(2);
        assertThat(reports.getLast()).contains("300 ms: a callback").contains("computeFor");
    }

    @Test
    void seesAStepInsideOfAStep() {
        loop.execute(
                () -> {
                    computeFor(50);
                    loop.start("inner", SITE, Virtual.callable(() -> computeFor(200)));
                    computeFor(150);
                });
        driver.drain();
        computeFor(10_000);
        assertThat(uncaught).isEmpty();
        assertThat(reports).hasSize(2);
        assertThat(reports.getFirst()).contains("200 ms: inner");
        assertThat(reports.getLast()).contains("150 ms: a callback");
    }

    @Test
    @Timeout(60)
    void reportsABlockedThreadWhileItIsBlocked() {
        AtomicReference<String> report = new AtomicReference<>();
        CountDownLatch reported = new CountDownLatch(1);
        Boolean seen =
                Corona.run(
                        () -> {
                            Watchdog real =
                                    Watchdog.watch(
                                            EventLoop.current(),
                                            Duration.ofMillis(5),
                                            Watchdog::javaStack,
                                            text -> {
                                                report.set(text);
                                                reported.countDown();
                                            });
                            try (real) {
                                return blockUntil(reported);
                            }
                        });
        assertThat(seen).isTrue();
        assertThat(report.get())
                .contains(": main blocks")
                .contains("WatchdogTest.blockUntil(WatchdogTest.java");
    }

    private static boolean blockUntil(CountDownLatch latch) throws InterruptedException {
        return latch.await(50, TimeUnit.SECONDS);
    }

    @Test
    @Timeout(60)
    void goesOnWhenTheSinkFails() {
        CountDownLatch reports = new CountDownLatch(2);
        Boolean seen =
                Corona.run(
                        () -> {
                            Watchdog real =
                                    Watchdog.watch(
                                            EventLoop.current(),
                                            Duration.ofMillis(5),
                                            thread -> List.of(),
                                            text -> {
                                                reports.countDown();
                                                throw new IllegalStateException("sink, on purpose");
                                            });
                            try (real) {
                                while (reports.getCount() > 1) Thread.onSpinWait();
                                Corona.yieldNow();
                                return blockUntil(reports);
                            }
                        });
        assertThat(seen).isTrue();
    }

    @Test
    void refusesALimitThatIsNotPositive() {
        assertThatThrownBy(() -> Watchdog.watch(loop, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be positive, but was PT0S");
    }
}
