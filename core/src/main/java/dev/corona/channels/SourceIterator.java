package dev.corona.channels;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** The elements of a source as they come; one is taken when it is asked for, and kept until it is given. */
final class SourceIterator<T> implements Iterator<T> {
    private final Source<T> source;
    private @Nullable T next;
    private boolean ended;

    SourceIterator(Source<T> source) {
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        if (next != null) return true;
        if (ended) return false;
        ended = true;
        T found = source.receiveOrNull();
        next = found;
        ended = found == null;
        return found != null;
    }

    @Override
    public T next() {
        if (!hasNext() || next == null)
            throw new NoSuchElementException(source + " has no more elements; ask hasNext() first");
        T given = next;
        next = null;
        return given;
    }
}
