package dev.corona.channels;

import dev.corona.async.Outcome;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/** Iterates over results. The cancellation of the task is thrown: it is none of the source's. */
final class Outcomes<T> implements Iterator<Outcome<T>> {
    private final Iterator<T> elements;
    private @Nullable Throwable failure;
    private boolean ended;

    Outcomes(Iterator<T> elements) {
        this.elements = elements;
    }

    @Override
    public boolean hasNext() {
        if (failure != null) return true;
        if (ended) return false;
        try {
            ended = !elements.hasNext();
        } catch (CancellationException ofTheTask) {
            throw ofTheTask;
        } catch (RuntimeException error) {
            ended = true;
            failure = unwrap(error);
            return true;
        }
        return !ended;
    }

    @Override
    public Outcome<T> next() {
        if (!hasNext()) throw new NoSuchElementException("no more results; ask hasNext() first");
        Throwable error = failure;
        if (error == null) return new Outcome.Success<>(elements.next());
        failure = null;
        return new Outcome.Failure<>(error);
    }

    /** A checked error as it was before it was wrapped to be thrown. */
    static Throwable unwrap(Throwable error) {
        Throwable cause = error.getCause();
        return error instanceof CompletionException && cause != null ? cause : error;
    }
}
