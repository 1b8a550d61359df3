package dev.corona.weave.agent;

import dev.corona.Generator;
import dev.corona.weave.Compiled;

import org.jspecify.annotations.NullMarked;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Programs that are compiled, packed as jars and run by a JVM of their own, under the agent as it is packed by the build. */
final class Program {
    static final Path CORE = codeSource(Generator.class);

    /** What core's module asks for when code is compiled against it. */
    static final Path JSPECIFY = codeSource(NullMarked.class);

    private static final Path WEAVE = codeSource(Agent.class);

    /** What a run printed, and its exit code. */
    record Answer(int code, String out, String err) {}

    private final Path folder;
    private final List<String> command = new ArrayList<>();

    /**
     * @param folder for what is made
     */
    Program(Path folder) {
        this.folder = folder;
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    }

    private static Path codeSource(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** The agent's jar, with the manifest that the build gives it. */
    Path agent() throws IOException {
        Path jar = folder.resolve("corona-weave.jar");
        if (Files.exists(jar)) return jar;
        if (Files.isRegularFile(WEAVE)) return Files.copy(WEAVE, jar);
        Manifest manifest;
        try (var in = Files.newInputStream(Path.of("src/main/agent/MANIFEST.MF"))) {
            manifest = new Manifest(in);
        }
        try (Stream<Path> files = Files.walk(WEAVE)) {
            pack(jar, manifest, WEAVE, files.filter(Files::isRegularFile).toList());
        }
        return jar;
    }

    private static void pack(Path jar, Manifest manifest, Path root, List<Path> files)
            throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out, manifest)) {
            for (Path file : files) {
                packed.putNextEntry(
                        new JarEntry(root.relativize(file).toString().replace('\\', '/')));
                packed.write(Files.readAllBytes(file));
            }
        }
    }

    /**
     * Compiles sources into a folder.
     *
     * @param sources by the path of the file, without its ending
     */
    Path compile(String name, Map<String, String> sources, String... options) throws IOException {
        Path classes = folder.resolve(name);
        for (var c : Compiled.compile(sources, options).entrySet()) {
            Path file = classes.resolve(c.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, c.getValue());
        }
        return classes;
    }

    /** A jar of a folder. */
    Path jar(Path classes, Map<String, String> attributes) throws IOException {
        Path jar = folder.resolve(classes.getFileName() + ".jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach(manifest.getMainAttributes()::putValue);
        try (Stream<Path> files = Files.walk(classes)) {
            pack(jar, manifest, classes, files.filter(Files::isRegularFile).toList());
        }
        return jar;
    }

    Path jar(Path classes) throws IOException {
        return jar(classes, Map.of());
    }

    /** Starts the JVM with the agent. */
    Program under(String options) throws IOException {
        command.add("-javaagent:" + agent() + (options.isEmpty() ? "" : "=" + options));
        return this;
    }

    Program with(String... options) {
        command.addAll(List.of(options));
        return this;
    }

    Answer run(String... arguments) throws IOException, InterruptedException {
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        process.getOutputStream().close();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still runs: " + command);
        }
        return new Answer(process.exitValue(), text(out), text(err));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
