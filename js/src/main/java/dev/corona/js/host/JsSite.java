package dev.corona.js.host;

import dev.corona.async.SpawnSite;
import dev.corona.async.Task;

import org.graalvm.polyglot.Value;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in JavaScript where a coroutine was spawned: an object with a {@code stack}, read only when it is printed; and the
 * places where the coroutine that did it and some of its forebears were spawned.
 */
public final class JsSite extends SpawnSite {
    private static final int MOST_FOREBEARS = 4;

    private final Value holder;

    /** Of the forebears, the nearest first. */
    private final List<Value> outer;

    private JsSite(Value holder, List<Value> outer) {
        this.holder = holder;
        this.outer = outer;
    }

    /** The place that {@code holder} describes, in the running coroutine. */
    static JsSite of(Value holder) {
        Task<?> task = Task.currentOrNull();
        return task != null && task.spawnSite() instanceof JsSite site
                ? new JsSite(holder, site.places())
                : new JsSite(holder, List.of());
    }

    private List<Value> places() {
        List<Value> places = new ArrayList<>(MOST_FOREBEARS);
        places.add(holder);
        places.addAll(outer.subList(0, Math.min(outer.size(), MOST_FOREBEARS - 1)));
        return places;
    }

    @Override
    public List<String> lines() {
        return linesOf(holder);
    }

    /** The lines of this place and of those of the forebears, with an empty line between two places. */
    public List<String> chain() {
        List<String> chain = new ArrayList<>(lines());
        List<String> before = lines();
        for (Value place : outer) {
            List<String> lines = linesOf(place);
            if (lines.equals(before)) continue;
            chain.add("");
            chain.addAll(lines);
            before = lines;
        }
        return chain;
    }

    private static List<String> linesOf(Value holder) {
        Value stack = holder.getMember("stack");
        if (stack == null || !stack.isString()) return List.of();
        return stack.asString()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("at "))
                .map(line -> line.substring(3))
                .toList();
    }
}
