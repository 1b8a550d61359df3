package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.errors.LoopException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** When tasks start, what they are called and what they inherit; bodies may be woven. */
class SpawnerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<String> log = new ArrayList<>();

    @Test
    void aDelayedTaskStartsWhenItsTimeHasCome() {
        Virtual.run(
                () -> {
                    Task<Long> late =
                            Spawner.defaults()
                                    .withDelay(SECOND)
                                    .spawn(() -> EventLoop.current().nanoTime());
                    assertThat(Corona.await(late)).isEqualTo(1_000_000_000L);
                    Deadline point = Deadline.after(SECOND);
                    Task<Long> later =
                            Spawner.defaults()
                                    .withStartAt(point)
                                    .spawn(() -> EventLoop.current().nanoTime());
                    assertThat(later.join()).isEqualTo(2_000_000_000L);
                });
    }

    @Test
    void theLoopLivesUntilADelayedTaskHasRun() {
        Duration time =
                Virtual.run(
                        () -> Spawner.defaults().withDelay(SECOND).spawn(() -> log.add("delayed")));
        assertThat(log).containsExactly("delayed");
        assertThat(time).isEqualTo(SECOND);
    }

    @Test
    void cancellingADelayedTaskTakesItsTimerBack() {
        Virtual.run(
                () -> {
                    Task<Boolean> never =
                            Spawner.defaults().withDelay(SECOND).spawn(() -> log.add("ran"));
                    never.cancel(false);
                    assertThat(EventLoop.current().timers()).isZero();
                    assertThat(Virtual.thrownBy(() -> Corona.await(never)))
                            .isInstanceOf(CancellationException.class);
                });
        assertThat(log).isEmpty();
    }

    @Test
    void aLazyTaskStartsWhenItIsFirstAsked() {
        Virtual.run(
                () -> {
                    Spawner lazily = Spawner.defaults().lazily();
                    Task<String> awaited = lazily.spawn(() -> started("awaited"));
                    Task<String> joined = lazily.spawn(() -> started("joined"));
                    Task<String> composed = lazily.spawn(() -> started("composed"));
                    lazily.spawn(() -> started("never asked"));
                    Virtual.sleepSeconds(1);
                    assertThat(log).isEmpty();
                    assertThat(Corona.await(awaited) + joined.join()).isEqualTo("awaitedjoined");
                    String made = Corona.await(composed.thenApply(v -> v + "!"));
                    assertThat(made).isEqualTo("composed!");
                    assertThat(Corona.await(awaited)).isEqualTo("awaited");
                });
        assertThat(log).containsExactly("awaited", "joined", "composed");
    }

    private String started(String name) {
        log.add(name);
        Corona.yieldNow();
        return name;
    }

    @Test
    void aLazyTaskTakesPartInStages() {
        Virtual.run(
                () -> {
                    Spawner lazily = Spawner.defaults().lazily();
                    List<Task<String>> tasks =
                            List.of(
                                    lazily.spawn(() -> started("a")),
                                    lazily.spawn(() -> started("b")));
                    assertThat(Stages.all(tasks)).containsExactly("a", "b");
                });
    }

    @Test
    void aCancelledLazyTaskNeverStarts() {
        Virtual.run(
                () -> {
                    Task<String> lazy = Spawner.defaults().lazily().spawn(() -> started("x"));
                    lazy.cancel(false);
                    assertThat(Virtual.thrownBy(() -> Corona.await(lazy)))
                            .isInstanceOf(CancellationException.class);
                });
        assertThat(log).isEmpty();
    }

    @Test
    void aLazyTaskOfALoopThatHasEndedIsCancelledWhenItIsAsked() {
        Task<String> lazy =
                Virtual.call(() -> Spawner.defaults().lazily().spawn(() -> started("x")));
        assertThat(Virtual.thrownBy(lazy::join)).isInstanceOf(CancellationException.class);
        assertThat(log).isEmpty();
    }

    @Test
    void namesTasksAndNumbersTheirChildren() {
        Virtual.run(
                () -> {
                    Task<String> named =
                            Spawner.defaults()
                                    .withName("server")
                                    .withNames("request")
                                    .spawn(() -> Corona.spawn(() -> childName()).join());
                    assertThat(named.name()).isEqualTo("server");
                    assertThat(named.join()).matches("request-\\d+");
                });
    }

    private static String childName() {
        return Task.currentOrNull().name();
    }

    @Test
    void childrenInheritWhoIsToldOfErrors() {
        Virtual.run(
                () -> {
                    Spawner spawner =
                            Spawner.defaults()
                                    .withUncaught((task, error) -> log.add(error.getMessage()));
                    spawner.spawn(
                            () -> {
                                Virtual.spawn("child", () -> Virtual.spawn("g", () -> fail("g")));
                                return fail("child");
                            });
                    Virtual.sleepSeconds(1);
                });
        assertThat(log).containsExactly("child", "g");
    }

    private static Object fail(String message) {
        throw new IllegalStateException(message);
    }

    @Test
    void childrenInheritHowMuchIsKeptOfTheirSpawns() {
        Virtual.run(
                () -> {
                    Task<Task<String>> parent =
                            Spawner.defaults()
                                    .withSites(SpawnSites.BODY)
                                    .spawn(() -> Corona.spawn(() -> ""));
                    SpawnSite child = parent.join().spawnSite();
                    assertThat(child.lines()).hasSize(1);
                    assertThat(child.summary()).contains("a body in", "SpawnerTest");
                    assertThat(Corona.spawn(() -> "").spawnSite().summary())
                            .contains("SpawnerTest.java");
                });
    }

    @Test
    void aSpawnerThatIsChangedStaysAsItWas() {
        Spawner plain = Spawner.defaults();
        Spawner named = plain.withName("named");
        Virtual.run(
                () -> {
                    assertThat(plain.spawn(() -> "").name()).startsWith("task-");
                    assertThat(named.spawn(() -> "").name()).isEqualTo("named");
                    assertThat(named.withNames("x").spawn(() -> "").name()).isEqualTo("named");
                });
    }

    @Test
    void needsALoopOutsideOfTasks() {
        assertThat(Virtual.thrownBy(() -> Spawner.defaults().spawn(() -> "")))
                .isInstanceOf(LoopException.NotInTask.class);
        HandDriver driver = new HandDriver();
        Task<String> task = Spawner.defaults().withLoop(new EventLoop(driver)).spawn(() -> "on it");
        driver.drain();
        assertThat(task.resultNow()).isEqualTo("on it");
    }
}
