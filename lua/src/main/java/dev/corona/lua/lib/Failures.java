package dev.corona.lua.lib;

import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;

/** What functions return that the host refused: nil, a message and the number of the error as C has it. */
final class Failures {
    private static final Map<String, Long> NUMBERS =
            Map.of(
                    "Operation not permitted", 1L,
                    "No such file or directory", 2L,
                    "Input/output error", 5L,
                    "Bad file descriptor", 9L,
                    "Permission denied", 13L,
                    "File exists", 17L,
                    "Is a directory", 21L,
                    "Invalid argument", 22L,
                    "Illegal seek", 29L,
                    "Directory not empty", 39L);

    private Failures() {}

    static @Nullable Object of(IOException e, @Nullable String path) {
        String reason = reason(e);
        String message = path == null ? reason : path + ": " + reason;
        return Values.of(null, LuaString.of(message), NUMBERS.getOrDefault(reason, 5L));
    }

    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) return "No such file or directory";
        if (e instanceof AccessDeniedException) return "Permission denied";
        if (e instanceof DirectoryNotEmptyException) return "Directory not empty";
        if (e instanceof FileAlreadyExistsException) return "File exists";
        if (e instanceof FileSystemException f && f.getReason() != null) return f.getReason();
        String message = e.getMessage();
        return message == null ? "Input/output error" : message;
    }
}
