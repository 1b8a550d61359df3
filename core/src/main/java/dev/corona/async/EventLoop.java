package dev.corona.async;

import dev.corona.errors.LoopException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A queue of ready tasks, their timers, and the one thread that runs them: one world in which nothing else happens between
 * two calls that wait. The thread is somebody's own ({@link Corona#run}) or driven by a {@link LoopDriver}.
 *
 * <p>A <em>turn</em> takes what is ready and runs each until it waits again; after each step the turn hooks run, which is how
 * a language runtime drains its microtasks. The loop itself runs no user code with a monitor held and outside of any
 * coroutine: it is the root that every task suspends to.
 *
 * <p><b>Threads.</b> {@link #execute}, {@link #spawn} and cancellation may come from any thread; the rest belongs to the
 * loop's thread, its tasks included.
 */
public final class EventLoop {
    /** Steps of one turn, after which the driver may look after its input. */
    private static final int STEPS_PER_TURN = 256;

    private static final AtomicLong NAMES = new AtomicLong();

    private final LoopDriver driver;
    private final ArrayDeque<Object> ready = new ArrayDeque<>();
    private final TimerQueue timers = new TimerQueue();
    private final List<Runnable> turnHooks = new ArrayList<>();
    private final Runnable turn = this::turn;
    private final Runnable onAlarm = this::onAlarm;
    private long alarmNanos = Long.MAX_VALUE;
    private boolean turnIsQueued;
    private boolean ended;
    private @Nullable Task<?> tasks;
    private int taskCount;
    private int externalWaits;
    private int holds;
    private UncaughtHandler onUncaught = Reports::printUncaught;

    /**
     * For the watchdog: counts up when a step begins and when the loop becomes idle; odd while a step runs. Set lazily: the
     * watchdog may see it late.
     */
    private final AtomicLong pulse = new AtomicLong();

    private volatile @Nullable Thread thread;
    private @Nullable Object running;

    /** A loop on {@code driver}'s thread. Nothing runs before something is spawned or handed in. */
    public EventLoop(LoopDriver driver) {
        this.driver = driver;
    }

    /** The loop that the caller's task runs on. */
    public static EventLoop current() {
        return Task.requireCurrent("the current event loop").loop;
    }

    /** Whether the caller is this loop's thread or one of its tasks. */
    public boolean isCurrent() {
        if (driver.isLoopThread()) return true;
        Task<?> task = Task.currentOrNull();
        return task != null && task.loop == this;
    }

    /** The time of this loop in nanoseconds; only differences mean anything. */
    public long nanoTime() {
        return driver.nanoTime();
    }

    /** Spawns a task; see {@link #spawn(String, SpawnSite, Callable)}. */
    public <T> Task<T> spawn(Callable<? extends T> body) {
        return spawn("task-" + NAMES.incrementAndGet(), SpawnSite.here(), body);
    }

    /**
     * A new task, which starts in the next turn. Any thread.
     *
     * @throws LoopException.Ended if this loop has ended
     */
    public <T> Task<T> spawn(String name, SpawnSite site, Callable<? extends T> body) {
        Task<T> task = new Task<>(this, name, site, Task.currentOrNull(), body);
        if (isCurrent()) adopt(task);
        else driver.execute(() -> adopt(task));
        return task;
    }

    /**
     * Runs a new task at once, on the caller's stack, until it waits for the first time. For drivers and language
     * runtimes: the caller is the loop's thread, outside of any task, and holds no monitor.
     */
    public <T> Task<T> start(String name, SpawnSite site, Callable<? extends T> body) {
        Task<T> task = new Task<>(this, name, site, null, body);
        link(task);
        runStep(task);
        return task;
    }

    private void adopt(Task<?> task) {
        if (ended) throw new LoopException.Ended("spawn " + task);
        link(task);
        enqueue(task);
    }

    /** Runs {@code work} on the loop's thread in a turn of its own, not in a task: it must not wait. Any thread. */
    public void execute(Runnable work) {
        if (isCurrent()) enqueue(work);
        else driver.execute(() -> enqueue(work));
    }

    /** Runs {@code work} after {@code delay} as {@link #execute} does; a negative delay counts as none. */
    public Timer schedule(Duration delay, Runnable work) {
        return schedule(delay.toNanos(), work);
    }

    /** Runs {@code work} after {@code delayNanos} as {@link #execute} does; a negative delay counts as none. */
    public Timer schedule(long delayNanos, Runnable work) {
        Timer timer = new Timer(this, driver.nanoTime() + Math.max(0, delayNanos), work);
        timers.add(timer);
        armAlarm();
        return timer;
    }

    void removeTimer(Timer timer) {
        timers.remove(timer);
    }

    /** Runs {@code hook} after each step of a task and each piece of work, outside of any task. */
    public void addTurnHook(Runnable hook) {
        turnHooks.add(hook);
    }

    /** Keeps the loop from being idle: something outside, such as a listening socket, may bring work at any time. */
    public void hold() {
        holds++;
    }

    /** Takes one {@link #hold()} back. */
    public void release() {
        holds--;
        if (holds < 0) throw new AssertionError("more releases than holds");
    }

    /** Number of {@link #hold()}s that were not released. */
    public int holds() {
        return holds;
    }

    /** Number of timers that wait. */
    public int timers() {
        return timers.size();
    }

    /** Tells {@code handler} of errors that no one asked for, in place of printing them to standard error. */
    public void onUncaught(UncaughtHandler handler) {
        onUncaught = handler;
    }

    /** The live tasks, the newest first. */
    public List<Task<?>> tasks() {
        List<Task<?>> live = new ArrayList<>(taskCount);
        for (Task<?> task = tasks; task != null; task = task.next) live.add(task);
        return live;
    }

    /** One line for each live task: what it waits for and where it was spawned. */
    public String describeTasks() {
        return Reports.waiting(tasks());
    }

    /** Number of live tasks. */
    public int taskCount() {
        return taskCount;
    }

    void countExternalWait(int difference) {
        externalWaits += difference;
    }

    /** Whether something outside may still bring work: a hold, or a task that waits for another thread. */
    public boolean isSomethingPending() {
        return holds > 0 || externalWaits > 0;
    }

    /** Whether anything is queued to run now. */
    public boolean hasReady() {
        return !ready.isEmpty();
    }

    void makeReady(Task<?> task) {
        if (isCurrent()) enqueue(task);
        else driver.execute(() -> enqueue(task));
    }

    private void enqueue(Object work) {
        ready.add(work);
        if (turnIsQueued) return;
        turnIsQueued = true;
        driver.execute(turn);
    }

    private void turn() {
        turnIsQueued = false;
        for (int steps = 0; steps < STEPS_PER_TURN; steps++) {
            Object work = ready.poll();
            if (work == null) break;
            runStep(work);
        }
        if (!ready.isEmpty() && !turnIsQueued) {
            turnIsQueued = true;
            driver.execute(turn);
        }
    }

    private void runStep(Object work) {
        if (thread == null) thread = Thread.currentThread();
        running = work;
        pulse.lazySet(pulse.getPlain() + 1);
        if (work instanceof Task<?> task) task.step();
        else runGuarded((Runnable) work);
        for (int i = 0; i < turnHooks.size(); i++) turnHooks.get(i).run();
        pulse.lazySet(pulse.getPlain() + 1);
        running = null;
    }

    private void runGuarded(Runnable work) {
        try {
            work.run();
        } catch (Throwable error) {
            onUncaught.uncaught(null, error);
        }
    }

    private void armAlarm() {
        Timer first = timers.peek();
        if (first == null || first.deadlineNanos == alarmNanos) return;
        if (alarmNanos != Long.MAX_VALUE && first.deadlineNanos - alarmNanos >= 0) return;
        alarmNanos = first.deadlineNanos;
        driver.wakeAt(alarmNanos, onAlarm);
    }

    private void onAlarm() {
        alarmNanos = Long.MAX_VALUE;
        long now = driver.nanoTime();
        for (Timer first = timers.peek(); first != null; first = timers.peek()) {
            if (first.deadlineNanos - now > 0) break;
            timers.remove(first);
            enqueue((Runnable) first::fire);
        }
        armAlarm();
    }

    private void link(Task<?> task) {
        task.next = tasks;
        if (tasks != null) tasks.previous = task;
        tasks = task;
        taskCount++;
    }

    void ended(Task<?> task) {
        if (task.previous == null) tasks = task.next;
        else task.previous.next = task.next;
        if (task.next != null) task.next.previous = task.previous;
        task.previous = null;
        task.next = null;
        taskCount--;
    }

    /** Tells the handler at the end of what is ready now, unless somebody asks for the result by then. */
    void failed(Task<?> task, Throwable error) {
        execute(
                () -> {
                    if (task.isTaken()) return;
                    task.take();
                    onUncaught.uncaught(task, error);
                });
    }

    /** Throws if a thread that runs this loop is about to block until {@code task} has ended. */
    void refuseBlocking(Task<?> task) {
        if (!task.isDone() && driver.isLoopThread())
            throw new LoopException.NestedLoop("block until " + task + " has ended");
    }

    /** Ends the loop: every task that is left is unwound, the newest first. For drivers, outside of any task. */
    public void end() {
        ended = true;
        for (Task<?> task = tasks; task != null; task = tasks) {
            unwind(task);
            if (tasks == task) ended(task);
        }
    }

    private void unwind(Task<?> task) {
        try {
            task.unwind();
        } catch (Throwable error) {
            onUncaught.uncaught(task, error);
        }
    }

    /** For the watchdog; see the field. */
    long pulse() {
        return pulse.get();
    }

    /** For the watchdog: what runs now, read without synchronization. */
    @Nullable Object running() {
        return running;
    }

    /** The thread that has run a step; null before the first. */
    public @Nullable Thread thread() {
        return thread;
    }
}
