package dev.corona.examples;

import dev.corona.Coroutine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Peers that hand control to each other: a producer and a consumer of which neither calls the other, a clerk that others
 * call for one step, and an error that surfaces at the root.
 */
public final class SymmetricRing {
    private static final int ROOM = 2;

    private final Deque<String> belt = new ArrayDeque<>();
    private int stamps;

    private SymmetricRing() {}

    /** Prints what each of the coroutines does, in the order in which they take turns. */
    public static void main(String[] args) {
        SymmetricRing ring = new SymmetricRing();
        try {
            ring.bake();
            ring.stamp();
            ring.fail();
        } finally {
            Coroutine.closeAll();
        }
    }

    /** The baker fills a belt that has room for two loaves; the eater empties it. Each waits by letting the other run. */
    private void bake() {
        Coroutine.of("baker", () -> List.of("rye", "wheat", "spelt", "oat").forEach(this::put));
        Coroutine.of("eater", () -> eat(4));
        Coroutine.drain();
    }

    private void put(String loaf) {
        while (belt.size() == ROOM) Coroutine.yieldNext();
        System.out.println("baker: " + loaf);
        belt.addLast(loaf);
    }

    private void eat(int loaves) {
        for (int i = 0; i < loaves; i++) {
            while (belt.isEmpty()) Coroutine.yieldNext();
            System.out.println("eater: " + belt.removeFirst());
        }
    }

    /** The clerk is a peer too, but the others call it: control comes back to them at its next yield. */
    private void stamp() {
        Coroutine clerk = Coroutine.of("clerk", this::stampForEver);
        for (String customer : List.of("ann", "bob")) {
            Coroutine.of(
                    customer,
                    () -> {
                        Coroutine.yieldCall(clerk);
                        System.out.println(customer + ": has stamp " + stamps);
                    });
        }
        Coroutine.yieldCall(clerk);
        System.out.println("root: has stamp " + stamps);
        Coroutine.yieldNext();
        clerk.close();
        Coroutine.drain();
    }

    private void stampForEver() {
        try {
            while (true) {
                stamps++;
                Coroutine.yieldNext();
            }
        } finally {
            System.out.println("clerk: goes home after " + stamps + " stamps");
        }
    }

    /** An error ends the coroutine that it leaves, and is reported at the root; the others go on. */
    private void fail() {
        Coroutine.of("careless", () -> Integer.parseInt("one"));
        Coroutine.of("careful", () -> System.out.println("careful: done"));
        try {
            Coroutine.drain();
        } catch (RuntimeException e) {
            System.out.println("root: " + e.getMessage());
        }
        Coroutine.drain();
    }
}
