package dev.corona.model;

import dev.corona.model.ModelWait.Then;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs a program without a coroutine: each step is told what comes after it. {@link ModelLoop} has the order of things,
 * {@link ModelTask} cancellations, {@link ModelScope} scopes, {@link ModelChannel} channels, {@link ModelSelect} the choice.
 */
final class Model {
    /** Where a step runs: its task, and the innermost scope of the body. */
    record Place(ModelTask task, @Nullable ModelScope scope) {}

    private final Program program;
    private final Journal journal = new Journal();
    final ModelLoop loop = new ModelLoop();
    private final @Nullable ModelTask[] tasks;
    private final List<ModelStage> futures = new ArrayList<>();
    private final List<ModelChannel> channels = new ArrayList<>();

    private Model(Program program) {
        this.program = program;
        tasks = new ModelTask[program.tasks()];
        for (int i = 0; i < program.futures(); i++) futures.add(new ModelStage());
        for (int capacity : program.channels()) channels.add(new ModelChannel(capacity));
    }

    /** What happens. */
    static List<String> run(Program program) {
        Model model = new Model(program);
        model.spawn(Program.ROOT, program.body(), null);
        for (int i = 1; i <= Program.CANCELLATIONS; i++) {
            Runnable work = i == Program.ENDING ? model::endWaits : model::cancelAll;
            model.loop.after((long) i * Program.MILLIS, work);
        }
        model.loop.run();
        return model.journal.lines();
    }

    private void cancelAll() {
        for (ModelTask task : tasks) if (task != null) task.cancel();
    }

    private void endWaits() {
        cancelAll();
        for (ModelStage each : futures) each.end("at last", null);
        for (ModelChannel each : channels) each.close(true);
    }

    private void log(ModelTask task, String what) {
        journal.add(loop.now(), task.number, what);
    }

    @Nullable ModelTask task(int number) {
        return tasks[number];
    }

    ModelStage future(int index) {
        return futures.get(index);
    }

    ModelChannel channel(int index) {
        return channels.get(index);
    }

    private void spawn(int number, List<Step> body, @Nullable ModelScope scope) {
        ModelTask task = new ModelTask(loop, number, scope, () -> begin(number, body));
        tasks[number] = task;
        if (scope != null) scope.add(task);
        task.wake();
    }

    private void begin(int number, List<Step> body) {
        ModelTask task = tasks[number];
        if (task == null) throw new AssertionError("no task " + number);
        steps(
                new Place(task, null),
                body,
                (value, error) -> {
                    if (error == null) log(task, "returns");
                    task.finish(
                            "result of " + task.name(),
                            error,
                            () -> log(task, "uncaught " + describe(error)));
                });
    }

    private static String describe(@Nullable ModelError error) {
        return error == null ? "" : error.described();
    }

    private void steps(Place at, List<Step> steps, Then then) {
        stepsFrom(at, steps, 0, then);
    }

    private void stepsFrom(Place at, List<Step> steps, int index, Then then) {
        if (index == steps.size()) {
            then.got("done", null);
            return;
        }
        Step step = steps.get(index);
        step(
                at,
                step,
                (value, error) -> {
                    if (error != null) {
                        then.got(null, error);
                        return;
                    }
                    log(at.task(), step.getClass().getSimpleName() + " " + value);
                    stepsFrom(at, steps, index + 1, then);
                });
    }

    private void step(Place at, Step step, Then then) {
        switch (step) {
            case Step.Sleep(int millis) -> sleep(at.task(), millis, then);
            case Step.Spawn spawn -> spawn(at, spawn, then);
            case Step.Await(int task) -> await(at.task(), tasks[task], -1, then);
            case Step.AwaitFor(int task, int millis) -> await(at.task(), tasks[task], millis, then);
            case Step.AwaitFuture(int future) -> await(at.task(), future(future), -1, then);
            case Step.Complete(int future) ->
                    then.got(future(future).end("value of f" + future, null), null);
            case Step.Fail(int future) ->
                    then.got(future(future).end(null, ModelError.boom("f" + future)), null);
            case Step.Cancel(int number) -> {
                ModelTask target = tasks[number];
                then.got(target == null ? "nobody" : target.cancel(), null);
            }
            case Step.Throw(int number) -> then.got(null, ModelError.boom("step " + number));
            case Step.Choose choose -> new ModelSelect(this, at.task(), choose).run(then);
            default -> section(at, step, then);
        }
    }

    private void spawn(Place at, Step.Spawn spawn, Then then) {
        ModelScope scope = spawn.child() ? at.scope() : null;
        if (scope != null && !scope.isOpen()) {
            then.got(null, ModelError.of("Closed"));
            return;
        }
        spawn(spawn.task(), spawn.body(), scope);
        then.got(Program.taskName(spawn.task()), null);
    }

    /** Begins a wait, unless a cancellation comes first. */
    static @Nullable ModelWait begin(ModelTask task, Then then) {
        ModelError cancellation = task.takePending();
        if (cancellation == null) return new ModelWait(task, then);
        then.got(null, cancellation);
        return null;
    }

    private void sleep(ModelTask task, int millis, Then then) {
        ModelWait wait = begin(task, then);
        if (wait == null) return;
        ModelLoop.Alarm alarm = loop.after(millis, () -> wait.complete("slept"));
        wait.onLeave = alarm::cancel;
        task.await(wait);
    }

    /**
     * Waits for a stage.
     *
     * @param millis negative for no limit
     */
    private void await(ModelTask task, @Nullable ModelStage stage, int millis, Then then) {
        if (stage == null) {
            then.got("nobody", null);
            return;
        }
        if (stage == task) {
            then.got(null, ModelError.of("SelfAwait"));
            return;
        }
        if (stage instanceof ModelTask awaited) awaited.take();
        if (stage.isDone()) {
            then.got(stage.value, stage.error);
            return;
        }
        ModelWait wait = begin(task, then);
        if (wait == null) return;
        Runnable watcher = () -> settle(wait, stage);
        stage.watch(watcher);
        wait.onCancel = () -> stage.unwatch(watcher);
        if (millis >= 0) {
            ModelLoop.Alarm limit =
                    loop.after(millis, () -> wait.withdrawWith(ModelError.of("Expired")));
            wait.onLeave = limit::cancel;
        }
        task.await(wait);
    }

    private static void settle(ModelWait wait, ModelStage stage) {
        if (stage.error == null) wait.complete(stage.value);
        else wait.fail(stage.error);
    }

    private void section(Place at, Step step, Then then) {
        switch (step) {
            case Step.Timeout(int millis, List<Step> body) -> timeout(at, millis, body, then);
            case Step.Shield(List<Step> body) -> {
                at.task().shields++;
                steps(
                        at,
                        body,
                        (value, error) -> {
                            at.task().shields--;
                            then.got(value, error);
                        });
            }
            case Step.Scoped(boolean failFast, List<Step> body) -> {
                ModelScope scope = new ModelScope(failFast, at.task());
                Place inside = new Place(at.task(), scope);
                steps(inside, body, (value, error) -> scope.end(value, error, then));
            }
            case Step.Try(List<Step> body) ->
                    steps(
                            at,
                            body,
                            (value, error) ->
                                    then.got(error == null ? value : error.described(), null));
            case Step.Finally(List<Step> body, List<Step> cleanup) ->
                    steps(
                            at,
                            body,
                            (value, error) ->
                                    steps(
                                            at,
                                            cleanup,
                                            (nothing, inCleanup) ->
                                                    then.got(
                                                            value,
                                                            inCleanup == null
                                                                    ? error
                                                                    : inCleanup)));
            default -> traffic(at.task(), step, then);
        }
    }

    private void timeout(Place at, int millis, List<Step> body, Then then) {
        ModelTask task = at.task();
        ModelError over =
                ModelError.cancellation(
                        task, ": deadline of %d is over".formatted(millis), new Object());
        ModelLoop.Alarm alarm = loop.after(millis, () -> task.request(over));
        steps(
                at,
                body,
                (value, error) -> {
                    alarm.cancel();
                    task.withdraw(over);
                    then.got(value, error == over ? ModelError.of("Expired") : error);
                });
    }

    private void traffic(ModelTask task, Step step, Then then) {
        switch (step) {
            case Step.Send(int index, int element) -> send(task, channel(index), element, then);
            case Step.TrySend(int index, int element) ->
                    trySend(task, channel(index), element, then);
            case Step.Receive(int index) -> receive(task, channel(index), true, then);
            case Step.ReceiveOrNull(int index) -> receive(task, channel(index), false, then);
            case Step.TryReceive(int index) -> then.got(channel(index).poll(), null);
            case Step.Close(int index) -> {
                channel(index).close(false);
                then.got("closed", null);
            }
            case Step.CloseNow(int index) -> then.got(channel(index).close(true), null);
            default -> throw new AssertionError(step);
        }
    }

    private static void trySend(ModelTask task, ModelChannel channel, int element, Then then) {
        if (!channel.isClosed()) {
            then.got(channel.offer(element), null);
            return;
        }
        ModelError cancellation = task.takePending();
        then.got(null, cancellation == null ? ModelError.of("ClosedForSend") : cancellation);
    }

    private static void send(ModelTask task, ModelChannel channel, int element, Then then) {
        trySend(
                task,
                channel,
                element,
                (sent, error) -> {
                    if (error != null) then.got(null, error);
                    else if (sent == Boolean.TRUE) then.got("sent", null);
                    else awaitRoom(task, channel, element, then);
                });
    }

    private static void awaitRoom(ModelTask task, ModelChannel channel, int element, Then then) {
        ModelWait wait = begin(task, then);
        if (wait == null) return;
        ModelChannel.Sender sender =
                new ModelChannel.Sender(
                        element,
                        () -> wait.complete("sent"),
                        () -> wait.fail(ModelError.of("ClosedForSend")));
        channel.add(sender);
        wait.onCancel = () -> channel.remove(sender);
        task.await(wait);
    }

    /** Receives; at the end, throws or answers null. */
    private static void receive(
            ModelTask task, ModelChannel channel, boolean throwsAtEnd, Then then) {
        Then atEnd =
                (element, error) -> {
                    boolean ended = element == null && error == null && throwsAtEnd;
                    then.got(element, ended ? ModelError.of("ClosedForReceive") : error);
                };
        Integer ready = channel.poll();
        if (ready != null || channel.isDrained()) {
            atEnd.got(ready, null);
            return;
        }
        ModelWait wait = begin(task, atEnd);
        if (wait == null) return;
        ModelChannel.Receiver receiver = new ModelChannel.Receiver(wait::complete);
        channel.add(receiver);
        wait.onCancel = () -> channel.remove(receiver);
        task.await(wait);
    }
}
