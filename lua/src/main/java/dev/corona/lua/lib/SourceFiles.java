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
        try {
            byte[] content = path == null ? host.in().readAllBytes() : read(host, path.toString());
            LuaString name = LuaString.of(path == null ? "=stdin" : "@" + path);
            return loader.loadFile(content, name, mode, environment);
        } catch (IOException e) {
            String shown = path == null ? "stdin" : path.toString();
            return Values.of(
                    null, LuaString.of("cannot open " + shown + ": " + Failures.reason(e)));
        }
    }

    static byte[] read(Host host, String path) throws IOException {
        try (Host.Channel channel = host.files().open(path, "r")) {
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
