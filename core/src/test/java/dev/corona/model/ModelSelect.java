package dev.corona.model;

import dev.corona.model.ModelWait.Then;
import dev.corona.model.Step.Branch;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The model of a biased select. */
final class ModelSelect {
    /** A branch that has been looked at: what becomes of it if it is chosen. */
    private interface Chosen {
        void tell(Then then);
    }

    private final Model model;
    private final ModelTask task;
    private final Step.Choose choose;
    private final List<Runnable> undo = new ArrayList<>();

    ModelSelect(Model model, ModelTask task, Step.Choose choose) {
        this.model = model;
        this.task = task;
        this.choose = choose;
    }

    void run(Then then) {
        List<Branch> branches = new ArrayList<>();
        for (Branch each : choose.branches()) if (exists(each)) branches.add(each);
        if (branches.isEmpty() && !choose.otherwise()) {
            then.got(null, ModelError.of("NoBranch"));
            return;
        }
        for (Branch each : branches) {
            Chosen ready = poll(each);
            if (ready == null) continue;
            ready.tell(then);
            return;
        }
        if (choose.otherwise()) then.got("otherwise", null);
        else if (branches.stream().anyMatch(this::isSelf))
            then.got(null, ModelError.of("SelfAwait"));
        else await(branches, then);
    }

    private boolean exists(Branch branch) {
        return !(branch instanceof Branch.OnTask(int number)) || model.task(number) != null;
    }

    private boolean isSelf(Branch branch) {
        return branch instanceof Branch.OnTask(int number) && model.task(number) == task;
    }

    private ModelStage stage(Branch branch) {
        return switch (branch) {
            case Branch.OnTask(int number) -> java.util.Objects.requireNonNull(model.task(number));
            case Branch.OnFuture(int index) -> model.future(index);
            default -> throw new AssertionError(branch);
        };
    }

    /** The branch's effect, which it has had if it is ready; null if it is not. */
    private @Nullable Chosen poll(Branch branch) {
        return switch (branch) {
            case Branch.OnReceive(int index) -> {
                Integer element = model.channel(index).poll();
                boolean ended = element == null && model.channel(index).isDrained();
                yield element != null || ended ? received(element) : null;
            }
            case Branch.OnSend(int index, int element) -> {
                if (model.channel(index).isClosed()) yield refused();
                yield model.channel(index).offer(element) ? sent(element) : null;
            }
            case Branch.OnTime(int millis) -> millis <= 0 ? timeout() : null;
            default -> stage(branch).isDone() ? ended(stage(branch)) : null;
        };
    }

    private static Chosen received(@Nullable Integer element) {
        return then -> {
            if (element != null) then.got("received " + element, null);
            else then.got(null, ModelError.of("ClosedForReceive"));
        };
    }

    private static Chosen sent(int element) {
        return then -> then.got("sent " + element, null);
    }

    private static Chosen refused() {
        return then -> then.got(null, ModelError.of("ClosedForSend"));
    }

    private static Chosen timeout() {
        return then -> then.got("timeout", null);
    }

    private static Chosen ended(ModelStage stage) {
        return then -> {
            if (stage instanceof ModelTask awaited) awaited.take();
            then.got(stage.value, stage.error);
        };
    }

    private void await(List<Branch> branches, Then then) {
        ModelWait wait =
                Model.begin(
                        task,
                        (chosen, error) -> {
                            if (error != null) then.got(null, error);
                            else ((Chosen) chosen).tell(then);
                        });
        if (wait == null) return;
        wait.onLeave = () -> undo.forEach(Runnable::run);
        for (Branch each : branches) enroll(each, wait);
        task.await(wait);
    }

    private void enroll(Branch branch, ModelWait wait) {
        switch (branch) {
            case Branch.OnReceive(int index) -> {
                ModelChannel.Receiver receiver =
                        new ModelChannel.Receiver(e -> wait.complete(received(e)));
                model.channel(index).add(receiver);
                undo.add(() -> model.channel(index).remove(receiver));
            }
            case Branch.OnSend(int index, int element) -> {
                ModelChannel.Sender sender =
                        new ModelChannel.Sender(
                                element,
                                () -> wait.complete(sent(element)),
                                () -> wait.complete(refused()));
                model.channel(index).add(sender);
                undo.add(() -> model.channel(index).remove(sender));
            }
            case Branch.OnTime(int millis) ->
                    undo.add(model.loop.after(millis, () -> wait.complete(timeout()))::cancel);
            default -> {
                ModelStage stage = stage(branch);
                Runnable watcher = () -> wait.complete(ended(stage));
                stage.watch(watcher);
                undo.add(() -> stage.unwatch(watcher));
            }
        }
    }
}
