package dev.corona.async;

import dev.corona.errors.LoopException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * How tasks are spawned: their name, when they start, and settings that they and their children inherit. Immutable; each
 * {@code withX} gives a changed copy. What is not set is inherited from the task that spawns.
 *
 * <p><b>Threads.</b> Any, if {@link #withLoop} is given; else it spawns on the loop of the task that calls {@link #spawn}.
 */
public final class Spawner {
    /** When a task starts. */
    private sealed interface Start {
        record Now() implements Start {}

        record After(Duration delay) implements Start {}

        record When(Deadline point) implements Start {}

        record Lazily() implements Start {}
    }

    private static final Spawner DEFAULTS =
            new Spawner(null, null, new Start.Now(), TaskContext.DEFAULT, false, false, false);

    private final @Nullable EventLoop loop;
    private final @Nullable String name;
    private final Start start;
    private final TaskContext own;
    private final boolean setsSites;
    private final boolean setsNames;
    private final boolean bindsLocals;

    private Spawner(
            @Nullable EventLoop loop,
            @Nullable String name,
            Start start,
            TaskContext own,
            boolean setsSites,
            boolean setsNames,
            boolean bindsLocals) {
        this.loop = loop;
        this.name = name;
        this.start = start;
        this.own = own;
        this.setsSites = setsSites;
        this.setsNames = setsNames;
        this.bindsLocals = bindsLocals;
    }

    /** One that sets nothing: tasks that start in the loop's next turn, and inherit all. */
    public static Spawner defaults() {
        return DEFAULTS;
    }

    /** On that loop, in place of the caller's. */
    public Spawner withLoop(EventLoop target) {
        return new Spawner(target, name, start, own, setsSites, setsNames, bindsLocals);
    }

    /** Tasks of that name. Their children do not inherit it. */
    public Spawner withName(String taskName) {
        return new Spawner(loop, taskName, start, own, setsSites, setsNames, bindsLocals);
    }

    /** Tasks that are called {@code prefix} and a number, where no name is given; inherited. */
    public Spawner withNames(String prefix) {
        TaskContext changed = new TaskContext(own.locals(), own.uncaught(), own.sites(), prefix);
        return new Spawner(loop, name, start, changed, setsSites, true, bindsLocals);
    }

    /** Errors that nobody asks for go to {@code handler}, in place of the loop's; inherited. */
    public Spawner withUncaught(UncaughtHandler handler) {
        TaskContext changed = new TaskContext(own.locals(), handler, own.sites(), own.names());
        return new Spawner(loop, name, start, changed, setsSites, setsNames, bindsLocals);
    }

    /** How much is kept of the place of a spawn; inherited, so it counts for the children's spawns, and for these. */
    public Spawner withSites(SpawnSites sites) {
        TaskContext changed = new TaskContext(own.locals(), own.uncaught(), sites, own.names());
        return new Spawner(loop, name, start, changed, true, setsNames, bindsLocals);
    }

    /** Binds {@code local} in the tasks; inherited. */
    public <T extends @Nullable Object> Spawner withLocal(CoroutineLocal<T> local, T value) {
        TaskContext changed = own.with(local, value);
        return new Spawner(loop, name, start, changed, setsSites, setsNames, true);
    }

    /** Tasks that start after {@code delay}; they count as live until then. */
    public Spawner withDelay(Duration delay) {
        return started(new Start.After(delay));
    }

    /** Tasks that start at {@code point}, a point in the time of their loop, or in the next turn if it is over. */
    public Spawner withStartAt(Deadline point) {
        return started(new Start.When(point));
    }

    /**
     * Tasks that start when somebody first asks for their result: awaits, joins or gets it, or makes a stage of it. One that
     * nobody asks never runs, and keeps no loop alive.
     */
    public Spawner lazily() {
        return started(new Start.Lazily());
    }

    private Spawner started(Start when) {
        return new Spawner(loop, name, when, own, setsSites, setsNames, bindsLocals);
    }

    /**
     * A new task.
     *
     * @throws LoopException.NotInTask outside of a task, if no loop is set
     * @throws LoopException.Ended if the loop has ended
     */
    public <T extends @Nullable Object> Task<T> spawn(Callable<? extends T> body) {
        return spawn(body, null);
    }

    <T extends @Nullable Object> Task<T> spawn(Callable<? extends T> body, @Nullable Scope scope) {
        Task<?> spawner = Task.currentOrNull();
        EventLoop target = loop;
        if (target == null) target = Task.requireCurrent("a spawned task").loop;
        TaskContext context =
                inherited(spawner == null ? target.defaultContext() : spawner.context());
        String taskName = name == null ? EventLoop.newName(context.names()) : name;
        Task<T> task = target.create(taskName, context.sites().of(body), spawner, context, body);
        if (scope != null) scope.adopt(task);
        switch (start) {
            case Start.Now() -> target.admit(task);
            case Start.After(Duration delay) ->
                    target.admitAfter(task, EventLoop.delayNanos(delay));
            case Start.When(Deadline point) ->
                    target.admitAfter(task, EventLoop.delayNanos(point.remaining()));
            case Start.Lazily() -> task.makeLazy();
        }
        return task;
    }

    private TaskContext inherited(TaskContext from) {
        if (this.own == TaskContext.DEFAULT) return from;
        TaskContext.Binding locals = from.locals();
        if (bindsLocals) locals = onTopOf(own.locals(), locals);
        return new TaskContext(
                locals,
                own.uncaught() == null ? from.uncaught() : own.uncaught(),
                setsSites ? own.sites() : from.sites(),
                setsNames ? own.names() : from.names());
    }

    private static TaskContext.@Nullable Binding onTopOf(
            TaskContext.@Nullable Binding top, TaskContext.@Nullable Binding below) {
        if (top == null) return below;
        return new TaskContext.Binding(top.local(), top.value(), onTopOf(top.outer(), below));
    }
}
