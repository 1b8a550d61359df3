package dev.corona.lua.runtime;

import dev.corona.snapshot.SnapshotReader;
import dev.corona.snapshot.SnapshotWriter;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/**
 * The content of tables in snapshots. A strong table keeps its layout, so that a traversal that was under way meets what it would have
 * met; therefore keys keep the hash that they were placed by. A weak one keeps the order of its entries.
 */
final class TableFormat {
    private TableFormat() {}

    static void write(LuaTable table, SnapshotWriter out) {
        WeakStore weak = table.weak;
        out.writeReference("metatable", table.metatable);
        out.writeInt(
                weak == null
                        ? 0
                        : 1 + (weak.hasWeakKeys() ? 1 : 0) + (weak.hasWeakValues() ? 2 : 0));
        if (weak != null) {
            writeWeak(table, out);
            return;
        }
        out.writeInt(table.array.length);
        for (int i = 0; i < table.array.length; i++) {
            out.writeReference("element " + (i + 1), table.array[i]);
        }
        out.writeInt(table.slots.length);
        out.writeInt(table.shift);
        out.writeInt(table.border);
        out.writeInt(table.used);
        for (int i = 0; i < table.slots.length; i += 2) writeSlot(table, i, out);
    }

    private static void writeSlot(LuaTable table, int i, SnapshotWriter out) {
        Object key = table.slots[i];
        out.writeInt(key instanceof LuaObject o ? o.identity() : 0);
        // Without a value it only marks a place that searches go on behind.
        out.writeReference("a key", key);
        out.writeReference(label(key), table.slots[i + 1]);
    }

    private static String label(@Nullable Object key) {
        if (key instanceof LuaString s) return "field " + s;
        return key instanceof Number || key instanceof Boolean ? "field [" + key + "]" : "a field";
    }

    private static void writeWeak(LuaTable table, SnapshotWriter out) {
        int count = 0;
        for (int p = table.nextPlace(0); p >= 0; p = table.nextPlace(p + 1)) count++;
        out.writeInt(count);
        for (int p = table.nextPlace(0); p >= 0 && count > 0; p = table.nextPlace(p + 1)) {
            Object key = table.keyAt(p);
            out.writeReference("a key", key);
            out.writeReference(label(key), table.valueAt(p));
            count--;
        }
        for (; count > 0; count--) {
            // collected since it was counted
            out.writeReference("a key", null);
            out.writeReference("a field", null);
        }
    }

    /**
     * Replaces what a table holds.
     *
     * @param later what has to wait until all objects are whole
     */
    static void read(LuaTable table, SnapshotReader in, List<Runnable> later) {
        LuaTable metatable = (LuaTable) in.readReference();
        int mode = in.readInt();
        table.metatable = metatable;
        table.forgetMetamethods();
        if (mode != 0) {
            readWeak(table, new WeakStore((mode - 1 & 1) != 0, (mode - 1 & 2) != 0), in, later);
            return;
        }
        table.weak = null;
        int length = requireSize(in.readInt());
        table.array = length == 0 ? LuaTable.NOTHING : readReferences(length, in);
        int slots = requireSize(in.readInt());
        if (slots < 2 || Integer.bitCount(slots) != 1)
            throw damaged("a table of " + slots + " slots");
        table.shift = in.readInt();
        table.border = Math.min(Math.max(in.readInt(), 0), length);
        table.used = in.readInt();
        table.slots = readReferences(slots, in);
        int keys = 0;
        for (int i = 0; i < slots; i += 2) {
            int hash = in.readInt();
            if (table.slots[i] != null) keys++;
            if (table.slots[i] instanceof LuaObject o && o.identity() != hash)
                o.requireExtras().hash = hash;
        }
        if (keys != table.used || keys == slots / 2) throw damaged("a table of too many keys");
        if (keys == 0) table.slots = LuaTable.NO_SLOTS;
    }

    /** An array that grows as far as there are references: the count may be forged. */
    private static @Nullable Object[] readReferences(int count, SnapshotReader in) {
        @Nullable Object[] all = new Object[Math.min(count, 1024)];
        for (int i = 0; i < count; i++) {
            if (i == all.length) all = Arrays.copyOf(all, Math.min(count, 2 * i));
            all[i] = in.readReference();
        }
        return all;
    }

    private static void readWeak(
            LuaTable table, WeakStore store, SnapshotReader in, List<Runnable> later) {
        table.array = LuaTable.NOTHING;
        table.slots = LuaTable.NO_SLOTS;
        table.shift = 0;
        table.used = 0;
        table.border = 0;
        table.weak = store;
        int count = requireSize(in.readInt());
        @Nullable Object[] entries = readReferences(2 * count, in);
        later.add(
                () -> {
                    for (int i = 0; i < entries.length; i += 2) {
                        Object key = entries[i];
                        if (key != null) store.set(key, entries[i + 1]);
                    }
                });
    }

    private static int requireSize(int size) {
        if (size < 0 || size > 1 << 29) throw damaged("a table of size " + size);
        return size;
    }

    private static IllegalArgumentException damaged(String what) {
        return new IllegalArgumentException(what);
    }
}
