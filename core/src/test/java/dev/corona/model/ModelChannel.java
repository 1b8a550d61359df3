package dev.corona.model;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** The model of a channel. */
final class ModelChannel {
    /** One who waits for an element; takes null for the end, and says whether it took it. */
    record Receiver(Predicate<@Nullable Integer> deliver) {}

    /** One who waits to send; says whether it still does, when its element is taken or dropped. */
    record Sender(int element, BooleanSupplier accept, BooleanSupplier refuse) {}

    private final int capacity;
    private final Deque<Integer> kept = new ArrayDeque<>();
    private final List<Receiver> receivers = new ArrayList<>();
    private final List<Sender> senders = new ArrayList<>();
    private boolean closed;

    ModelChannel(int capacity) {
        this.capacity = capacity;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isDrained() {
        return closed && kept.isEmpty() && senders.isEmpty();
    }

    void add(Receiver receiver) {
        receivers.add(receiver);
    }

    void add(Sender sender) {
        senders.add(sender);
    }

    void remove(Receiver receiver) {
        receivers.remove(receiver);
    }

    void remove(Sender sender) {
        senders.remove(sender);
    }

    boolean offer(int element) {
        while (!receivers.isEmpty()) if (receivers.removeFirst().deliver.test(element)) return true;
        if (capacity == Program.CONFLATED) {
            kept.clear();
            kept.add(element);
            return true;
        }
        return kept.size() < capacity && kept.add(element);
    }

    @Nullable Integer poll() {
        Integer first = kept.poll();
        Integer next = pollSender();
        if (first == null) return next;
        if (next != null) kept.add(next);
        return first;
    }

    private @Nullable Integer pollSender() {
        while (!senders.isEmpty()) {
            Sender sender = senders.removeFirst();
            if (sender.accept.getAsBoolean()) return sender.element;
        }
        return null;
    }

    /** Closes it; {@code now} drops what was not received, and answers that. */
    List<Integer> close(boolean now) {
        closed = true;
        List<Integer> dropped = new ArrayList<>();
        if (now) {
            dropped.addAll(kept);
            kept.clear();
            while (!senders.isEmpty()) {
                Sender sender = senders.removeFirst();
                if (sender.refuse.getAsBoolean()) dropped.add(sender.element);
            }
        }
        if (isDrained()) while (!receivers.isEmpty()) receivers.removeFirst().deliver.test(null);
        return dropped;
    }
}
