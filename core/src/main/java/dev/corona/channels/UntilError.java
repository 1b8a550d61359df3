package dev.corona.channels;

import dev.corona.Resumable;

import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/** Iterates until the end or the first error, which goes to a handler. The cancellation of the task is no such error. */
final class UntilError<T> implements Iterator<T> {
    private final Iterator<T> elements;
    private final Consumer<? super Throwable> onError;
    private boolean ended;

    UntilError(Iterator<T> elements, Consumer<? super Throwable> onError) {
        this.elements = elements;
        this.onError = onError;
    }

    @Override
    @Resumable
    public boolean hasNext() {
        if (ended) return false;
        try {
            ended = !elements.hasNext();
        } catch (CancellationException ofTheTask) {
            throw ofTheTask;
        } catch (RuntimeException error) {
            ended = true;
            onError.accept(Outcomes.unwrap(error));
        }
        return !ended;
    }

    @Override
    public T next() {
        return elements.next();
    }
}
