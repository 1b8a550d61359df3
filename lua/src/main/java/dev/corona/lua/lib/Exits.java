package dev.corona.lua.lib;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is to be done when a runtime is closed, last things first. */
final class Exits {
    private final Deque<Runnable> actions = new ArrayDeque<>();

    void add(Runnable action) {
        actions.push(action);
    }

    void run() {
        while (!actions.isEmpty()) actions.pop().run();
    }
}
