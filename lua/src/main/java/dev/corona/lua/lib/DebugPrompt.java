package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.Host;
import dev.corona.lua.runtime.LuaError;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** {@code debug.debug}: runs lines of the host's input until one says "cont". */
@Resumable
final class DebugPrompt extends LibraryN {
    private final LuaState state;
    private final Host host;

    DebugPrompt(LuaState state, Host host) {
        super("debug.debug");
        this.state = state;
        this.host = host;
    }

    @Override
    Object run(@Nullable Object[] arguments) {
        while (true) {
            say("lua_debug> ");
            byte[] line = readLine();
            if (line == null || "cont".equals(new String(line, StandardCharsets.ISO_8859_1))) {
                return Values.NONE;
            }
            try {
                state.load(line, "=(debug command)", state.globals()).call();
            } catch (LuaError e) {
                say(Text.of(state, e.value()).toLatin1() + "\n");
            }
        }
    }

    private void say(String latin1) {
        try {
            host.err().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
            host.err().flush();
        } catch (IOException e) {
            return;
        }
    }

    private byte @Nullable [] readLine() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            int b = host.in().read();
            if (b < 0) return null;
            for (; b >= 0 && b != '\n'; b = host.in().read()) line.write(b);
        } catch (IOException e) {
            return null;
        }
        return line.toByteArray();
    }
}
