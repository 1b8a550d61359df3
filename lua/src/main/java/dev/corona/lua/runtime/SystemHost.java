package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneId;

/** The process and the machine themselves: for programs that are trusted. May be shared between runtimes. */
public class SystemHost implements Host {
    private final InputStream in;
    private final OutputStream out;
    private final OutputStream err;

    public SystemHost(InputStream in, OutputStream out, OutputStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public OutputStream err() {
        return err;
    }

    @Override
    public Files files() {
        return new SystemFiles();
    }

    @Override
    public @Nullable String environment(String name) {
        return System.getenv(name);
    }

    @Override
    public long currentTimeMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long cpuTimeNanos() {
        return CpuClock.nanos();
    }

    @Override
    public ZoneId zone() {
        return ZoneId.systemDefault();
    }

    @Override
    public boolean hasShell() {
        return new File("/bin/sh").canExecute();
    }

    @Override
    public Process start(String command, boolean pipeIn, boolean pipeOut) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        if (!pipeIn) builder.redirectInput(ProcessBuilder.Redirect.INHERIT);
        if (!pipeOut) builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
        return builder.start();
    }

    @Override
    public void exit(int status, boolean close) {
        System.exit(status);
    }

    /** The machine's files. */
    private static final class SystemFiles implements Files {
        @Override
        public Channel open(String path, String mode) throws IOException {
            File file = new File(path);
            boolean update = mode.endsWith("+");
            if (mode.charAt(0) == 'r') {
                if (!file.exists()) throw new NoSuchFileException(path);
                if (file.isDirectory() && !update) return new DirectoryChannel();
            }
            requireAccess(file, mode);
            RandomAccessFile opened = new RandomAccessFile(file, mode.equals("r") ? "r" : "rw");
            if (mode.charAt(0) == 'w') opened.setLength(0);
            return new FileChannel(opened, mode.charAt(0) == 'a');
        }

        private static void requireAccess(File file, String mode) throws IOException {
            File parent = file.getAbsoluteFile().getParentFile();
            if (parent != null && !parent.exists()) throw new NoSuchFileException(file.getPath());
            if (file.isDirectory())
                throw new FileSystemException(file.getPath(), null, "Is a directory");
            boolean reads = mode.charAt(0) == 'r';
            boolean allowed = !file.exists() || (reads ? file.canRead() : file.canWrite());
            if (!allowed) throw new FileSystemException(file.getPath(), null, "Permission denied");
        }

        @Override
        public void remove(String path) throws IOException {
            java.nio.file.Files.delete(Path.of(path));
        }

        @Override
        public void rename(String from, String to) throws IOException {
            java.nio.file.Files.move(
                    Path.of(from), Path.of(to), StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public String temporary() throws IOException {
            return java.nio.file.Files.createTempFile("lua_", "").toString();
        }

        @Override
        public boolean isReadable(String path) {
            return new File(path).canRead();
        }
    }

    /** A directory can be opened for reading, but not read. */
    private static final class DirectoryChannel implements Channel {
        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            throw new FileSystemException(null, null, "Is a directory");
        }

        @Override
        public void write(byte[] source, int from, int length) throws IOException {
            throw new FileSystemException(null, null, "Bad file descriptor");
        }

        @Override
        public long position() {
            return 0;
        }

        @Override
        public void position(long position) {}

        @Override
        public long size() {
            return Long.MAX_VALUE;
        }

        @Override
        public void close() {}
    }

    private static final class FileChannel implements Channel {
        private final RandomAccessFile file;
        private final boolean append;

        FileChannel(RandomAccessFile file, boolean append) {
            this.file = file;
            this.append = append;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            return file.read(target, from, length);
        }

        @Override
        public void write(byte[] source, int from, int length) throws IOException {
            if (append) file.seek(file.length());
            file.write(source, from, length);
        }

        @Override
        public long position() throws IOException {
            return file.getFilePointer();
        }

        @Override
        public void position(long position) throws IOException {
            if (position < 0) throw new FileSystemException(null, null, "Invalid argument");
            file.seek(position);
        }

        @Override
        public long size() throws IOException {
            return file.length();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
