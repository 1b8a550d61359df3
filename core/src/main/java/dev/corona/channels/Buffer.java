package dev.corona.channels;

import org.jspecify.annotations.Nullable;

/** The elements that a channel keeps, in a ring that grows as far as the channel's capacity. */
final class Buffer<T> {
    private static final int FIRST_SIZE = 8;

    private final int capacity;
    private @Nullable Object[] elements = {};
    private int head;
    private int size;

    Buffer(int capacity) {
        this.capacity = capacity;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size >= capacity;
    }

    void add(T element) {
        if (size == elements.length) grow();
        elements[(head + size++) & (elements.length - 1)] = element;
    }

    /** The oldest, which is dropped; null if there is none. */
    @SuppressWarnings("unchecked") // add put it there
    @Nullable T poll() {
        if (size == 0) return null;
        T oldest = (T) elements[head];
        elements[head] = null;
        head = (head + 1) & (elements.length - 1);
        size--;
        return oldest;
    }

    private void grow() {
        int length = elements.length;
        @Nullable Object[] larger = new Object[length == 0 ? FIRST_SIZE : length << 1];
        for (int i = 0; i < size; i++) larger[i] = elements[(head + i) & (length - 1)];
        elements = larger;
        head = 0;
    }
}
