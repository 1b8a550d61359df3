package dev.corona.snapshot;

import org.jspecify.annotations.Nullable;

/** One object of a snapshot: its handler, its data, and the numbers of the items that it refers to; 0 is null. */
final class Item {
    final Handler handler;
    int[] references;
    byte[] data;

    /** The object itself; null if it was read. */
    final @Nullable Object object;

    /** The item that refers to it first, and what that calls the place; for errors. */
    final int from;

    final String label;

    /** An item to be written. */
    Item(Handler handler, Object object, int from, String label) {
        this.handler = handler;
        this.object = object;
        this.from = from;
        this.label = label;
        references = new int[0];
        data = new byte[0];
    }

    /** An item that was read. */
    Item(Handler handler, int[] references, byte[] data) {
        this.handler = handler;
        this.references = references;
        this.data = data;
        object = null;
        from = 0;
        label = "";
    }
}
