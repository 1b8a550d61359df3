package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

import java.util.WeakHashMap;

/** What few objects have: the values that weak tables keep for them, what runs their {@code __gc}, a hash. */
final class Extras {
    /**
     * What the object is mapped to in tables with weak keys. The values hang on their key and not on the table, so an entry
     * whose value leads to its key keeps neither alive (an ephemeron).
     */
    @Nullable WeakHashMap<WeakStore, Object> ephemerons;

    /** Collected when the object is unreachable; null if it has no finalizer. */
    @Nullable Object sentinel;

    /** What tables take as its hash: that of the object that it is a restored copy of; 0 for its own. */
    int hash;
}
