package dev.corona.weave.maven;

import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds a JDK that the weaver can run on: the one that the user names, a toolchain's, or Maven's own. */
final class Jdk {
    private static final int OLDEST = 25;
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    private final @Nullable File chosen;
    private final ToolchainManager toolchains;
    private final MavenSession session;

    Jdk(@Nullable File chosen, ToolchainManager toolchains, MavenSession session) {
        this.chosen = chosen;
        this.toolchains = toolchains;
        this.session = session;
    }

    /** The path of its {@code java} command. */
    String java() throws MojoExecutionException {
        if (chosen != null) {
            if (version(chosen.toPath()) >= OLDEST) return command(chosen.toPath());
            throw new MojoExecutionException(
                    "corona.weave.jdk is %s, which is not a JDK %d or newer; name one, or leave it out"
                            .formatted(chosen, OLDEST));
        }
        for (String java : candidates()) {
            if (version(Path.of(java).resolve("../..").normalize()) >= OLDEST) return java;
        }
        throw new MojoExecutionException(
                "weaving needs a JDK %d or newer, but Maven runs on Java %d and no toolchain has one; set corona.weave.jdk to its folder, or add a toolchain"
                        .formatted(OLDEST, Runtime.version().feature()));
    }

    private List<String> candidates() {
        List<Toolchain> found = new ArrayList<>();
        Toolchain selected = toolchains.getToolchainFromBuildContext("jdk", session);
        if (selected != null) found.add(selected);
        found.addAll(
                toolchains.getToolchains(session, "jdk", Map.of("version", "[" + OLDEST + ",)")));
        List<String> commands = new ArrayList<>();
        for (Toolchain toolchain : found) {
            String java = toolchain.findTool("java");
            if (java != null) commands.add(java);
        }
        commands.add(command(Path.of(System.getProperty("java.home"))));
        return commands;
    }

    private static String command(Path home) {
        return home.resolve("bin").resolve("java").toString();
    }

    /** The feature version that a JDK's release file tells; 0 if there is none. */
    static int version(Path home) {
        try {
            String release = Files.readString(home.resolve("release"), StandardCharsets.UTF_8);
            Matcher version = VERSION.matcher(release);
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
