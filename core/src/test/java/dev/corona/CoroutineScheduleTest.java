package dev.corona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.errors.RingException;
import dev.corona.kernel.Engine;
import dev.corona.kernel.Engines;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.SequencedSet;

/** Schedules that users write, on every engine. */
@ParameterizedClass
@MethodSource("engines")
class CoroutineScheduleTest {
    @Parameter Engine engine;

    private final List<Object> log = new ArrayList<>();

    static List<Engine> engines() {
        return Engines.all();
    }

    @AfterEach
    void leaveTheRingEmpty() {
        Coroutine.schedule(Schedule.roundRobin());
        Coroutine.closeAll();
    }

    private Coroutine counter(String name, int turns) {
        return Coroutine.on(engine, name, () -> count(name, turns));
    }

    private void count(String name, int turns) {
        for (int i = 1; i <= turns; i++) {
            log.add(name + i);
            Coroutine.yieldNext();
        }
    }

    /** First in, first out, on a set of the JDK. */
    private static final class Fifo implements Schedule {
        private final SequencedSet<Coroutine> ready = new LinkedHashSet<>();

        @Override
        public void add(Coroutine c) {
            ready.add(c);
        }

        @Override
        public void remove(Coroutine c) {
            ready.remove(c);
        }

        @Override
        public Coroutine next() {
            return ready.isEmpty() ? null : ready.removeFirst();
        }
    }

    /** Last in, first out: a member runs until its end before an older one does. */
    private static final class Lifo implements Schedule {
        private final SequencedSet<Coroutine> ready = new LinkedHashSet<>();

        @Override
        public void add(Coroutine c) {
            ready.addLast(c);
        }

        @Override
        public void remove(Coroutine c) {
            ready.remove(c);
        }

        @Override
        public Coroutine next() {
            return ready.isEmpty() ? null : ready.removeLast();
        }
    }

    /** A round robin for each of a few priorities; who has none, as the root, has the lowest. */
    private static final class Priorities implements Schedule {
        private final List<Schedule> levels =
                List.of(Schedule.roundRobin(), Schedule.roundRobin(), Schedule.roundRobin());

        @Override
        public void add(Coroutine c) {
            levelOf(c).add(c);
        }

        @Override
        public void remove(Coroutine c) {
            levelOf(c).remove(c);
        }

        @Override
        public Coroutine next() {
            for (Schedule level : levels.reversed()) {
                Coroutine next = level.next();
                if (next != null) return next;
            }
            return null;
        }

        private Schedule levelOf(Coroutine c) {
            return levels.get(c instanceof Ranked ranked ? ranked.priority : 0);
        }
    }

    private final class Ranked extends Coroutine {
        private final int priority;
        private final int turns;

        Ranked(String name, int priority, int turns) {
            this.priority = priority;
            this.turns = turns;
            super(name, engine, null);
        }

        @Override
        protected void run() {
            count(name(), turns);
        }
    }

    @Test
    void firstInFirstOutIsTheRoundRobin() {
        Coroutine.schedule(new Fifo());
        counter("a", 2);
        counter("b", 2);
        Coroutine.yieldNext();
        log.add("root");
        Coroutine.drain();
        assertThat(log).containsExactly("a1", "b1", "root", "a2", "b2");
    }

    @Test
    void lastInFirstOutRunsTheYoungestToItsEnd() {
        Coroutine.schedule(new Lifo());
        counter("a", 2);
        counter("b", 2);
        Coroutine.drain();
        assertThat(log).containsExactly("b1", "b2", "a1", "a2");
    }

    @Test
    void prioritiesRunTheMostUrgentFirst() {
        Coroutine.schedule(new Priorities());
        new Ranked("low", 0, 2);
        new Ranked("high", 2, 2);
        new Ranked("middle", 1, 2);
        new Ranked("high too ", 2, 1);
        Coroutine.yieldNext();
        log.add("root");
        Coroutine.drain();
        assertThat(log)
                .containsExactly(
                        "high1",
                        "high too 1",
                        "high2",
                        "middle1",
                        "middle2",
                        "low1",
                        "root",
                        "low2");
    }

    @Test
    void aScheduleThatStarvesTheOthersStillDrains() {
        class RootFirst implements Schedule {
            private final ArrayDeque<Coroutine> ready = new ArrayDeque<>();

            @Override
            public void add(Coroutine c) {
                if (c.isRoot()) ready.addFirst(c);
                else ready.addLast(c);
            }

            @Override
            public void remove(Coroutine c) {
                ready.remove(c);
            }

            @Override
            public Coroutine next() {
                return ready.pollFirst();
            }
        }
        Coroutine.schedule(new RootFirst());
        counter("a", 2);
        Coroutine.yieldNext();
        assertThat(log).isEmpty();
        Coroutine.drain();
        assertThat(log).containsExactly("a1", "a2");
    }

    @Test
    void directTransfersAndCallsGoThroughEverySchedule() {
        for (Schedule schedule : List.of(new Fifo(), new Lifo(), new Priorities())) {
            log.clear();
            Coroutine.schedule(schedule);
            Coroutine a = counter("a", 2);
            Coroutine b = counter("b", 1);
            Coroutine.yieldCall(b);
            Coroutine.yieldCall(a);
            Coroutine.yieldTo(a);
            assertThat(log).startsWith("b1", "a1", "a2");
            Coroutine.drain();
            assertThat(log).hasSize(3);
        }
    }

    @Test
    void aNewScheduleTakesOverThoseThatAreReady() {
        counter("a", 3);
        counter("b", 3);
        Coroutine.yieldNext();
        Coroutine.schedule(new Lifo());
        Coroutine.drain();
        assertThat(log).containsExactly("a1", "b1", "b2", "b3", "a2", "a3");
    }

    @Test
    void aMemberMaySetTheSchedule() {
        counter("a", 2);
        Coroutine.on(engine, "setter", () -> Coroutine.schedule(new Lifo()));
        counter("b", 2);
        Coroutine.drain();
        assertThat(log).containsExactly("a1", "a2", "b1", "b2");
    }

    @Test
    void aScheduleThatLosesAMemberIsReportedAtTheRoot() {
        class Forgetful implements Schedule {
            @Override
            public void add(Coroutine c) {}

            @Override
            public void remove(Coroutine c) {}

            @Override
            public Coroutine next() {
                return null;
            }

            @Override
            public String toString() {
                return "forgetful";
            }
        }
        Coroutine lost = counter("lost", 1);
        Coroutine.schedule(new Forgetful());
        assertThatThrownBy(Coroutine::yieldNext)
                .isInstanceOf(RingException.BadSchedule.class)
                .hasMessageContaining("forgetful")
                .hasMessageContaining("nothing");
        assertThatThrownBy(Coroutine::drain).isInstanceOf(RingException.BadSchedule.class);
        Coroutine.schedule(Schedule.roundRobin());
        Coroutine.drain();
        assertThat(log).containsExactly("lost1");
        assertThat(lost.isFinished()).isTrue();
    }

    @Test
    void aScheduleThatGivesAFinishedMemberIsReported() {
        Coroutine finished = counter("finished", 0);
        Coroutine.drain();
        class Stale extends Forwarding {
            @Override
            public Coroutine next() {
                return finished;
            }
        }
        Coroutine a = counter("a", 1);
        Coroutine.schedule(new Stale());
        assertThatThrownBy(Coroutine::yieldNext)
                .isInstanceOf(RingException.BadSchedule.class)
                .hasMessageContaining("coroutine finished (FINISHED)");
        Coroutine.schedule(Schedule.roundRobin());
        Coroutine.drain();
        assertThat(a.isFinished()).isTrue();
    }

    @Test
    void errorsOfAScheduleComeOutAtTheRoot() {
        class Broken extends Forwarding {
            @Override
            public Coroutine next() {
                throw new UnsupportedOperationException("no idea");
            }
        }
        counter("a", 1);
        Coroutine.schedule(new Broken());
        assertThatThrownBy(Coroutine::yieldNext)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("no idea");
        assertThatThrownBy(() -> Coroutine.schedule(Schedule.roundRobin())).hasMessage("no idea");
        Coroutine.drain();
        assertThat(log).containsExactly("a1");
    }

    /** A schedule that keeps its members, for those that go wrong in one operation. */
    private static class Forwarding implements Schedule {
        private final Schedule own = Schedule.roundRobin();

        @Override
        public void add(Coroutine c) {
            own.add(c);
        }

        @Override
        public void remove(Coroutine c) {
            own.remove(c);
        }

        @Override
        public Coroutine next() {
            return own.next();
        }
    }

    /** Random transfers, closings and ends; the round robin must agree with a plain queue all the way. */
    @Test
    void roundRobinAgreesWithAQueueOverRandomTransfers() {
        long seed = System.nanoTime();
        List<String> own = randomTransfers(new Random(seed), Schedule.roundRobin());
        List<String> plain = randomTransfers(new Random(seed), new Fifo());
        assertThat(own).as("seed " + seed).isEqualTo(plain).hasSizeGreaterThan(50);
    }

    private List<String> randomTransfers(Random random, Schedule schedule) {
        Coroutine.schedule(schedule);
        List<String> trace = new ArrayList<>();
        List<Coroutine> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String name = "m" + i;
            all.add(Coroutine.on(engine, name, () -> transferAtRandom(random, name, all, trace)));
        }
        Coroutine.drain();
        assertThat(all).allMatch(Coroutine::isFinished);
        return trace;
    }

    private static void transferAtRandom(
            Random random, String name, List<Coroutine> all, List<String> trace) {
        for (int i = 0; i < 10; i++) {
            trace.add(name);
            Coroutine other = all.get(random.nextInt(all.size()));
            boolean able = other.turn() == Coroutine.Turn.READY;
            switch (random.nextInt(8)) {
                case 0, 1 -> Coroutine.yieldTo(able ? other : Coroutine.current());
                case 2, 3 -> {
                    if (able && other.caller == null) Coroutine.yieldCall(other);
                }
                case 4 -> {
                    if (able && random.nextInt(3) == 0) other.close();
                }
                default -> Coroutine.yieldNext();
            }
        }
    }
}
