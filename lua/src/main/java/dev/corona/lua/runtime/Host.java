package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.ZoneId;

/**
 * What the outside world is for a runtime: streams, files, processes, environment, time. What a host does not want to give, it
 * refuses by an {@link IOException}. The library calls it on the runtime's thread.
 */
public interface Host {
    InputStream in();

    OutputStream out();

    OutputStream err();

    /** The files that {@code io} and {@code os} see. */
    Files files();

    /** An environment variable; null if there is none. */
    @Nullable String environment(String name);

    /** The time since the epoch. */
    long currentTimeMillis();

    /** The CPU time that {@code os.clock} shows. */
    long cpuTimeNanos();

    ZoneId zone();

    /** Whether there is a shell for {@link #start}. */
    boolean hasShell();

    /** Starts a command of the shell. */
    Process start(String command, boolean pipeIn, boolean pipeOut) throws IOException;

    /**
     * Ends the process, or whatever the host wants {@code os.exit} to do. If it returns, a program that was not closed goes on.
     *
     * @param status of the process, as the program gave it
     * @param close whether the program asked to be closed: then its to-be-closed variables have been, and it has ended
     */
    void exit(int status, boolean close);

    /** A file system. */
    interface Files {
        /**
         * Opens a file.
         *
         * @param mode as C's fopen: r, w or a, then perhaps +; without b
         */
        Channel open(String path, String mode) throws IOException;

        void remove(String path) throws IOException;

        void rename(String from, String to) throws IOException;

        /** Makes an empty file of a new name, and says the name. */
        String temporary() throws IOException;

        /** Whether the file can be opened for reading. */
        boolean isReadable(String path);
    }

    /** An open file. */
    interface Channel extends AutoCloseable {
        /** Reads up to {@code length} bytes; -1 at the end. */
        int read(byte[] target, int from, int length) throws IOException;

        void write(byte[] source, int from, int length) throws IOException;

        /** The position from the beginning. */
        long position() throws IOException;

        void position(long position) throws IOException;

        long size() throws IOException;

        @Override
        void close() throws IOException;
    }
}
