package dev.corona.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The model of time: what is ready runs in order; when nothing is, time jumps to the next alarms. */
final class ModelLoop {
    /** Something that happens at a moment, unless it is taken back. */
    static final class Alarm {
        private final long millis;
        private final long sequence;
        private final Runnable work;
        private boolean over;

        private Alarm(long millis, long sequence, Runnable work) {
            this.millis = millis;
            this.sequence = sequence;
            this.work = work;
        }

        void cancel() {
            over = true;
        }

        private void ring() {
            if (over) return;
            over = true;
            work.run();
        }
    }

    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(
                    Comparator.comparingLong((Alarm a) -> a.millis)
                            .thenComparingLong(a -> a.sequence));
    private long now;
    private long sequence;

    long now() {
        return now;
    }

    void enqueue(Runnable work) {
        ready.add(work);
    }

    Alarm after(long millis, Runnable work) {
        Alarm alarm = new Alarm(now + millis, sequence++, work);
        alarms.add(alarm);
        return alarm;
    }

    /** Runs until nothing is left. */
    void run() {
        while (true) {
            for (Runnable work = ready.poll(); work != null; work = ready.poll()) work.run();
            if (alarms.isEmpty()) return;
            now = alarms.element().millis;
            for (Alarm alarm : due()) enqueue(alarm::ring);
        }
    }

    private List<Alarm> due() {
        List<Alarm> due = new ArrayList<>();
        while (!alarms.isEmpty() && alarms.element().millis <= now) due.add(alarms.remove());
        return due;
    }
}
