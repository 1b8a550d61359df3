package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.errors.LoopException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** A loop whose driver is stepped by hand. */
class EventLoopTest {
    private static final SpawnSite SITE = SpawnSite.of(List.of());
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final HandDriver driver = new HandDriver();
    private final EventLoop loop = new EventLoop(driver);
    private final List<String> log = new ArrayList<>();

    private Task<Object> spawn(String name, Virtual.Body body) {
        return loop.spawn(name, SITE, Virtual.callable(body));
    }

    private Timer timer(long seconds, String entry) {
        return loop.schedule(Duration.ofSeconds(seconds), () -> log.add(entry));
    }

    @Test
    void runsNothingUntilItIsDriven() {
        Task<Object> task = spawn("t", () -> log.add("t"));
        loop.execute(() -> log.add("work"));
        assertThat(log).isEmpty();
        assertThat(driver.backlog()).isEqualTo(1);
        driver.step();
        assertThat(log).containsExactly("t", "work");
        assertThat(task.isDone()).isTrue();
        assertThat(driver.backlog()).isZero();
    }

    @Test
    void queuesOneTurnForAllThatBecomesReadyInIt() {
        spawn(
                "t",
                () -> {
                    loop.execute(() -> log.add("a"));
                    loop.execute(() -> log.add("b"));
                });
        driver.step();
        assertThat(log).containsExactly("a", "b");
        assertThat(driver.backlog()).isZero();
    }

    @Test
    void letsTheDriverLookAfterItsInputAfterALongTurn() {
        for (int i = 0; i < 300; i++) loop.execute(() -> log.add("x"));
        driver.step();
        assertThat(log).hasSize(256);
        assertThat(driver.backlog()).isEqualTo(1);
        driver.step();
        assertThat(log).hasSize(300);
    }

    @Test
    void firesTimersInTheOrderOfTheirDeadlinesAndOfTheirCreation() {
        timer(2, "2a");
        timer(1, "1a");
        timer(2, "2b");
        timer(1, "1b");
        timer(-5, "now");
        driver.advance(Duration.ZERO);
        assertThat(log).containsExactly("now");
        driver.advance(Duration.ofSeconds(5));
        assertThat(log).containsExactly("now", "1a", "1b", "2a", "2b");
        assertThat(loop.timers()).isZero();
    }

    @Test
    void aTimerIsPendingUntilItHasRunOrIsCancelled() {
        Timer fires = timer(1, "fires");
        Timer cancelled = timer(1, "cancelled");
        assertThat(fires.isPending()).isTrue();
        cancelled.cancel();
        assertThat(cancelled.isPending()).isFalse();
        driver.pass(SECOND);
        assertThat(fires.isPending()).isTrue();
        driver.drain();
        assertThat(fires.isPending()).isFalse();
        fires.cancel();
        assertThat(log).containsExactly("fires");
    }

    @Test
    void aTimerThatIsCancelledBetweenItsDeadlineAndItsTurnDoesNotFire() {
        List<Timer> second = new ArrayList<>();
        loop.schedule(SECOND, () -> second.getFirst().cancel());
        second.add(timer(1, "second"));
        driver.pass(SECOND);
        assertThat(loop.timers()).isZero();
        assertThat(second.getFirst().isPending()).isTrue();
        driver.drain();
        assertThat(second.getFirst().isPending()).isFalse();
        assertThat(log).isEmpty();
    }

    @Test
    void letsTheDriverLookAfterItsInputWhenATaskYields() {
        int[] yields = new int[2];
        for (int i = 0; i < 2; i++) spawn("busy " + i, yieldingUntilInput(yields, i));
        driver.step();
        assertThat(yields).containsExactly(1, 1);
        driver.step();
        assertThat(yields).containsExactly(2, 2);
        assertThat(driver.backlog()).isOne();
        log.add("input");
        driver.drain();
        assertThat(loop.taskCount()).isZero();
    }

    private Virtual.Body yieldingUntilInput(int[] yields, int index) {
        return () -> {
            while (log.isEmpty()) {
                yields[index]++;
                Corona.yieldNow();
            }
        };
    }

    @Test
    void setsTheAlarmForTheEarliestTimerOnly() {
        timer(5, "5");
        timer(7, "7");
        assertThat(driver.alarmsSet).isEqualTo(1);
        timer(3, "3");
        assertThat(driver.alarmsSet).isEqualTo(2);
        assertThat(driver.alarmNanos()).isEqualTo(Duration.ofSeconds(3).toNanos());
        driver.advance(Duration.ofSeconds(3));
        assertThat(driver.alarmNanos()).isEqualTo(Duration.ofSeconds(5).toNanos());
        assertThat(log).containsExactly("3");
    }

    @Test
    void takesTheAlarmBackWithTheLastTimer() {
        Timer first = timer(1, "first");
        Timer second = timer(2, "second");
        first.cancel();
        assertThat(driver.hasAlarm()).isTrue();
        second.cancel();
        assertThat(driver.hasAlarm()).isFalse();
        timer(9, "third");
        driver.advance(Duration.ofSeconds(9));
        assertThat(log).containsExactly("third");
    }

    @Test
    void bearsAnAlarmThatRingsInVain() {
        driver.keepsAlarms = true;
        timer(1, "first").cancel();
        assertThat(driver.hasAlarm()).isTrue();
        timer(2, "second");
        assertThat(driver.alarmsSet).isEqualTo(1);
        driver.advance(SECOND);
        assertThat(log).isEmpty();
        driver.advance(SECOND);
        assertThat(log).containsExactly("second");
    }

    @Test
    void bearsAnAlarmThatRingsTooEarly() {
        timer(1, "first");
        driver.ring();
        driver.drain();
        assertThat(log).isEmpty();
        driver.advance(SECOND);
        assertThat(log).containsExactly("first");
    }

    @Test
    void runsTheTurnHooksAfterEachStepOutsideOfAnyTask() {
        loop.addTurnHook(() -> log.add("hook " + Task.currentOrNull()));
        spawn(
                "t",
                () -> {
                    log.add("step 1");
                    Corona.yieldNow();
                    log.add("step 2");
                });
        driver.drain();
        assertThat(log).containsSubsequence("step 1", "hook null", "step 2", "hook null");
        assertThat(log).doesNotContain("hook t");
    }

    @Test
    void startRunsATaskAtOnceUntilItWaits() {
        Task<Object> task =
                loop.start(
                        "t",
                        SITE,
                        () -> {
                            log.add("at once");
                            Corona.sleep(SECOND);
                            return log.add("later");
                        });
        assertThat(log).containsExactly("at once");
        assertThat(task.spawner()).isNull();
        driver.advance(SECOND);
        assertThat(log).containsExactly("at once", "later");
        assertThat(loop.taskCount()).isZero();
    }

    @Test
    void aTurnHookMayStartATaskThatWaits() {
        boolean[] started = new boolean[1];
        loop.addTurnHook(
                () -> {
                    if (started[0]) return;
                    started[0] = true;
                    loop.start("from hook", SITE, Virtual.callable(this::yieldAndLog));
                    log.add("hook ends");
                });
        loop.execute(() -> log.add("work"));
        driver.drain();
        assertThat(log).containsExactly("work", "hook ends", "yielded");
    }

    private void yieldAndLog() {
        Corona.yieldNow();
        log.add("yielded");
    }

    @Test
    void listsItsTasksTheNewestFirst() {
        Task<Object> a = spawn("a", () -> Corona.sleep(SECOND));
        Task<Object> b = spawn("b", () -> Corona.sleep(SECOND));
        Task<Object> c = spawn("c", Corona::yieldNow);
        assertThat(loop.tasks()).containsExactly(c, b, a);
        driver.drain();
        assertThat(loop.tasks()).containsExactly(b, a);
        assertThat(loop.describeTasks()).contains("a waits for sleep 1000 ms, spawned at -");
        driver.advance(SECOND);
        assertThat(loop.tasks()).isEmpty();
    }

    @Test
    void runsWhatAnotherThreadHandsIn() throws Exception {
        AtomicReference<Task<String>> task = new AtomicReference<>();
        onAnotherThread(
                () -> {
                    assertThat(loop.isCurrent()).isFalse();
                    task.set(loop.spawn(() -> "value"));
                    loop.execute(() -> log.add("work"));
                });
        assertThat(loop.taskCount()).isZero();
        driver.drain();
        assertThat(task.get().join()).isEqualTo("value");
        assertThat(log).containsExactly("work");
    }

    private static void onAnotherThread(Runnable work) throws Exception {
        CompletableFuture<Void> done = CompletableFuture.runAsync(work, r -> new Thread(r).start());
        done.get();
    }

    @Test
    void aTaskThatIsCancelledBeforeTheLoopHasHeardOfItNeverRuns() throws Exception {
        Task<Object> kept = spawn("kept", () -> log.add("kept"));
        AtomicReference<Task<?>> task = new AtomicReference<>();
        onAnotherThread(() -> task.set(spawn("foreign", () -> log.add("foreign"))));
        task.get().cancel(true);
        assertThat(loop.tasks()).containsExactly(kept);
        driver.drain();
        assertThat(log).containsExactly("kept");
        assertThat(task.get().isCancelled()).isTrue();
        assertThat(loop.taskCount()).isZero();
    }

    @Test
    void isCurrentInItsTasksAndOnItsThread() {
        assertThat(loop.isCurrent()).isTrue();
        spawn("t", () -> log.add(loop.isCurrent() + " " + (EventLoop.current() == loop)));
        driver.drain();
        assertThat(log).containsExactly("true true");
    }

    @Test
    void endUnwindsItsTasksTheNewestFirst() {
        spawn("a", () -> sleepAndLog("a"));
        spawn("b", () -> sleepAndLog("b"));
        driver.drain();
        Task<Object> unstarted = spawn("c", () -> log.add("c"));
        loop.end();
        assertThat(log).containsExactly("b", "a");
        assertThat(unstarted.isCancelled()).isTrue();
        assertThat(loop.taskCount()).isZero();
        assertThat(driver.hasAlarm()).isFalse();
    }

    @Test
    void endReportsTheErrorsThatWaitForTheirTurn() {
        loop.onUncaught((task, error) -> log.add(task + ": " + error.getMessage()));
        Virtual.Body failing =
                () -> {
                    throw new IllegalStateException("boom");
                };
        loop.start("t", SITE, Virtual.callable(failing));
        loop.start("taken", SITE, Virtual.callable(failing)).take();
        assertThat(log).isEmpty();
        loop.end();
        assertThat(log).containsExactly("t: boom");
    }

    private void sleepAndLog(String name) {
        try {
            Corona.sleep(SECOND);
        } finally {
            log.add(name);
        }
    }

    @Test
    void runsNothingAfterItsEnd() {
        driver.keepsAlarms = true;
        List<Waiter<Object>> waiters = new ArrayList<>();
        spawn("t", () -> Corona.suspend("x", waiters::add));
        driver.drain();
        timer(1, "timer");
        loop.execute(() -> log.add("work"));
        loop.end();
        assertThat(waiters.getFirst().complete("late")).isFalse();
        driver.advance(SECOND);
        assertThat(log).isEmpty();
    }

    @Test
    void refusesWorkAfterItsEndFromAnyThread() throws Exception {
        loop.end();
        assertThatThrownBy(() -> spawn("late", () -> {})).isInstanceOf(LoopException.Ended.class);
        assertThatThrownBy(() -> loop.start("late", SITE, () -> ""))
                .isInstanceOf(LoopException.Ended.class)
                .hasMessageContaining("start late");
        onAnotherThread(
                () ->
                        assertThatThrownBy(() -> spawn("late", () -> {}))
                                .isInstanceOf(LoopException.Ended.class));
        assertThat(driver.backlog()).isZero();
    }

    @Test
    void cancelsATaskThatItHearsOfAfterItsEnd() throws Exception {
        AtomicReference<Task<?>> task = new AtomicReference<>();
        onAnotherThread(() -> task.set(spawn("foreign", () -> log.add("ran"))));
        loop.end();
        driver.drain();
        assertThat(log).isEmpty();
        assertThat(task.get().isCancelled()).isTrue();
    }

    @Test
    void bearsADriverThatRunsNothingAnyMore() throws Exception {
        List<Waiter<Object>> waiters = new ArrayList<>();
        Task<Object> task = spawn("t", () -> Corona.suspend("x", waiters::add));
        driver.drain();
        driver.rejects = true;
        onAnotherThread(
                () -> {
                    assertThatThrownBy(() -> loop.spawn(() -> ""))
                            .isInstanceOf(LoopException.Ended.class);
                    loop.execute(() -> log.add("work"));
                    task.cancel(true);
                    assertThat(waiters.getFirst().complete("v")).isTrue();
                });
        loop.end();
        assertThat(task.isDone()).isTrue();
    }
}
