package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

/** A variable that closures share. */
public final class Cell {
    public @Nullable Object value;

    public Cell(@Nullable Object value) {
        this.value = value;
    }
}
