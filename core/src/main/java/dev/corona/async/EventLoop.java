package dev.corona.async;

import dev.corona.errors.LoopException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
public final class EventLoop extends LoopTurns {
    /** Deadlines are compared by their difference, which must not overflow. */
    private static final long LONGEST_DELAY_NANOS = TimeUnit.DAYS.toNanos(36_525);

    private static final AtomicLong NAMES = new AtomicLong();

    private final Alarm alarm;
    private final TaskList tasks = new TaskList();
    private int externalWaits;
    private int holds;
    private TaskContext defaultContext = TaskContext.DEFAULT;
    private final UncaughtErrors uncaught = new UncaughtErrors();
    private final LoopEnding ending = new LoopEnding(this, uncaught);

    /** A loop on {@code driver}'s thread. Nothing runs before something is spawned or handed in. */
    public EventLoop(LoopDriver driver) {
        super(driver);
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

    /** Lets {@code task} start after a delay. Any thread. */
    void admitAfter(Task<?> task, long delayNanos) {
        if (isCurrent()) adoptAfter(task, delayNanos);
        else if (!post(() -> adoptAfter(task, delayNanos))) throw refusal("spawn " + task.name());
    }

    private void adoptAfter(Task<?> task, long delayNanos) {
        if (ended) {
            ending.unwind(task);
        } else if (!task.isDone()) {
            link(task);
            task.startBy(schedule(delayNanos, () -> enqueue(task)));
        }
    }

    /** Lets a lazy task start; it ends as cancelled if the loop has ended. Any thread. */
    void adoptFromAnywhere(Task<?> task) {
        if (isCurrent()) adopt(task);
        else if (!post(() -> adopt(task))) ending.unwind(task);
    }

    /** Takes in a task that has moved here, and lets it go on. */
    void arrived(Task<?> task, Waiter<?> move) {
        if (ended) {
            ending.unwind(task);
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
            ending.unwind(task);
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
        else enqueue(new LoopEnding.OrIfEnded(work, ifEnded));
    }

    /** Runs {@code hook} when this loop ends, after its tasks have been unwound; for the loop's thread. */
    public void addEndHook(Runnable hook) {
        ending.addHook(hook);
    }

    /** Takes a hook back; nothing happens if it is none. For the loop's thread. */
    public void removeEndHook(Runnable hook) {
        ending.removeHook(hook);
    }

    private void requireLive(String operation, String what) {
        if (ended) throw refusal(operation + " " + what);
    }

    private LoopException refusal(String operation) {
        LoopException.BadExecutor error = brokenBy;
        return error == null ? new LoopException.Ended(operation) : error;
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
        uncaught.tell(handler);
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

    @Override
    void report(@Nullable Task<?> task, Throwable error) {
        uncaught.report(task, error);
    }

    @Nullable Task<?> newestTask() {
        return tasks.newest();
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
        else enqueue(new UncaughtErrors.Failed(this, task, error));
    }

    /** Throws if a thread that runs this loop is about to block until {@code task} has ended. */
    void refuseBlocking(Task<?> task) {
        if (!task.isDone() && driver.isLoopThread())
            throw new LoopException.NestedLoop("block until " + task + " has ended");
    }

    /** What becomes of the tasks that are suspended when this loop ends; to unwind them, if nothing is said. */
    public void onEnd(Cleanup newCleanup) {
        ending.with(newCleanup);
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
        ending.run(inFlight);
        alarm.cancel();
    }

    /**
     * Ends the loop because of its executor; by a thread that has it for itself.
     *
     * @param handedIn runs what was handed in and has not run
     */
    void breakDown(LoopException.BadExecutor error, Runnable handedIn) {
        brokenBy = error;
        if (!ended) end(error);
        ending.runSafely(handedIn);
        report(null, error);
    }

    /** The thread that has run a step; null before the first. */
    public @Nullable Thread thread() {
        return pulse.thread();
    }
}
