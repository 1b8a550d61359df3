package dev.corona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.kernel.Engine;
import dev.corona.kernel.Engines;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;

/** The schedules that Corona has, on every engine. */
@ParameterizedClass
@MethodSource("engines")
class BuiltInSchedulesTest {
    @Parameter Engine engine;

    private final List<String> log = new ArrayList<>();

    static List<Engine> engines() {
        return Engines.all();
    }

    @AfterEach
    void leaveTheRingEmpty() {
        Coroutine.schedule(Schedule.roundRobin());
        Coroutine.closeAll();
    }

    private Coroutine counter(String name, int turns) {
        return Coroutine.on(
                engine,
                name,
                () -> {
                    for (int i = 1; i <= turns; i++) {
                        log.add(name + i);
                        Coroutine.yieldNext();
                    }
                });
    }

    @Test
    void theMostUrgentRunsAndEqualsTakeTurns() {
        PrioritySchedule schedule = Schedule.byPriority();
        Coroutine.schedule(schedule);
        Coroutine low = counter("low", 1);
        Coroutine a = counter("a", 2);
        Coroutine b = counter("b", 2);
        schedule.setLevel(low, 63);
        schedule.setLevel(a, 0);
        schedule.setLevel(b, 0);
        Coroutine.drain();
        assertThat(log).containsExactly("a1", "b1", "a2", "b2", "low1");
        assertThat(schedule.level(low)).isEqualTo(63);
    }

    @Test
    void aLevelThatDoesNotExistIsRefused() {
        PrioritySchedule schedule = Schedule.byPriority();
        Coroutine.schedule(schedule);
        Coroutine c = counter("c", 1);
        assertThatThrownBy(() -> schedule.setLevel(c, 64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a level must be from 0, the most urgent, to 63, but was 64");
        assertThat(schedule.level(c)).isEqualTo(PrioritySchedule.DEFAULT_LEVEL);
    }

    @Test
    void theEarliestDeadlineRunsAndThoseWithoutOneComeLast() {
        DeadlineSchedule schedule = Schedule.byDeadline();
        Coroutine.schedule(schedule);
        counter("none", 1);
        schedule.setDeadline(counter("late", 1), 200);
        schedule.setDeadline(counter("soon", 2), 100);
        schedule.setDeadline(counter("also soon", 2), 100);
        Coroutine.drain();
        assertThat(log)
                .containsExactly("soon1", "also soon1", "soon2", "also soon2", "late1", "none1");
    }

    @Test
    void aDeadlineMayBeMovedWhileItRuns() {
        DeadlineSchedule schedule = Schedule.byDeadline();
        Coroutine.schedule(schedule);
        Coroutine moving =
                Coroutine.on(
                        engine,
                        "moving",
                        () -> {
                            log.add("moving1");
                            schedule.setDeadline(Coroutine.current(), 300);
                            Coroutine.yieldNext();
                            log.add("moving2");
                        });
        schedule.setDeadline(moving, 1);
        schedule.setDeadline(counter("other", 2), 200);
        Coroutine.drain();
        assertThat(log).containsExactly("moving1", "other1", "other2", "moving2");
    }

    @Test
    void theRoundRobinCanBeReordered() {
        RoundRobin schedule = Schedule.roundRobin();
        Coroutine.schedule(schedule);
        Coroutine a = counter("a", 1);
        counter("b", 1);
        Coroutine c = counter("c", 1);
        schedule.moveFirst(c);
        schedule.moveLast(a);
        schedule.moveFirst(Coroutine.current());
        Coroutine.drain();
        assertThat(log).containsExactly("c1", "b1", "a1");
        schedule.moveFirst(a);
        schedule.moveLast(a);
        Coroutine.yieldNext();
    }

    @Test
    void theRoundRobinIsOfTheReadyOnes() {
        RoundRobin turns = Schedule.roundRobin();
        Coroutine.schedule(turns);
        Coroutine.on(
                engine,
                "a",
                () -> {
                    for (int i = 1; i <= 2; i++) {
                        Coroutine.yieldNext();
                        log.add("a" + i);
                        turns.moveFirst(Coroutine.current());
                        turns.moveLast(Coroutine.current());
                        counter("a's " + i, 1);
                    }
                });
        counter("b", 3);
        Coroutine.drain();
        assertThat(log).containsExactly("b1", "a1", "b2", "a's 11", "a2", "b3", "a's 21");
    }

    @Test
    void aMemberThatEndedIsNotKeptByTheRoundRobin() {
        Coroutine.schedule(Schedule.roundRobin());
        Coroutine member = counter("a", 3);
        Coroutine.drain();
        assertThat(member.scheduledBy).isNull();
        assertThat(member.before).isNull();
        assertThat(member.after).isNull();
    }

    @Test
    void aSeedRepeatsTheRandomOrder() {
        assertThat(randomOrder(1)).isEqualTo(randomOrder(1));
        assertThat(randomOrder(1)).isNotEqualTo(randomOrder(2));
    }

    private List<String> randomOrder(long seed) {
        log.clear();
        Coroutine.schedule(Schedule.random(new Random(seed)));
        for (int i = 0; i < 12; i++) counter("c" + i + "-", 3);
        Coroutine.drain();
        assertThat(log).hasSize(36).doesNotHaveDuplicates();
        return List.copyOf(log);
    }

    @Test
    void theRandomOneGivesEachTheSameChance() {
        long seed = System.nanoTime();
        RandomSchedule schedule = Schedule.random(new Random(seed));
        List<Coroutine> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) all.add(counter("c" + i, 1));
        int[] counts = new int[4];
        all.forEach(schedule::add);
        for (int i = 0; i < 8000; i++) {
            Coroutine next = schedule.next();
            counts[all.indexOf(next)]++;
            schedule.add(next);
        }
        for (int count : counts) assertThat(count).as("seed " + seed).isBetween(1800, 2200);
        Coroutine.schedule(Schedule.roundRobin());
    }

    @Test
    void prioritiesAgreeWithASortedList() {
        PrioritySchedule schedule = Schedule.byPriority();
        agreesWithASortedList(
                schedule, schedule::level, (c, r) -> schedule.setLevel(c, r), true, 64);
    }

    @Test
    void deadlinesAgreeWithASortedList() {
        DeadlineSchedule schedule = Schedule.byDeadline();
        agreesWithASortedList(
                schedule, schedule::deadline, (c, r) -> schedule.setDeadline(c, r), false, 20);
    }

    /** Random additions, removals, changes and turns against a list that is searched for the least rank. */
    private void agreesWithASortedList(
            Schedule schedule,
            ToLongFunction<Coroutine> rank,
            BiConsumer<Coroutine, Integer> setRank,
            boolean changeMovesToTheEnd,
            int ranks) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Coroutine> idle = new ArrayList<>();
        for (int i = 0; i < 60; i++) idle.add(counter("c" + i, 1));
        List<Coroutine> model = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    if (idle.isEmpty()) continue;
                    Coroutine c = idle.removeLast();
                    schedule.add(c);
                    model.add(c);
                }
                case 1 -> {
                    if (model.isEmpty()) continue;
                    Coroutine c = model.remove(random.nextInt(model.size()));
                    schedule.remove(c);
                    idle.add(c);
                }
                case 2 -> {
                    if (model.isEmpty()) continue;
                    Coroutine c = model.get(random.nextInt(model.size()));
                    setRank.accept(c, random.nextInt(ranks));
                    if (changeMovesToTheEnd) {
                        model.remove(c);
                        model.add(c);
                    }
                }
                default -> {
                    Coroutine expected =
                            model.stream().min(Comparator.comparingLong(rank)).orElse(null);
                    assertThat(schedule.next())
                            .as("seed %d, step %d", seed, step)
                            .isSameAs(expected);
                    if (expected == null) continue;
                    model.remove(expected);
                    idle.addFirst(expected);
                }
            }
        }
    }
}
