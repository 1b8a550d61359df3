package dev.corona.js.host;

import dev.corona.async.SpawnSite;

import org.graalvm.polyglot.Value;

import java.util.List;

/** A place in JavaScript where a coroutine was spawned: an object with a {@code stack}, read only when it is printed. */
public final class JsSite extends SpawnSite {
    private final Value holder;

    public JsSite(Value holder) {
        this.holder = holder;
    }

    @Override
    public List<String> lines() {
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
