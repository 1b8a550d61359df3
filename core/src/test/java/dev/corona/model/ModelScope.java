package dev.corona.model;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The model of a scope. */
final class ModelScope {
    private final boolean failFast;
    private final ModelTask owner;
    private final ModelError cancellation;
    private final List<ModelTask> children = new ArrayList<>();
    private int live;
    private boolean closing;
    private boolean cancelled;
    private @Nullable ModelError failure;
    private @Nullable ModelWait atEnd;

    ModelScope(boolean failFast, ModelTask owner) {
        this.failFast = failFast;
        this.owner = owner;
        cancellation = ModelError.cancellation(owner, ": a child of its scope failed", this);
    }

    boolean isOpen() {
        return !closing && !cancelled;
    }

    void add(ModelTask child) {
        if (failFast) child.take();
        children.add(child);
        live++;
    }

    void childEnded(ModelTask child, @Nullable ModelError error) {
        live--;
        if (error != null && !error.isCancellation() && failFast) failed(error);
        if (atEnd != null && live == 0) atEnd.complete(null);
    }

    private void failed(ModelError error) {
        if (failure != null) return;
        failure = error;
        cancelChildren();
        if (!closing) owner.request(cancellation);
    }

    private void cancelChildren() {
        if (cancelled) return;
        cancelled = true;
        for (ModelTask child : List.copyOf(children)) child.cancel();
    }

    /** The body has ended: waits for the children, whatever comes, and then says what comes out. */
    void end(@Nullable Object result, @Nullable ModelError thrown, ModelWait.Then then) {
        closing = true;
        owner.withdraw(cancellation);
        if (thrown != null) cancelChildren();
        awaitChildren(result, thrown, then);
    }

    private void awaitChildren(
            @Nullable Object result, @Nullable ModelError thrown, ModelWait.Then then) {
        if (live == 0) {
            leave(result, thrown, then);
            return;
        }
        ModelWait wait =
                new ModelWait(
                        owner,
                        (nothing, inWait) -> {
                            if (inWait != null) cancelChildren();
                            awaitChildren(result, thrown == null ? inWait : thrown, then);
                        });
        atEnd = wait;
        owner.await(wait);
    }

    private void leave(@Nullable Object result, @Nullable ModelError thrown, ModelWait.Then then) {
        boolean dueToChild =
                failure != null
                        && (thrown == null
                                || thrown.isCancellation()
                                        && (thrown.target() != owner || thrown == cancellation));
        then.got(result, dueToChild ? failure : thrown);
    }
}
