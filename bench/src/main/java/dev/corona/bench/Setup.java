package dev.corona.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a run takes place.
 *
 * @param root the repository
 * @param quick whether this is a smoke test: short runs, nothing judged
 * @param collector the JVM's heap settings that {@code ./corona} uses
 */
public record Setup(Path root, boolean quick, List<String> collector) {
    /** What the HotSpot engine needs, and no warning that JMH looks at memory; the launcher gives the same. */
    public static final List<String> JVM =
            List.of(
                    "--sun-misc-unsafe-memory-access=allow",
                    "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED",
                    "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                    "--add-exports=java.base/jdk.internal.access=ALL-UNNAMED");

    private static final Pattern COLLECTOR =
            Pattern.compile("^\\s*collector='(-XX[^']+)'\\s*$", Pattern.MULTILINE);

    /** The setup of the repository {@code root}; the heap settings are read from its launcher. */
    public static Setup of(Path root, boolean quick) {
        Path launcher = root.resolve("corona");
        try {
            return new Setup(root, quick, collectorIn(Files.readString(launcher)));
        } catch (IOException e) {
            throw new BenchException(
                    "the launcher %s cannot be read: %s".formatted(launcher, e), e);
        }
    }

    /** The heap settings in the text of the launcher: the one line that sets {@code collector} to options. */
    static List<String> collectorIn(String launcher) {
        Matcher line = COLLECTOR.matcher(launcher);
        if (!line.find()) {
            throw new BenchException(
                    "the launcher ./corona has no line collector='-XX...', where its heap settings are"
                            + " expected; keep that line, or change Setup to where they are now");
        }
        return List.of(line.group(1).strip().split("\\s+"));
    }

    /** {@code full}, or {@code quick} in a smoke test. */
    public <T> T pick(T full, T shorter) {
        return quick ? shorter : full;
    }

    /** A folder for logs, which exists. */
    public Path logs() {
        Path logs = root.resolve("bench/target/logs");
        try {
            return Files.createDirectories(logs);
        } catch (IOException e) {
            throw new BenchException("the folder %s cannot be made: %s".formatted(logs, e), e);
        }
    }

    /** The launcher, as a command. */
    public String corona() {
        return root.resolve("corona").toString();
    }

    /** The command that runs {@code main} in a JVM with the launcher's heap settings. */
    public List<String> command(List<String> options, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(JVM);
        command.addAll(collector);
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }

    /** The Java command that runs this process. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
