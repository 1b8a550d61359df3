package dev.corona.async;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** The heap of timers against a sorted list. */
class TimerQueueTest {
    private final EventLoop loop = new EventLoop(new HandDriver());
    private final TimerQueue queue = new TimerQueue();
    private final List<Timer> model = new ArrayList<>();

    private Timer add(long deadline) {
        Timer timer = new Timer(loop, deadline, () -> {});
        queue.add(timer);
        model.add(timer);
        return timer;
    }

    private Timer earliestOfModel() {
        return model.stream()
                .min(
                        Comparator.<Timer>comparingLong(t -> t.deadlineNanos)
                                .thenComparingLong(t -> t.sequence))
                .orElse(null);
    }

    private void remove(Timer timer) {
        queue.remove(timer);
        model.remove(timer);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 1_000_000})
    void keepsTheEarliestOnTopUnderRandomOperations(int deadlines) {
        long seed = new Random().nextLong();
        System.out.println("TimerQueueTest: seed " + seed + ", deadlines below " + deadlines);
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            int choice = random.nextInt(10);
            if (choice < 5 || model.isEmpty()) add(random.nextInt(deadlines));
            else if (choice < 8) remove(model.get(random.nextInt(model.size())));
            else remove(queue.peek());
            assertThat(queue.peek()).as("seed %d, step %d", seed, i).isSameAs(earliestOfModel());
            assertThat(queue.size()).isEqualTo(model.size());
        }
        drainInOrder();
    }

    private void drainInOrder() {
        while (!model.isEmpty()) {
            Timer first = queue.peek();
            assertThat(first).isSameAs(earliestOfModel());
            remove(first);
            assertThat(first.index).isNegative();
        }
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.peek()).isNull();
    }

    @Test
    void keepsTheOrderOfCreationAmongEqualDeadlines() {
        for (int i = 0; i < 100; i++) add(7);
        remove(model.get(50));
        remove(model.get(0));
        add(7);
        List<Timer> expected = List.copyOf(model);
        List<Timer> seen = new ArrayList<>();
        while (!queue.isEmpty()) {
            seen.add(queue.peek());
            queue.remove(queue.peek());
        }
        assertThat(seen).containsExactlyElementsOf(expected);
    }

    @Test
    void ignoresTheRemovalOfATimerThatIsNotInIt() {
        Timer timer = add(1);
        Timer other = add(2);
        queue.remove(timer);
        queue.remove(timer);
        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.peek()).isSameAs(other);
    }

    @Test
    void comparesDeadlinesAcrossTheOverflowOfTheClock() {
        Timer after = add(Long.MIN_VALUE + 10);
        Timer before = add(Long.MAX_VALUE - 10);
        assertThat(queue.peek()).isSameAs(before);
        queue.remove(before);
        assertThat(queue.peek()).isSameAs(after);
    }
}
