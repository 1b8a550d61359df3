package dev.corona.async;

import dev.corona.errors.LoopException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

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
 *
 * <p><b>Errors.</b> What a callback, a turn hook or a task that nobody asks throws goes to the handler of uncaught errors; the
 * loop goes on.
 */
public final class EventLoop {
    /** Deadlines are compared by their difference, which must not overflow. */
    private static final long LONGEST_DELAY_NANOS = TimeUnit.DAYS.toNanos(36_525);

    /** Steps of one turn, after which the driver may look after its input. */
    private static final int STEPS_PER_TURN = 256;

    private static final AtomicLong NAMES = new AtomicLong();

    /** The loop whose turn the thread is in. */
    private static final ThreadLocal<EventLoop> TURNING = new ThreadLocal<>();

    private final LoopDriver driver;

    /** What is to run, in order: a {@link Task}, a {@link Timer} or a {@link Runnable} each. */
    private final ArrayDeque<Object> ready = new ArrayDeque<>();

    private final Alarm alarm;
    private final List<Runnable> turnHooks = new ArrayList<>();
    private final Set<Runnable> endHooks = new LinkedHashSet<>();
    private final Runnable turn = this::turn;
    private boolean turnIsQueued;

    /** Written by the loop's thread; who looks from another thread too early hears from the driver, or is unwound. */
    private volatile boolean ended;

    private final TaskList tasks = new TaskList();
    private int externalWaits;
    private int holds;
    private TaskContext defaultContext = TaskContext.DEFAULT;
    private Cleanup cleanup = Cleanup.unwind();

    /** What its executor has done wrong; null as long as that is nothing. */
    private volatile LoopException.@Nullable BadExecutor brokenBy;

    /** Because of what the loop is ending just now; null at any other time. */
    private @Nullable Throwable errorAtEnd;

    private UncaughtHandler onUncaught = Reports::printUncaught;

    private final Pulse pulse = new Pulse();

    /** The time when the turn of now began. */
    private long turnNanos;

    /** A loop on {@code driver}'s thread. Nothing runs before something is spawned or handed in. */
    public EventLoop(LoopDriver driver) {
        this.driver = driver;
        alarm = new Alarm(this, driver);
        Dumps.register(this);
    }

    /**
     * A loop on the thread of {@code executor}, which must run what it is given one after the other, in order, on one thread, and
     * reject nothing. That is checked; an executor that does otherwise ends the loop by a {@link LoopException.BadExecutor}, which
     * goes to the handler of uncaught errors, to those who hand in more, and as a cause to those who wait for the loop's tasks. The
     * tasks that are suspended are unwound by the thread that has noticed; those that cannot be, because their engine binds them
     * to the executor's thread, are cancelled and left, and the error names them by its suppressed ones. The loop lives until
     * {@link #shutDown}.
     */
    public static EventLoop on(Executor executor) {
        return on(new ExecutorDriver(executor, null));
    }

    /**
     * As {@link #on(Executor)}, for an executor whose thread can be told before it has run anything.
     *
     * @param onThread whether the caller is the executor's thread, such as {@code SwingUtilities::isEventDispatchThread}
     */
    public static EventLoop on(Executor executor, BooleanSupplier onThread) {
        return on(new ExecutorDriver(executor, onThread));
    }

    private static EventLoop on(ExecutorDriver driver) {
        EventLoop loop = new EventLoop(driver);
        driver.serve(loop);
        return loop;
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

    /** Spawns a task; see {@link #spawn(String, SpawnSite, Callable)}. {@link Spawner} has more to choose from. */
    public <T> Task<T> spawn(Callable<? extends T> body) {
        TaskContext context = inherited();
        return spawn(newName(context.names()), context.sites().of(body), context, body);
    }

    /**
     * A new task, which starts in the next turn. Any thread. If the loop ends before it has heard of the task, the task is
     * cancelled.
     *
     * @throws LoopException.Ended if this loop has ended
     */
    public <T> Task<T> spawn(String name, SpawnSite site, Callable<? extends T> body) {
        return spawn(name, site, inherited(), body);
    }

    private <T> Task<T> spawn(
            String name, SpawnSite site, TaskContext context, Callable<? extends T> body) {
        Task<T> task = create(name, site, Task.currentOrNull(), context, body);
        admit(task);
        return task;
    }

    private TaskContext inherited() {
        Task<?> spawner = Task.currentOrNull();
        return spawner == null ? defaultContext : spawner.context();
    }

    /** A task that the loop does not know yet. Any thread. */
    <T> Task<T> create(
            String name,
            SpawnSite site,
            @Nullable Task<?> spawner,
            TaskContext context,
            Callable<? extends T> body) {
        requireLive("spawn", name);
        return new Task<>(this, name, site, spawner, context, body);
    }

    static String newName(String prefix) {
        return prefix + "-" + NAMES.incrementAndGet();
    }

    /** What tasks inherit that no task has spawned. */
    TaskContext defaultContext() {
        return defaultContext;
    }

    /** Lets {@code task} start in the next turn. Any thread. */
    void admit(Task<?> task) {
        boolean here = isCurrent();
        boolean taken = here ? willTurn() : post(() -> adopt(task));
        if (!taken) throw refusal("spawn " + task.name());
        if (here) adopt(task);
    }

    /** Whether there is going to be another turn; false if the driver takes no work. */
    private boolean willTurn() {
        queueTurn();
        return turnIsQueued;
    }

    /** Lets {@code task} start after a delay. Any thread. */
    void admitAfter(Task<?> task, long delayNanos) {
        if (isCurrent()) adoptAfter(task, delayNanos);
        else if (!post(() -> adoptAfter(task, delayNanos))) throw refusal("spawn " + task.name());
    }

    private void adoptAfter(Task<?> task, long delayNanos) {
        if (ended) {
            unwind(task);
        } else if (!task.isDone()) {
            link(task);
            task.startBy(schedule(delayNanos, () -> enqueue(task)));
        }
    }

    /** Lets a lazy task start; it ends as cancelled if the loop has ended. Any thread. */
    void adoptFromAnywhere(Task<?> task) {
        if (isCurrent()) adopt(task);
        else if (!post(() -> adopt(task))) unwind(task);
    }

    /** Takes in a task that has moved here, and lets it go on. */
    void arrived(Task<?> task, Waiter<?> move) {
        if (ended) {
            unwind(task);
        } else {
            link(task);
            move.complete();
        }
    }

    boolean hasEnded() {
        return ended;
    }

    /** A time in nanoseconds; one that does not fit is the longest that does. */
    static long delayNanos(Duration time) {
        return Math.clamp(
                TimeUnit.NANOSECONDS.convert(time), -LONGEST_DELAY_NANOS, LONGEST_DELAY_NANOS);
    }

    /**
     * Runs a new task at once, on the caller's stack, until it waits for the first time. For drivers and language
     * runtimes: the caller is the loop's thread, outside of any task, and holds no monitor.
     *
     * @throws LoopException.Ended if this loop has ended
     */
    public <T> Task<T> start(String name, SpawnSite site, Callable<? extends T> body) {
        requireLive("start", name);
        Task<T> task = new Task<>(this, name, site, null, defaultContext, body);
        link(task);
        turnNanos = driver.nanoTime();
        runStep(task);
        return task;
    }

    private void adopt(Task<?> task) {
        if (ended) {
            unwind(task);
        } else if (!task.isDone()) {
            link(task);
            enqueue(task);
        }
    }

    /**
     * Runs {@code work} on the loop's thread in a turn of its own, not in a task: it must not wait. Any thread. Nothing
     * happens if the loop has ended, as it may have when an event comes from outside.
     */
    public void execute(Runnable work) {
        if (isCurrent()) enqueue(work);
        else post(() -> enqueue(work));
    }

    /**
     * As {@link #execute(Runnable)}; if the loop has ended by then, runs {@code ifEnded} instead, on the caller's thread or the
     * loop's.
     */
    public void execute(Runnable work, Runnable ifEnded) {
        if (isCurrent()) enqueueOr(work, ifEnded);
        else if (!post(() -> enqueueOr(work, ifEnded))) ifEnded.run();
    }

    private void enqueueOr(Runnable work, Runnable ifEnded) {
        if (ended) ifEnded.run();
        else enqueue(new OrIfEnded(work, ifEnded));
    }

    /** Work that a loop which ends before its turn comes replaces by other work. */
    private record OrIfEnded(Runnable work, Runnable ifEnded) implements Runnable {
        @Override
        public void run() {
            work.run();
        }
    }

    /** Runs {@code hook} when this loop ends, after its tasks have been unwound; for the loop's thread. */
    public void addEndHook(Runnable hook) {
        endHooks.add(hook);
    }

    /** Takes a hook back; nothing happens if it is none. For the loop's thread. */
    public void removeEndHook(Runnable hook) {
        endHooks.remove(hook);
    }

    private void requireLive(String operation, String what) {
        if (ended) throw refusal(operation + " " + what);
    }

    private LoopException refusal(String operation) {
        LoopException.BadExecutor error = brokenBy;
        return error == null ? new LoopException.Ended(operation) : error;
    }

    /** What its executor has done wrong; null as long as that is nothing. */
    LoopException.@Nullable BadExecutor brokenBy() {
        return brokenBy;
    }

    /** Has the driver run {@code work} outside of any step; answers false if its thread runs nothing any more. */
    boolean post(Runnable work) {
        try {
            driver.execute(work);
            return true;
        } catch (RejectedExecutionException driverHasEnded) {
            return false;
        } catch (LoopException.BadExecutor error) {
            if (brokenBy == null) brokenBy = error;
            return false;
        }
    }

    /** Runs {@code work} after {@code delay}; see {@link #schedule(long, Runnable)}. */
    public Timer schedule(Duration delay, Runnable work) {
        return schedule(TimeUnit.NANOSECONDS.convert(delay), work);
    }

    /**
     * Runs {@code work} after {@code delayNanos} as {@link #execute} does, unless the loop has ended by then. A negative delay
     * counts as none, and one of more than a hundred years as a hundred years.
     */
    public Timer schedule(long delayNanos, Runnable work) {
        long delay = Math.clamp(delayNanos, 0, LONGEST_DELAY_NANOS);
        Timer timer = new Timer(this, driver.nanoTime() + delay, work);
        alarm.add(timer);
        return timer;
    }

    void removeTimer(Timer timer) {
        alarm.remove(timer);
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
        if (holds == 0) throw new AssertionError("more releases than holds");
        holds--;
    }

    /** Number of {@link #hold()}s that were not released. */
    public int holds() {
        return holds;
    }

    /** Number of timers that wait. */
    public int timers() {
        return alarm.timers();
    }

    /** Tells {@code handler} of errors that no one asked for, in place of printing them to standard error. */
    public void onUncaught(UncaughtHandler handler) {
        onUncaught = handler;
    }

    /** The live tasks, the newest first. */
    public List<Task<?>> tasks() {
        return tasks.all();
    }

    /** One line for each live task: what it waits for and where it was spawned. */
    public String describeTasks() {
        return Reports.waiting(tasks());
    }

    /** Number of live tasks. */
    public int taskCount() {
        return tasks.size();
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

    /** Whether it has come to its end: no task, no hold, nothing queued. Timers of nobody's do not count. */
    boolean isIdle() {
        return tasks.size() == 0 && holds == 0 && ready.isEmpty();
    }

    /** Lets {@code task} run in the next turn. Any thread; in vain after the end. */
    void makeReady(Task<?> task) {
        if (isCurrent()) enqueue(task);
        else post(() -> enqueue(task));
    }

    /** Queues a task, a timer or a {@code Runnable}; in vain after the end. */
    void enqueue(Object work) {
        if (ended) return;
        ready.add(work);
        queueTurn();
    }

    private void queueTurn() {
        if (!turnIsQueued) turnIsQueued = post(turn);
    }

    private void turn() {
        EventLoop outer = TURNING.get();
        TURNING.set(this);
        turnNanos = driver.nanoTime();
        try {
            runReady();
        } finally {
            if (outer == null) TURNING.remove();
            else TURNING.set(outer);
        }
    }

    /** Whether the caller is inside of a turn of some loop, in a task or not. */
    static boolean isInTurn() {
        return TURNING.get() != null;
    }

    private void runReady() {
        for (int steps = 0; steps < STEPS_PER_TURN; steps++) {
            Object work = ready.poll();
            if (work == null) break;
            runStep(work);
        }
        turnIsQueued = false;
        if (!ready.isEmpty()) queueTurn();
    }

    private void runStep(Object work) {
        Object outer = pulse.running();
        int beats = outer == null ? 1 : 2;
        pulse.begin(work, beats);
        try {
            if (work instanceof Task<?> task) stepOf(task);
            else if (work instanceof Timer timer) timer.fire();
            else ((Runnable) work).run();
        } catch (Throwable error) {
            report(work instanceof Task<?> task ? task : null, error);
        }
        for (int i = 0; i < turnHooks.size() && !ended; i++) runHook(turnHooks.get(i));
        pulse.beat(outer, beats);
    }

    /** A task that has moved away meanwhile is woken where it is. */
    private void stepOf(Task<?> task) {
        if (task.loop == this) task.step();
        else task.wake();
    }

    private void runHook(Runnable hook) {
        pulse.runs(hook);
        try {
            hook.run();
        } catch (Throwable error) {
            report(null, error);
        }
    }

    void link(Task<?> task) {
        tasks.add(task);
    }

    /** Forgets a task; nothing happens if it is not, or no longer, one of this loop's. */
    void ended(Task<?> task) {
        tasks.remove(task);
    }

    /**
     * Tells the handler at the end of what is ready now, unless somebody asks for the result by then; at once when the loop
     * ends, as those who asked are unwound too.
     */
    void failed(Task<?> task, Throwable error) {
        if (ended) report(task, error);
        else enqueue(new Failed(this, task, error));
    }

    /** An error that is reported if nobody has asked for the task's result when its turn comes. */
    private record Failed(EventLoop loop, Task<?> task, Throwable error) implements Runnable {
        @Override
        public void run() {
            if (!task.isTaken()) loop.report(task, error);
            task.forgetSpawner();
        }
    }

    /** Tells the handler, or the error because of which the loop ends; if the handler fails itself, both errors are printed. */
    void report(@Nullable Task<?> task, Throwable error) {
        if (errorAtEnd != null) {
            ScopeEnding.addSuppressed(errorAtEnd, error);
            return;
        }
        UncaughtHandler own = task == null ? null : task.ownContext().uncaught();
        try {
            (own == null ? onUncaught : own).uncaught(task, error);
        } catch (Throwable inHandler) {
            Reports.printUncaught(task, error);
            Reports.printUncaught(null, inHandler);
        }
    }

    /** Throws if a thread that runs this loop is about to block until {@code task} has ended. */
    void refuseBlocking(Task<?> task) {
        if (!task.isDone() && driver.isLoopThread())
            throw new LoopException.NestedLoop("block until " + task + " has ended");
    }

    /** What becomes of the tasks that are suspended when this loop ends; to unwind them, if nothing is said. */
    public void onEnd(Cleanup newCleanup) {
        cleanup = newCleanup;
    }

    /** How much is kept of the places of spawns, where the spawner says nothing. */
    public void keepSites(SpawnSites sites) {
        TaskContext before = defaultContext;
        defaultContext = new TaskContext(before.locals(), before.uncaught(), sites, before.names());
    }

    /**
     * Ends the loop from any thread: on its own, between two steps, as {@link #end()} does. The future is complete when it has
     * ended, and at once if its thread runs nothing any more.
     */
    public CompletableFuture<@Nullable Void> shutDown() {
        CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
        Runnable end =
                () -> {
                    if (!ended) end();
                    over.complete(null);
                };
        if (!post(end)) over.complete(null);
        return over;
    }

    /** {@link #end(Throwable)} in peace. */
    public void end() {
        end(null);
    }

    /**
     * Ends the loop: errors that wait to be reported are, and the tasks that are left end as its {@link Cleanup} says, the newest
     * first. For drivers, on the loop's thread, outside of any task.
     *
     * @param inFlight the error because of which it ends, which takes what goes wrong now as suppressed errors; null if it ends
     *     in peace
     */
    public void end(@Nullable Throwable inFlight) {
        ended = true;
        Dumps.unregister(this);
        for (Object work = ready.poll(); work != null; work = ready.poll()) {
            if (work instanceof Failed failed) failed.run();
            else if (work instanceof OrIfEnded other) runAtEnd(other.ifEnded());
        }
        errorAtEnd = inFlight;
        cleanUp(cleanup.action(inFlight != null));
        for (Runnable hook : List.copyOf(endHooks)) runAtEnd(hook);
        alarm.cancel();
        errorAtEnd = null;
    }

    /**
     * Ends the loop because of its executor; by a thread that has it for itself.
     *
     * @param handedIn runs what was handed in and has not run
     */
    void breakDown(LoopException.BadExecutor error, Runnable handedIn) {
        brokenBy = error;
        if (!ended) end(error);
        runAtEnd(handedIn);
        report(null, error);
    }

    private void cleanUp(Cleanup.Action action) {
        if (tasks.size() == 0) return;
        switch (action) {
            case UNWIND -> {
                for (Task<?> t = tasks.newest(); t != null; t = tasks.newest()) unwind(t);
            }
            case LEAK -> {
                for (Task<?> t = tasks.newest(); t != null; t = tasks.newest()) leak(t);
            }
            case ABORT -> {
                cleanup.abort("aborted: the event loop ends before its tasks\n" + describeTasks());
                cleanUp(Cleanup.Action.LEAK);
            }
        }
    }

    private void leak(Task<?> task) {
        try {
            task.leak();
        } catch (Throwable error) {
            report(task, error);
        }
    }

    private void runAtEnd(Runnable hook) {
        try {
            hook.run();
        } catch (Throwable error) {
            report(null, error);
        }
    }

    private void unwind(Task<?> task) {
        try {
            task.unwind();
        } catch (Throwable error) {
            report(task, error);
        }
    }

    /** What it is doing, for those who watch it. */
    Pulse pulse() {
        return pulse;
    }

    /** When the turn of now began; cheaper than {@link #nanoTime}. */
    long turnNanos() {
        return turnNanos;
    }

    /** The thread that has run a step; null before the first. */
    public @Nullable Thread thread() {
        return pulse.thread();
    }
}
