package dev.corona.lua.syntax;

import dev.corona.lua.scope.FunctionScope;
import dev.corona.lua.scope.Variable;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A syntax tree, a node a line, its parts below it and further to the right. Walks by a loop: trees may be very deep. */
public final class TreeListing {
    private static final int DEEPEST_SHOWN = 100;

    private record Item(int depth, String label, @Nullable Object value) {}

    private final StringBuilder text = new StringBuilder();
    private final Deque<Item> left = new ArrayDeque<>();

    private TreeListing() {}

    public static String of(Tree.FunctionTree tree) {
        TreeListing listing = new TreeListing();
        listing.left.push(new Item(0, "", tree));
        while (!listing.left.isEmpty()) listing.append(listing.left.pop());
        return listing.text.toString();
    }

    private void append(Item item) {
        Object value = item.value;
        text.repeat(' ', 2 * Math.min(item.depth, DEEPEST_SHOWN)).append(item.label);
        switch (value) {
            case Record node -> node(item, node);
            case List<?> list -> list(item, list);
            case String s -> text.append(TokenListing.quoted(s)).append('\n');
            case Variable v -> text.append(v.name()).append('\n');
            case Tree.Goto jump -> text.append("Goto ").append(jump.label()).append('\n');
            case Tree.Label label -> text.append("Label ").append(label).append('\n');
            case null -> text.append("nil\n");
            default -> text.append(value).append('\n');
        }
    }

    private void node(Item item, Record node) {
        text.append(node.getClass().getSimpleName()).append('\n');
        RecordComponent[] parts = node.getClass().getRecordComponents();
        for (int i = parts.length - 1; i >= 0; i--) {
            Object part = part(node, parts[i]);
            if (!(part instanceof FunctionScope))
                left.push(new Item(item.depth + 1, parts[i].getName() + ": ", part));
        }
    }

    private void list(Item item, List<?> list) {
        text.append(list.isEmpty() ? "none\n" : "\n");
        for (int i = list.size() - 1; i >= 0; i--)
            left.push(new Item(item.depth + 1, "", list.get(i)));
    }

    private static @Nullable Object part(Record node, RecordComponent component) {
        try {
            return component.getAccessor().invoke(node);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
