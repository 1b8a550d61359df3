package dev.corona;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

class LinksTest {
    private final Schedule owner = new Fifo();
    private final Links links = new Links(owner);
    private final List<Coroutine> all = new ArrayList<>();

    /** Leaves the fields of coroutines alone that {@link Links} uses. */
    private static final class Fifo implements Schedule {
        private final Deque<Coroutine> ready = new ArrayDeque<>();

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
            return ready.pollFirst();
        }
    }

    @BeforeEach
    void makeCoroutines() {
        Coroutine.schedule(new Fifo());
        for (int i = 0; i < 5; i++) all.add(Coroutine.of("c" + i, () -> {}));
    }

    @AfterEach
    void leaveTheRingEmpty() {
        Coroutine.closeAll();
        Coroutine.schedule(Schedule.roundRobin());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithAQueueOverRandomOperations(long seed) {
        Random random = new Random(seed);
        Deque<Coroutine> queue = new ArrayDeque<>();
        for (int step = 0; step < 20_000; step++) {
            Coroutine c = all.get(random.nextInt(all.size()));
            if (queue.contains(c)) use(random, queue, c);
            else add(random, queue, c);
            String where = "seed %d, step %d".formatted(seed, step);
            for (Coroutine each : all)
                assertThat(links.holds(each)).as(where).isEqualTo(queue.contains(each));
            if (random.nextInt(4) == 0)
                assertThat(links.isEmpty()).as(where).isEqualTo(queue.isEmpty());
        }
    }

    private void add(Random random, Deque<Coroutine> queue, Coroutine newcomer) {
        switch (random.nextInt(6)) {
            case 0 -> {
                links.addFirst(newcomer);
                queue.addFirst(newcomer);
            }
            case 1 -> {
                links.addLast(newcomer);
                queue.addLast(newcomer);
            }
            default -> {
                Coroutine next = newcomer;
                for (int i = random.nextInt(8); i >= 0; i--) {
                    queue.addLast(next);
                    next = links.rotate(next);
                    assertThat(next).isSameAs(queue.pollFirst());
                }
            }
        }
    }

    private void use(Random random, Deque<Coroutine> queue, Coroutine member) {
        if (random.nextInt(3) > 0) {
            assertThat(links.poll()).isSameAs(queue.pollFirst());
        } else {
            links.remove(member);
            queue.remove(member);
        }
    }

    @Test
    void whatARotationGaveIsLetGoByAnyOtherOperation() {
        Coroutine only = all.getFirst();
        assertThat(links.rotate(only)).isSameAs(only);
        assertThat(links.poll()).isNull();
        assertThat(only.scheduledBy).isNull();
        assertThat(only.before).isNull();
        assertThat(only.after).isNull();
    }
}
