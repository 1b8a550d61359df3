package dev.corona.weave;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Folders and jars in which classes are looked up, and after them the JDK that the weaver runs on. */
final class ClassPath implements AutoCloseable {
    private final List<Path> roots = new ArrayList<>();
    private final List<FileSystem> jars = new ArrayList<>();
    private final List<Path> entries = new ArrayList<>();
    private final FileSystem jdk = FileSystems.getFileSystem(URI.create("jrt:/"));

    /**
     * @param text entries separated as on a command line; those that do not exist are left out, as the JVM does
     * @param woven the folder that is woven, which is left out too: its classes are given in their plain form
     */
    ClassPath(String text, Path woven) {
        for (String entry : text.split(File.pathSeparator)) {
            Path path = Path.of(entry).toAbsolutePath().normalize();
            if (!entry.isEmpty() && Files.exists(path) && !path.equals(woven)) open(path);
        }
    }

    private void open(Path entry) {
        entries.add(entry);
        if (Files.isDirectory(entry)) {
            roots.add(entry);
            return;
        }
        try {
            FileSystem jar = FileSystems.newFileSystem(entry);
            jars.add(jar);
            roots.add(jar.getPath("/"));
        } catch (IOException | java.nio.file.ProviderNotFoundException e) {
            throw new WeaveException(
                    "class path entry %s is neither a folder nor a jar; remove it".formatted(entry),
                    e);
        }
    }

    /** The class file of an internal name; null if there is none. */
    byte @Nullable [] find(String internalName) {
        try {
            for (Path root : roots) {
                Path file = root.resolve(internalName + ".class");
                if (Files.isRegularFile(file)) return Files.readAllBytes(file);
            }
            return findInJdk(internalName);
        } catch (IOException e) {
            throw new WeaveException("cannot read class " + internalName.replace('/', '.'), e);
        }
    }

    private byte @Nullable [] findInJdk(String internalName) throws IOException {
        int end = internalName.lastIndexOf('/');
        if (end < 0) return null;
        Path modules = jdk.getPath("packages", internalName.substring(0, end).replace('/', '.'));
        if (!Files.isDirectory(modules)) return null;
        try (Stream<Path> links = Files.list(modules)) {
            for (Path link : links.toList()) {
                String module = link.getFileName().toString();
                Path file = jdk.getPath("modules", module, internalName + ".class");
                if (Files.isRegularFile(file)) return Files.readAllBytes(file);
            }
        }
        return null;
    }

    /** What changes if an entry does: its path, and the sizes and times of its files. */
    String fingerprint() {
        StringBuilder text = new StringBuilder();
        try {
            for (Path entry : entries) {
                try (Stream<Path> files = Files.walk(entry)) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        text.append(file).append(' ').append(Files.size(file)).append(' ');
                        text.append(Files.getLastModifiedTime(file).toMillis()).append('\n');
                    }
                }
            }
        } catch (IOException e) {
            throw new WeaveException("cannot read the class path", e);
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        for (FileSystem jar : jars) jar.close();
    }
}
