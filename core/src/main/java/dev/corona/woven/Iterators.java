package dev.corona.woven;

import org.jspecify.annotations.Nullable;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;

/**
 * Iterators over collections of the JDK that can be stored. The JDK's own cannot: no one else can look into them. Woven code
 * asks here for the iterator of a {@code for} loop.
 */
public final class Iterators {
    private Iterators() {}

    /** What {@code values.iterator()} gives; one of the JDK over a collection is so wrapped that it can be stored. */
    public static <T extends @Nullable Object> Iterator<T> of(Iterable<T> values) {
        Iterator<T> iterator = values.iterator();
        boolean isOfJdk = iterator.getClass().getModule() == Object.class.getModule();
        return isOfJdk && values instanceof Collection<T> collection
                ? new Counting<>(collection, iterator)
                : iterator;
    }

    /**
     * An iterator that knows how far it is. It is stored with its collection if that can be stored and keeps its order; otherwise
     * with the elements that are left, since a restored hash table may have another order; then it cannot remove from it. A restored one
     * does not notice that the collection was changed before it was stored.
     */
    @Stored
    private static final class Counting<T extends @Nullable Object> implements Iterator<T> {
        private transient @Nullable Collection<T> values;

        /** Null in a restored one until it is used: the collection may not have its elements before. */
        private transient @Nullable Iterator<T> iterator;

        /** How many elements of {@code values} it has given, and how many of them it removed. */
        private int steps;

        private int removed;

        /** What is iterated over when it is stored, and from which element on. */
        private @Nullable Collection<T> kept;

        private int from;

        Counting(Collection<T> values, Iterator<T> iterator) {
            this.values = values;
            this.iterator = iterator;
        }

        @Override
        public boolean hasNext() {
            Iterator<T> own = iterator;
            return own == null ? reopen().hasNext() : own.hasNext();
        }

        @Override
        public T next() {
            Iterator<T> own = iterator;
            T next = own == null ? reopen().next() : own.next();
            steps++;
            return next;
        }

        @Override
        public void remove() {
            Iterator<T> own = iterator;
            if (own == null) reopen().remove();
            else own.remove();
            removed++;
        }

        private Iterator<T> reopen() {
            Collection<T> again = Objects.requireNonNull(kept);
            Iterator<T> opened = again.iterator();
            for (int i = 0; i < from; i++) opened.next();
            steps = from;
            removed = 0;
            values = again;
            kept = null;
            iterator = opened;
            return opened;
        }

        @SuppressWarnings("unused") // Stored says who calls it
        private @Nullable String unstorable() {
            Collection<T> all = values;
            if (all == null) return null;
            boolean ordered =
                    all instanceof Serializable
                            && (all instanceof List
                                    || all instanceof SortedSet
                                    || all instanceof LinkedHashSet);
            from = ordered ? steps - removed : 0;
            kept = ordered ? all : rest(all);
            return null;
        }

        private List<T> rest(Collection<T> all) {
            List<T> rest = new ArrayList<>();
            int skip = steps - removed;
            for (T each : all) if (skip-- <= 0) rest.add(each);
            return rest;
        }
    }
}
