package dev.corona.model;

import dev.corona.async.Corona;
import dev.corona.async.Deadline;
import dev.corona.async.EventLoop;
import dev.corona.async.LoopClock;
import dev.corona.async.LoopOptions;
import dev.corona.async.Scope;
import dev.corona.async.SpawnSites;
import dev.corona.async.Spawner;
import dev.corona.async.Task;
import dev.corona.channels.Channel;
import dev.corona.channels.Select;
import dev.corona.kernel.Continuation;
import dev.corona.model.Step.Branch;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** Runs a program with Corona. */
final class Actual {
    /** What steps throw that want to. */
    static final class Boom extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Boom(String message) {
            super(message);
        }
    }

    private final Program program;
    private final LoopClock clock = LoopClock.virtual();
    private final Journal journal = new Journal();
    private final Set<String> engines = new TreeSet<>();
    private final @Nullable Task<?>[] tasks;
    private final List<CompletableFuture<String>> futures = new ArrayList<>();
    private final List<Channel<Integer>> channels = new ArrayList<>();

    private Actual(Program program) {
        this.program = program;
        tasks = new Task<?>[program.tasks()];
        for (int i = 0; i < program.futures(); i++) futures.add(new CompletableFuture<>());
        for (int capacity : program.channels()) channels.add(channel(capacity));
    }

    private static Channel<Integer> channel(int capacity) {
        return switch (capacity) {
            case 0 -> Channel.rendezvous();
            case Program.CONFLATED -> Channel.conflated();
            case Program.UNLIMITED -> Channel.unlimited();
            default -> Channel.buffered(capacity);
        };
    }

    /** What happened. */
    static List<String> run(Program program) {
        return ran(program).journal.lines();
    }

    /** The names of the engines that the tasks of {@code program} run on. */
    static Set<String> engines(Program program) {
        return ran(program).engines;
    }

    private static Actual ran(Program program) {
        Actual actual = new Actual(program);
        LoopOptions options =
                LoopOptions.defaults().withClock(actual.clock).withSites(SpawnSites.BODY);
        Corona.run(options, actual::runAll);
        return actual;
    }

    private void noteEngine() {
        Continuation own = Continuation.current();
        if (own == null) throw new AssertionError("a task outside of any continuation");
        engines.add(own.engine().name());
    }

    private void log(int task, String what) {
        journal.add(clock.elapsed().toMillis(), task, what);
    }

    private String runAll() {
        noteEngine();
        EventLoop.current()
                .onUncaught((task, error) -> log(numberOf(task), "uncaught " + describe(error)));
        start(Program.ROOT, program.body(), null);
        Corona.sleep(millis(Program.MILLIS));
        for (int i = 1; i <= Program.CANCELLATIONS; i++) {
            for (Task<?> task : tasks) if (task != null) task.cancel(false);
            if (i == Program.ENDING) endWaits();
            Corona.sleep(millis(Program.MILLIS));
        }
        requireNothingLeft();
        return "ran";
    }

    private void endWaits() {
        for (CompletableFuture<String> each : futures) each.complete("at last");
        for (Channel<Integer> each : channels) each.closeNow();
    }

    private int numberOf(@Nullable Task<?> task) {
        for (int i = 0; i < tasks.length; i++) if (tasks[i] == task) return i;
        throw new AssertionError("an error of no task");
    }

    private void requireNothingLeft() {
        EventLoop loop = EventLoop.current();
        if (loop.taskCount() != 1) throw new AssertionError("left:\n" + loop.describeTasks());
        if (loop.timers() != 0) throw new AssertionError(loop.timers() + " timers are left");
        for (Channel<Integer> each : channels) {
            if (each.waitingReceivers() + each.waitingSenders() != 0)
                throw new AssertionError("somebody is left waiting at " + each);
        }
        for (CompletableFuture<String> each : futures) {
            if (!each.isDone() && each.getNumberOfDependents() != 0)
                throw new AssertionError("a future keeps " + each.getNumberOfDependents());
        }
    }

    private static Duration millis(int number) {
        return Duration.ofMillis(number);
    }

    private void start(int number, List<Step> body, @Nullable Scope scope) {
        Spawner how = Spawner.defaults().withName(Program.taskName(number));
        TaskBody work = new TaskBody(this, number, body);
        tasks[number] = scope == null ? how.spawn(work) : scope.spawn(how, work);
    }

    /** The body of a task. */
    private record TaskBody(Actual actual, int number, List<Step> steps)
            implements java.util.concurrent.Callable<String> {
        @Override
        public String call() {
            actual.noteEngine();
            actual.steps(number, steps, null);
            actual.log(number, "returns");
            return "result of " + Program.taskName(number);
        }
    }

    private String steps(int me, List<Step> steps, @Nullable Scope scope) {
        for (int i = 0; i < steps.size(); i++) {
            String said = step(me, steps.get(i), scope);
            log(me, steps.get(i).getClass().getSimpleName() + " " + said);
        }
        return "done";
    }

    private String step(int me, Step step, @Nullable Scope scope) {
        return switch (step) {
            case Step.Sleep(int time) -> {
                Corona.sleep(millis(time));
                yield "slept";
            }
            case Step.Spawn(int task, boolean child, List<Step> body) -> {
                start(task, body, child ? scope : null);
                yield Program.taskName(task);
            }
            case Step.Await(int task) -> {
                Task<?> awaited = tasks[task];
                yield awaited == null ? "nobody" : "" + Corona.await(awaited);
            }
            case Step.AwaitFor(int task, int time) -> {
                Task<?> awaited = tasks[task];
                yield awaited == null ? "nobody" : "" + Corona.await(awaited, millis(time));
            }
            case Step.AwaitFuture(int future) -> Corona.await(futures.get(future));
            case Step.Complete(int future) ->
                    "" + futures.get(future).complete("value of f" + future);
            case Step.Fail(int future) ->
                    "" + futures.get(future).completeExceptionally(new Boom("f" + future));
            case Step.Cancel(int task) -> {
                Task<?> target = tasks[task];
                yield target == null ? "nobody" : "" + target.cancel(false);
            }
            case Step.Throw(int number) -> throw new Boom("step " + number);
            case Step.Choose choose -> choose(choose);
            default -> section(me, step, scope);
        };
    }

    private String section(int me, Step step, @Nullable Scope scope) {
        return switch (step) {
            case Step.Timeout(int time, List<Step> body) ->
                    Deadline.after("of " + time, millis(time)).call(() -> steps(me, body, scope));
            case Step.Shield(List<Step> body) -> Corona.shielded(() -> steps(me, body, scope));
            case Step.Scoped(boolean failFast, List<Step> body) ->
                    Scope.call(
                            failFast ? Scope.Policy.FAIL_FAST : Scope.Policy.SUPERVISE,
                            inner -> steps(me, body, inner));
            case Step.Try(List<Step> body) -> {
                try {
                    yield steps(me, body, scope);
                } catch (RuntimeException caught) {
                    yield describe(caught);
                }
            }
            case Step.Finally(List<Step> body, List<Step> cleanup) -> {
                try {
                    yield steps(me, body, scope);
                } finally {
                    steps(me, cleanup, scope);
                }
            }
            default -> traffic(step);
        };
    }

    private String traffic(Step step) {
        return switch (step) {
            case Step.Send(int channel, int element) -> {
                channels.get(channel).send(element);
                yield "sent";
            }
            case Step.Receive(int channel) -> "" + channels.get(channel).receive();
            case Step.ReceiveOrNull(int channel) -> "" + channels.get(channel).receiveOrNull();
            case Step.TrySend(int channel, int element) ->
                    "" + channels.get(channel).trySend(element);
            case Step.TryReceive(int channel) -> "" + channels.get(channel).tryReceive();
            case Step.Close(int channel) -> {
                channels.get(channel).close();
                yield "closed";
            }
            case Step.CloseNow(int channel) -> "" + channels.get(channel).closeNow();
            default -> throw new AssertionError(step);
        };
    }

    private String choose(Step.Choose choose) {
        Select<String> select = Select.biased();
        for (Branch branch : choose.branches()) {
            switch (branch) {
                case Branch.OnReceive(int channel) ->
                        select.onReceive(channels.get(channel), e -> "received " + e);
                case Branch.OnSend(int channel, int element) ->
                        select.onSend(channels.get(channel), element, () -> "sent " + element);
                case Branch.OnTask(int task) -> {
                    Task<?> awaited = tasks[task];
                    if (awaited != null) select.onDone(awaited, value -> "" + value);
                }
                case Branch.OnFuture(int future) ->
                        select.onDone(futures.get(future), value -> value);
                case Branch.OnTime(int time) -> select.onTimeout(millis(time), () -> "timeout");
            }
        }
        if (choose.otherwise()) select.otherwise(() -> "otherwise");
        return select.await();
    }

    private static String describe(Throwable error) {
        boolean told = error instanceof Boom || error instanceof CancellationException;
        String name = error.getClass().getSimpleName();
        return told ? name + " " + error.getMessage() : name;
    }
}
