package dev.corona.channels;

import dev.corona.Resumable;

import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An iterable by its iterators, which may wait. */
record Walk<T>(Supplier<Iterator<T>> start) implements Iterable<T> {
    @Override
    public Iterator<T> iterator() {
        return start.get();
    }

    @Override
    @Resumable
    public void forEach(Consumer<? super T> action) {
        for (T each : this) action.accept(each);
    }
}
