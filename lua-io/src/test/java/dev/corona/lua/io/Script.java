package dev.corona.lua.io;

import dev.corona.lua.LuaOptions;
import dev.corona.lua.LuaRuntime;
import dev.corona.lua.runtime.LuaError;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.SystemHost;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Lua program on a loop of its own, whose output is kept. */
final class Script implements AutoCloseable {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> uncaught = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Object> told = new CompletableFuture<>();
    private final LuaRuntime lua;
    private final LuaLoop loop;

    /** With a global {@code tell} that gives the test a value. */
    Script() {
        SystemHost host = new SystemHost(InputStream.nullInputStream(), out, out);
        lua = LuaRuntime.create(LuaOptions.standard().withProfile(LuaOptions.Profile.FULL), host);
        loop = LuaLoop.own(lua, (task, error) -> uncaught.add(String.valueOf(error.getMessage())));
        lua.set("tell", arguments -> told.complete(arguments.get(0)));
    }

    /** What a program prints until all its tasks have ended. */
    static String run(String text) {
        try (Script script = new Script()) {
            script.start(text);
            script.loop.finish();
            return script.output();
        }
    }

    /** Runs a chunk; blocks until it has returned. */
    void start(String text) {
        LuaFunction chunk = lua.load(text, "=script");
        loop.call(chunk);
    }

    /** The message of the error that a chunk ends by. */
    String failure(String text) {
        try {
            start(text);
        } catch (LuaError e) {
            return e.getMessage();
        }
        throw new AssertionError("no error");
    }

    LuaLoop loop() {
        return loop;
    }

    /** What the program told. */
    Object told() {
        return told.join();
    }

    List<String> uncaught() {
        return uncaught;
    }

    String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        loop.close();
        lua.close();
    }
}
