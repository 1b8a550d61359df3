package dev.corona.lua.io.function;

import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What functions return by Lua's convention. */
public final class Results {
    public static final String TIMEOUT = "timeout";
    public static final String CLOSED = "closed";

    private Results() {}

    /** nil and a message. */
    public static @Nullable Object failure(String message) {
        return Values.of(null, LuaString.of(message));
    }

    public static @Nullable Object failure(IOException error) {
        return failure(String.valueOf(error.getMessage()));
    }

    /** nil and a message that names the file, in the words of the system. */
    public static @Nullable Object failure(String path, IOException error) {
        return failure(path + ": " + reason(error));
    }

    private static String reason(IOException error) {
        return switch (error) {
            case NoSuchFileException e -> "No such file or directory";
            case FileAlreadyExistsException e -> "File exists";
            case DirectoryNotEmptyException e -> "Directory not empty";
            case AccessDeniedException e -> "Permission denied";
            case NotDirectoryException e -> "Not a directory";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> String.valueOf(error.getMessage());
        };
    }
}
