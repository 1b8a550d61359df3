package dev.corona.snapshot;

import dev.corona.errors.SnapshotException;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the objects of items. Depth first, with a stack of its own: an object is there before what it refers to is made, and gets
 * its parts after that has its own; one that is whole is made after what it refers to. In a circle someone must be first: an
 * object with parts, which then gets them at the end if one of them is not yet there; and at the very end, if it would ask one that
 * has not got its own.
 */
final class Rebuild {
    private final List<Item> items;
    private final @Nullable Object[] objects;
    private final @Nullable ItemReader[] readers;
    private final boolean[] seen;

    /** Whether an object has its parts. */
    private final boolean[] filled;

    private final List<Integer> late = new ArrayList<>();
    private final List<Integer> last = new ArrayList<>();

    /** The numbers of the items that are being visited, and which of its references each is at. */
    private int[] path = new int[64];

    private int[] next = new int[64];
    private int depth;

    private Rebuild(List<Item> items) {
        this.items = items;
        objects = new Object[items.size() + 1];
        readers = new ItemReader[items.size() + 1];
        seen = new boolean[items.size() + 1];
        filled = new boolean[items.size() + 1];
    }

    /** The object of item {@code root}. */
    static Object run(List<Item> items, int root) {
        try {
            return new Rebuild(items).run(root);
        } catch (SnapshotException e) {
            throw e;
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            throw new SnapshotException.Damaged(
                    "an object cannot be made", cause == null ? e : cause);
        } catch (Exception e) {
            throw new SnapshotException.Damaged("an object cannot be made", e);
        }
    }

    private Object run(int root) throws Exception {
        open(root);
        while (depth > 0) step();
        for (int number : late) fill(number);
        for (int number : last) fill(number);
        for (int number = 1; number < objects.length; number++) {
            Object object = objects[number];
            if (object != null) items.get(number - 1).handler.restored(object);
        }
        Object made = objects[root];
        if (made == null) throw new AssertionError("the root was not made");
        return made;
    }

    private void step() throws Exception {
        int number = path[depth - 1];
        int[] references = items.get(number - 1).references;
        int index = next[depth - 1]++;
        if (index < references.length) {
            int wanted = references[index];
            if (wanted != 0 && !seen[wanted]) open(wanted);
            return;
        }
        depth--;
        close(number);
    }

    private void open(int number) throws Exception {
        seen[number] = true;
        Item item = items.get(number - 1);
        ItemReader reader = new ItemReader(item, this::made);
        readers[number] = reader;
        if (!item.handler.isWhole()) objects[number] = item.handler.create(reader);
        if (depth == path.length) {
            path = java.util.Arrays.copyOf(path, depth * 2);
            next = java.util.Arrays.copyOf(next, depth * 2);
        }
        path[depth] = number;
        next[depth++] = 0;
    }

    private void close(int number) throws Exception {
        Item item = items.get(number - 1);
        ItemReader reader = readers[number];
        if (reader == null) throw new AssertionError("an item that was not opened");
        if (item.handler.isWhole()) {
            objects[number] = item.handler.create(reader);
            readers[number] = null;
            filled[number] = true;
        } else if (item.handler.asksOthers() && !canAsk(number, item)) {
            last.add(number);
        } else if (isComplete(item)) {
            fill(number);
        } else {
            late.add(number);
        }
    }

    private boolean canAsk(int number, Item item) {
        for (int reference : item.references) {
            if (reference != 0 && reference != number && !filled[reference]) return false;
        }
        return true;
    }

    private boolean isComplete(Item item) {
        for (int reference : item.references) {
            if (reference != 0 && objects[reference] == null) return false;
        }
        return true;
    }

    private void fill(int number) throws Exception {
        Handler handler = items.get(number - 1).handler;
        Object object = objects[number];
        ItemReader reader = readers[number];
        if (object == null || reader == null) throw new AssertionError("filled twice");
        readers[number] = null;
        handler.fill(object, reader);
        filled[number] = true;
        objects[number] = handler.finish(object);
    }

    private Object made(int number) {
        Object object = objects[number];
        if (object == null) {
            throw new SnapshotException.Damaged(
                    "a circle of objects that can only be made of each other, such as "
                            + items.get(number - 1).handler.type().className());
        }
        return object;
    }
}
