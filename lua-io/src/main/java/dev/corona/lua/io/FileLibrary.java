package dev.corona.lua.io;

import dev.corona.blocking.Blocking;
import dev.corona.lua.io.function.Arguments;
import dev.corona.lua.io.function.IoFunction;
import dev.corona.lua.io.function.Job;
import dev.corona.lua.io.function.Results;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** The module {@code corona.fs}: whole files and folders, worked on by other threads while the task waits. */
final class FileLibrary {
    private static final double MILLIS = 1e3;

    private FileLibrary() {}

    /** What is done with a file, on another thread. */
    @FunctionalInterface
    private interface Work {
        @Nullable Object run(Path path) throws IOException;
    }

    static LuaTable table(LuaLoop loop) {
        return IoFunction.table(
                loop.state(),
                "fs.",
                Map.of(
                        "read", a -> job(a, FileLibrary::read),
                        "write", a -> write(a, StandardOpenOption.TRUNCATE_EXISTING),
                        "append", a -> write(a, StandardOpenOption.APPEND),
                        "list", a -> job(a, FileLibrary::list),
                        "stat", a -> job(a, FileLibrary::stat),
                        "mkdir", a -> job(a, FileLibrary::makeFolder),
                        "remove", a -> job(a, FileLibrary::remove),
                        "rename", FileLibrary::rename));
    }

    private static Job job(Arguments arguments, Work work) {
        String path = arguments.string(1).toString();
        return new Job(() -> done(path, work));
    }

    private static @Nullable Object done(String path, Work work) {
        try {
            return Blocking.<@Nullable Object>offload(() -> work.run(Path.of(path)));
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException io) return Results.failure(path, io);
            throw e;
        } catch (InvalidPathException e) {
            return Results.failure(path + ": " + e.getReason());
        }
    }

    private static Object read(Path path) throws IOException {
        return LuaString.wrap(Files.readAllBytes(path));
    }

    private static Job write(Arguments arguments, StandardOpenOption how) {
        byte[] content = arguments.string(2).toByteArray();
        return job(
                arguments,
                path -> {
                    Files.write(
                            path,
                            content,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            how);
                    return true;
                });
    }

    /** The names in a folder, sorted. */
    private static Object list(Path path) throws IOException {
        LuaTable names = new LuaTable();
        try (Stream<Path> entries = Files.list(path)) {
            List<String> sorted = entries.map(e -> e.getFileName().toString()).sorted().toList();
            for (int i = 0; i < sorted.size(); i++) names.set(i + 1L, LuaString.of(sorted.get(i)));
        }
        return names;
    }

    /** A table: type is file, directory or other; size in bytes; modified in seconds since the epoch. */
    private static Object stat(Path path) throws IOException {
        BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
        String type = found.isRegularFile() ? "file" : found.isDirectory() ? "directory" : "other";
        LuaTable table = new LuaTable(0, 3);
        table.set(LuaString.of("type"), LuaString.of(type));
        table.set(LuaString.of("size"), found.size());
        table.set(LuaString.of("modified"), found.lastModifiedTime().toMillis() / MILLIS);
        return table;
    }

    private static Object makeFolder(Path path) throws IOException {
        Files.createDirectory(path);
        return true;
    }

    private static Object remove(Path path) throws IOException {
        Files.delete(path);
        return true;
    }

    private static Object rename(Arguments arguments) {
        String target = arguments.string(2).toString();
        return job(
                arguments,
                path -> {
                    Files.move(path, Path.of(target), StandardCopyOption.REPLACE_EXISTING);
                    return true;
                });
    }
}
