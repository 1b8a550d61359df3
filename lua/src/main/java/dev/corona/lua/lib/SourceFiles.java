package dev.corona.lua.lib;

import dev.corona.lua.runtime.Host;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Chunks in files of the host. */
final class SourceFiles {
    private SourceFiles() {}

    /**
     * Loads a file.
     *
     * @param path null for the host's input
     * @return the function; or nil and a message
     */
    static @Nullable Object load(
            Host host,
            Loader loader,
            @Nullable LuaString path,
            String mode,
            @Nullable Object environment) {
        String shown = path == null ? "stdin" : path.toString();
        Host.Channel channel = null;
        try {
            if (path != null) channel = host.files().open(shown, "r");
        } catch (IOException e) {
            return refusal("cannot open ", shown, e);
        }
        try {
            byte[] content = channel == null ? host.in().readAllBytes() : read(channel);
            LuaString name = LuaString.of(path == null ? "=stdin" : "@" + path);
            return loader.loadFile(content, name, mode, environment);
        } catch (IOException e) {
            return refusal("cannot read ", shown, e);
        }
    }

    private static @Nullable Object refusal(String what, String file, IOException e) {
        return Values.of(null, LuaString.of(what + file + ": " + Failures.reason(e)));
    }

    private static byte[] read(Host.Channel opened) throws IOException {
        try (Host.Channel channel = opened) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            byte[] part = new byte[8192];
            for (int n = channel.read(part, 0, part.length);
                    n > 0;
                    n = channel.read(part, 0, part.length)) {
                content.write(part, 0, n);
            }
            return content.toByteArray();
        }
    }
}
