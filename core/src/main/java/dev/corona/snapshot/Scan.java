package dev.corona.snapshot;

import dev.corona.errors.SnapshotException;
import dev.corona.kernel.Continuation;
import dev.corona.snapshot.Handlers.Refused;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Everything that an object refers to, as items: number 1 is the object itself. Goes from item to item in the order in which
 * they were found, but through coroutines and their frames first, and through lambdas last: so what a variable holds is known by
 * the variable.
 */
final class Scan {
    private final Handlers handlers;

    /** What a copy has in common with the original. */
    private final Predicate<Object> shared;

    private final Map<Object, Integer> numbers = new IdentityHashMap<>();
    private final List<Item> items = new ArrayList<>();

    /** The numbers of items that are still to be written: parts of coroutines, lambdas, and all others. */
    private final Deque<Integer> structure = new ArrayDeque<>();

    private final Deque<Integer> lambdas = new ArrayDeque<>();
    private final Deque<Integer> values = new ArrayDeque<>();

    /** The item that is being written; 0 for the root. */
    private int current;

    private Scan(SnapshotOptions options, Predicate<Object> shared) {
        handlers = new Handlers(options);
        this.shared = shared;
    }

    static List<Item> of(Object root, SnapshotOptions options) {
        return new Scan(options, o -> false).run(root);
    }

    /** For a copy in memory. */
    static List<Item> of(Object root, SnapshotOptions options, Predicate<Object> shared) {
        return new Scan(options, shared).run(root);
    }

    private List<Item> run(Object root) {
        numberOf("", root);
        for (Integer next = next(); next != null; next = next()) {
            current = next;
            write(items.get(next - 1));
        }
        return items;
    }

    private @Nullable Integer next() {
        if (!structure.isEmpty()) return structure.pollFirst();
        return values.isEmpty() ? lambdas.pollFirst() : values.pollFirst();
    }

    private Deque<Integer> queue(Handler handler) {
        if (handler.isOfCoroutine()) return structure;
        return handler instanceof ObjectHandlers.WovenLambdas ? lambdas : values;
    }

    private void write(Item item) {
        Object object = item.object;
        if (object == null) throw new AssertionError("an item without an object");
        ItemWriter out = new ItemWriter(this::numberOf);
        try {
            item.handler.write(object, out);
        } catch (SnapshotException e) {
            throw e;
        } catch (Exception e) {
            throw unstorable(object, current, "", "storing it failed with " + e, e);
        }
        out.finish(item);
    }

    private int numberOf(String label, @Nullable Object object) {
        if (object == null) return 0;
        Integer known = numbers.get(object);
        return known != null ? known : add(label, object);
    }

    private int add(String label, Object object) {
        if (shared.test(object))
            return add(label, object, object, new ValueHandlers.Shared(object));
        Object written = object;
        try {
            written = SerialHandler.replace(object);
            Integer known = written == object ? null : numbers.get(written);
            if (known != null) {
                numbers.put(object, known);
                return known;
            }
            Handler handler = handlers.of(written);
            String refusal = handler.refusal(written);
            if (refusal != null) throw new Refused(refusal);
            return add(label, object, written, handler);
        } catch (Refused e) {
            throw unstorable(written, current, label, String.valueOf(e.getMessage()), e);
        } catch (SnapshotException e) {
            throw e;
        } catch (Exception e) {
            throw unstorable(written, current, label, "storing it failed with " + e, e);
        }
    }

    private int add(String label, Object object, Object written, Handler handler) {
        items.add(new Item(handler, written, current, label));
        numbers.put(object, items.size());
        queue(handler).addLast(items.size());
        if (written != object) numbers.put(written, items.size());
        return items.size();
    }

    private SnapshotException unstorable(
            Object object, int holder, String label, String remedy, Exception cause) {
        Deque<String> path = new ArrayDeque<>();
        String place = label;
        for (int at = holder; at != 0; at = items.get(at - 1).from) {
            describe(items.get(at - 1), place, path);
            place = items.get(at - 1).label;
        }
        String what = object.getClass().getName();
        SnapshotException e =
                new SnapshotException.Unstorable(
                        isNamed(object) ? object.toString() + " (" + what + ")" : what,
                        path.isEmpty() ? "nothing else" : String.join(" > ", path),
                        remedy);
        e.initCause(cause);
        return e;
    }

    private static boolean isNamed(Object object) {
        return object instanceof Continuation
                || ObjectHandlers.ByFields.isStored(object.getClass());
    }

    private static void describe(Item holder, String place, Deque<String> path) {
        Object object = holder.object;
        String name = object == null ? null : holder.handler.describe(object);
        if (name == null || (place.isEmpty() && holder.handler instanceof FrameHandler)) {
            boolean ofCorona = holder.handler instanceof ObjectHandlers.ByFields;
            if (!ofCorona && !place.isEmpty()) path.addFirst(place);
            return;
        }
        boolean isCoroutine = holder.handler instanceof ObjectHandlers.ByFields && !name.isEmpty();
        if (!place.isEmpty() && !isCoroutine) path.addFirst(place);
        if (!name.isEmpty() && !name.equals(path.peekFirst())) path.addFirst(name);
    }
}
