package dev.corona.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.async.Corona;
import dev.corona.async.Stages;
import dev.corona.async.Task;
import dev.corona.async.Virtual;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Random tasks that send, receive, select, time out and are cancelled: every element that was sent comes out once. */
@Timeout(120)
class RandomTrafficTest {
    private static final int PROGRAMS = 400;
    private static final int TASKS = 8;
    private static final int STEPS = 40;

    /** One program, and what has gone through its channels. */
    private static final class Program {
        private final Random random;
        private final List<Channel<Integer>> channels = new ArrayList<>();
        private final Set<Integer> sent = new HashSet<>();
        private final List<Integer> received = new ArrayList<>();
        private int numbers;

        Program(long seed) {
            random = new Random(seed);
            channels.add(Channel.rendezvous());
            channels.add(Channel.buffered(1 + random.nextInt(3)));
            channels.add(Channel.unlimited());
        }

        void run() {
            List<Task<Object>> tasks = new ArrayList<>();
            for (int i = 0; i < TASKS; i++) tasks.add(Virtual.spawn("t" + i, this::work));
            for (int i = 0; i < TASKS / 2; i++) {
                Corona.sleep(Duration.ofMillis(random.nextInt(20)));
                tasks.get(random.nextInt(TASKS)).cancel(true);
            }
            Corona.sleep(Duration.ofSeconds(10));
            tasks.forEach(task -> task.cancel(true));
            Stages.settled(tasks);
        }

        private void work() {
            for (int i = 0; i < STEPS; i++) step();
        }

        private void step() {
            switch (random.nextInt(6)) {
                case 0 -> {
                    int number = numbers++;
                    any().send(number);
                    sent.add(number);
                }
                case 1 -> received.add(any().receive());
                case 2 -> {
                    int number = numbers++;
                    if (any().trySend(number)) sent.add(number);
                }
                case 3 -> {
                    Integer taken = any().tryReceive();
                    if (taken != null) received.add(taken);
                }
                case 4 -> select();
                default -> Corona.sleep(Duration.ofMillis(random.nextInt(5)));
            }
        }

        private void select() {
            int number = numbers++;
            Select<Boolean> select = random.nextBoolean() ? Select.fair(random) : Select.biased();
            select.onReceive(any(), received::add)
                    .onSend(any(), number, () -> sent.add(number))
                    .onReceive(any(), received::add);
            if (random.nextBoolean())
                select.onTimeout(Duration.ofMillis(random.nextInt(10)), () -> false);
            if (random.nextInt(8) == 0) select.otherwise(() -> false);
            select.await();
        }

        private Channel<Integer> any() {
            return channels.get(random.nextInt(channels.size()));
        }

        void check(String program) {
            List<Integer> out = new ArrayList<>(received);
            for (Channel<Integer> each : channels) {
                assertThat(each.waitingReceivers() + each.waitingSenders()).as(program).isZero();
                for (Integer left = each.tryReceive(); left != null; left = each.tryReceive())
                    out.add(left);
            }
            assertThat(out).as(program).doesNotHaveDuplicates();
            assertThat(new HashSet<>(out)).as(program).isEqualTo(sent);
        }
    }

    @Test
    void losesAndDoublesNothing() {
        long first = System.nanoTime();
        int traffic = 0;
        for (int i = 0; i < PROGRAMS; i++) {
            long seed = first + i;
            Program program = new Program(seed);
            Virtual.run(
                    () -> {
                        program.run();
                        program.check("seed " + seed);
                    });
            traffic += program.received.size();
        }
        assertThat(traffic).isGreaterThan(PROGRAMS);
    }
}
