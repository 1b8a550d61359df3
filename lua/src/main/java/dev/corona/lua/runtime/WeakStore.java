package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * The fields of a weak table. Only objects with an identity ({@link LuaObject}) are held weakly: strings, numbers, booleans are values.
 *
 * <p>The value of a weak key hangs on the key itself ({@link Extras#ephemerons}), which makes the entry an ephemeron. Entries keep
 * their place until they are gone, and dead places are used again only when there are more dead than live ones, so that a traversal may
 * assign nil and may lose entries.
 */
final class WeakStore {
    /** A field. */
    private static final class Entry {
        final Object key;
        @Nullable Object value;
        final int place;

        Entry(Object key, @Nullable Object value, int place) {
            this.key = key;
            this.value = value;
            this.place = place;
        }
    }

    /** A key that does not hold its object; equal to itself and to a {@link Probe} of the object. */
    private static final class WeakKey extends WeakReference<Object> {
        final int hash;

        WeakKey(Object key, ReferenceQueue<Object> queue) {
            super(key, queue);
            hash = System.identityHashCode(key);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) return true;
            if (other instanceof Probe p) return p.key == get();
            return other instanceof WeakKey w && w.get() != null && w.get() == get();
        }
    }

    private record Probe(Object key) {
        @Override
        public int hashCode() {
            return System.identityHashCode(key);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof WeakKey w
                    ? w.get() == key
                    : other instanceof Probe p && p.key == key;
        }
    }

    private static final class WeakValue extends WeakReference<Object> {
        WeakValue(Object value) {
            super(value);
        }
    }

    private final boolean weakKeys;
    private final boolean weakValues;
    private final ReferenceQueue<Object> queue = new ReferenceQueue<>();
    private final Map<Object, Entry> entries = new HashMap<>();
    private final List<@Nullable Entry> places = new ArrayList<>();

    WeakStore(boolean weakKeys, boolean weakValues) {
        this.weakKeys = weakKeys;
        this.weakValues = weakValues;
    }

    boolean hasWeakKeys() {
        return weakKeys;
    }

    boolean hasWeakValues() {
        return weakValues;
    }

    boolean hasMode(boolean keys, boolean values) {
        return weakKeys == keys && weakValues == values;
    }

    private boolean isWeakKey(Object key) {
        return weakKeys && key instanceof LuaObject;
    }

    private @Nullable Entry find(Object key) {
        expunge();
        return entries.get(isWeakKey(key) ? new Probe(key) : key);
    }

    @Nullable Object get(Object key) {
        Entry e = find(key);
        return e == null ? null : valueOf(e, key);
    }

    /** The value of an entry whose key is {@code key}. */
    private @Nullable Object valueOf(Entry e, Object key) {
        if (e.value instanceof WeakValue w) return w.get();
        if (!isWeakKey(key)) return e.value;
        Extras extras = ((LuaObject) key).extras;
        return extras == null || extras.ephemerons == null ? null : extras.ephemerons.get(this);
    }

    void set(Object key, @Nullable Object value) {
        Entry e = find(key);
        if (e == null) {
            if (value == null) return;
            e = add(key);
        }
        if (isWeakKey(key) && !(weakValues && value instanceof LuaObject)) {
            e.value = null;
            setEphemeron((LuaObject) key, value);
        } else {
            e.value = weakValues && value instanceof LuaObject ? new WeakValue(value) : value;
        }
    }

    private void setEphemeron(LuaObject key, @Nullable Object value) {
        Extras extras = key.requireExtras();
        if (extras.ephemerons == null) extras.ephemerons = new WeakHashMap<>(2);
        extras.ephemerons.put(this, value);
    }

    private Entry add(Object key) {
        if (places.size() > 16 && places.size() > 2 * entries.size() + 16) compact();
        Object stored = isWeakKey(key) ? new WeakKey(key, queue) : key;
        Entry e = new Entry(stored, null, places.size());
        places.add(e);
        entries.put(stored, e);
        return e;
    }

    /** Drops the places and entries that have no value any more. */
    private void compact() {
        List<Entry> live = new ArrayList<>();
        for (int i = nextPlace(0); i >= 0; i = nextPlace(i + 1)) {
            Entry e = places.get(i);
            if (e != null) live.add(e);
        }
        places.clear();
        entries.clear();
        for (Entry old : live) {
            Entry e = new Entry(old.key, old.value, places.size());
            places.add(e);
            entries.put(e.key, e);
        }
    }

    private void expunge() {
        for (Reference<?> dead = queue.poll(); dead != null; dead = queue.poll()) {
            Entry e = entries.remove(dead);
            if (e != null) places.set(e.place, null);
        }
    }

    long length() {
        long n = 0;
        while (get(n + 1) != null) n++;
        return n;
    }

    int nextPlace(int from) {
        for (int i = from; i < places.size(); i++) if (valueAt(i) != null) return i;
        return -1;
    }

    @Nullable Object keyAt(int place) {
        Entry e = places.get(place);
        if (e == null) return null;
        return e.key instanceof WeakKey w ? w.get() : e.key;
    }

    @Nullable Object valueAt(int place) {
        Entry e = places.get(place);
        Object key = keyAt(place);
        return e == null || key == null ? null : valueOf(e, key);
    }

    int placeAfter(Object key) {
        Entry e = find(key);
        if (e == null) throw LuaErrors.located("invalid key to 'next'");
        return e.place + 1;
    }
}
