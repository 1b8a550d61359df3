package dev.corona.async;

/** The timers of a loop, and the one alarm of its driver, which is set for the first of them. For the loop's thread. */
final class Alarm {
    private final EventLoop loop;
    private final LoopDriver driver;
    private final TimerQueue timers = new TimerQueue();
    private final Runnable onAlarm = this::ring;
    private long alarmNanos;
    private boolean isSet;

    Alarm(EventLoop loop, LoopDriver driver) {
        this.loop = loop;
        this.driver = driver;
    }

    void add(Timer timer) {
        timers.add(timer);
        set();
    }

    void remove(Timer timer) {
        timers.remove(timer);
        if (isSet && timers.isEmpty()) isSet = !driver.cancelAlarm();
    }

    int timers() {
        return timers.size();
    }

    /** For the end of the loop. */
    void cancel() {
        if (isSet) driver.cancelAlarm();
    }

    private void set() {
        Timer first = timers.peek();
        if (first == null || isSet && first.deadlineNanos - alarmNanos >= 0) return;
        isSet = true;
        alarmNanos = first.deadlineNanos;
        driver.wakeAt(alarmNanos, onAlarm);
    }

    private void ring() {
        isSet = false;
        if (loop.hasEnded()) return;
        long now = driver.nanoTime();
        for (Timer first = timers.peek(); first != null; first = timers.peek()) {
            if (first.deadlineNanos - now > 0) break;
            timers.remove(first);
            loop.enqueue(first);
        }
        set();
    }
}
