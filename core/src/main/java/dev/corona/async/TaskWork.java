package dev.corona.async;

import dev.corona.kernel.Body;
import dev.corona.woven.Strand;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Callable;

/** What the continuation runs. */
final class TaskWork<T> extends Body {
    private final Task<T> task;
    private final boolean woven;

    TaskWork(Task<T> task, Callable<?> body) {
        this.task = task;
        this.woven = WovenCalls.isWoven(body);
    }

    @Override
    public boolean isWoven() {
        return woven;
    }

    @Override
    public void run() {
        task.runBody();
    }

    @Override
    public void run(Strand strand) {
        task.runBody(strand);
    }

    @Override
    public @Nullable Object resumed() {
        return task.resumed();
    }

    @Override
    public void stayed() {
        task.leaveWaitOfFrames();
    }

    @Override
    @SuppressWarnings("unchecked") // it is what the body's twin returned in the end
    public void ended(@Nullable Object result) {
        task.bodyEnded((T) result, null);
    }
}
