package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

import java.util.WeakHashMap;

/** What few objects have: the values that weak tables keep for them, and what runs their {@code __gc}. */
final class Extras {
    /**
     * What the object is mapped to in tables with weak keys. The values hang on their key and not on the table, so an entry
     * whose value leads to its key keeps neither alive (an ephemeron).
     */
    @Nullable WeakHashMap<WeakStore, Object> ephemerons;

    /** Collected when the object is unreachable; null if it has no finalizer. */
    @Nullable Object sentinel;
}
