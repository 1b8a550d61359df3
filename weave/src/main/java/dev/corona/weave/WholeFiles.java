package dev.corona.weave;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Replaces files so that each is as it was or as it is to be, and never in between, even if the process is killed. */
class WholeFiles {
    private static final String UNFINISHED = ".weaving";

    /** Makes {@code bytes} the content of a file, and its folders if they are missing. */
    void write(Path file, byte[] bytes) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) Files.createDirectories(folder);
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        Files.write(unfinished, bytes);
        Files.move(
                unfinished,
                file,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes what a process that was killed has left behind. */
    void clean(Path root) throws IOException {
        if (!Files.exists(root)) return;
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> left = files.filter(f -> f.toString().endsWith(UNFINISHED)).toList();
            for (Path file : left) Files.delete(file);
        }
    }
}
