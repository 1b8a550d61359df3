package dev.corona.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The weaver's Maven plugin in a project that is not Corona's, built by a Maven of its own, without a network: Corona's artifacts come from a
 * repository that the test makes, everything else from what this build has used.
 */
class StrangersProjectTest {
    private static final Path ROOT = Path.of(System.getProperty("corona.root"));
    private static final String VERSION = "0.1.0-SNAPSHOT";

    private static final String SOURCE =
            """
            package com.acme;

            import dev.corona.Generator;
            import java.util.List;

            public class Numbers {
                public static Generator<Integer> upTo(int limit) {
                    return Generator.of(out -> { for (int i = 0; i < limit; i++) emit(out, i); });
                }
                private static void emit(Generator.Yielder<Integer> out, int value) { out.yield(value); }
            }
            """;

    private static final String ESCAPE =
            """
            package com.acme;

            import dev.corona.Generator;
            import java.util.List;

            public class Escape {
                public static Generator<Integer> all(List<Integer> list) {
                    return Generator.of(out -> list.forEach(x -> out.yield(x)));
                }
            }
            """;

    @TempDir private Path folder;

    /** What a build answered. */
    private record Build(int code, String text) {}

    @BeforeEach
    void layOut() throws IOException {
        install("corona-parent", "pom.xml", null);
        for (String module : List.of("core", "weave", "weave-maven-plugin")) {
            String artifact = "corona-" + module;
            install(
                    artifact,
                    module + "/pom.xml",
                    module + "/target/" + artifact + "-" + VERSION + ".jar");
        }
        Files.writeString(folder.resolve("settings.xml"), settings());
        write("project/src/main/java/com/acme/Numbers.java", SOURCE);
        write("project/pom.xml", pom(""));
    }

    private void install(String artifact, String pom, String jar) throws IOException {
        Path place =
                Files.createDirectories(
                        folder.resolve("repository/dev/corona/" + artifact + "/" + VERSION));
        Files.copy(ROOT.resolve(pom), place.resolve(artifact + "-" + VERSION + ".pom"));
        if (jar != null)
            Files.copy(ROOT.resolve(jar), place.resolve(artifact + "-" + VERSION + ".jar"));
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String settings() {
        String repositories =
                """
                <repository><id>corona</id><url>%s</url><snapshots><enabled>true</enabled></snapshots></repository>
                """
                        .formatted(folder.resolve("repository").toUri());
        return """
                <settings>
                  <localRepository>%s</localRepository>
                  <mirrors><mirror><id>used</id><mirrorOf>central</mirrorOf><url>%s</url></mirror></mirrors>
                  <profiles><profile><id>corona</id>
                    <repositories>%s</repositories>
                    <pluginRepositories>%s</pluginRepositories>
                  </profile></profiles>
                  <activeProfiles><activeProfile>corona</activeProfile></activeProfiles>
                </settings>
                """
                .formatted(
                        folder.resolve("local"),
                        Path.of(System.getProperty("corona.maven.repository")).toUri(),
                        repositories,
                        repositories.replace("repository>", "pluginRepository>"));
    }

    /** The project as docs/weaving.md shows it, with the plugin versions of this build. */
    private static String pom(String configuration) throws IOException {
        return """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>com.acme</groupId>
                  <artifactId>stranger</artifactId>
                  <version>1</version>
                  <properties>
                    <maven.compiler.release>25</maven.compiler.release>
                    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                  </properties>
                  <dependencies>
                    <dependency><groupId>dev.corona</groupId><artifactId>corona-core</artifactId><version>%1$s</version></dependency>
                  </dependencies>
                  <build><plugins>
                    <plugin><artifactId>maven-resources-plugin</artifactId><version>3.3.1</version></plugin>
                    <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.15.0</version></plugin>
                    <plugin>
                      <artifactId>maven-toolchains-plugin</artifactId><version>3.2.0</version>
                      <executions><execution>
                        <goals><goal>select-jdk-toolchain</goal></goals>
                        <configuration><version>[25,)</version></configuration>
                      </execution></executions>
                    </plugin>
                    %2$s
                  </plugins></build>
                </project>
                """
                .formatted(VERSION, plugin(configuration));
    }

    /** The plugin as docs/weaving.md shows it. */
    private static String plugin(String configuration) throws IOException {
        String guide = Files.readString(ROOT.resolve("docs/weaving.md"));
        String shown = guide.substring(guide.indexOf("<plugin>"), guide.indexOf("</plugin>"));
        assertThat(shown).contains("corona-weave-maven-plugin", "<version>" + VERSION);
        return "%s<configuration>%s</configuration></plugin>".formatted(shown, configuration);
    }

    private Build build() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("corona.maven.home"), "bin", "mvn").toString());
        command.addAll(
                List.of(
                        "-B",
                        "-ntp",
                        "-s",
                        folder.resolve("settings.xml").toString(),
                        "process-classes"));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.resolve("project").toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Build(process.waitFor(), text);
    }

    private Class<?> load(String name) throws Exception {
        URL classes = folder.resolve("project/target/classes/").toUri().toURL();
        return new URLClassLoader(new URL[] {classes}, getClass().getClassLoader()).loadClass(name);
    }

    private static boolean hasTwins(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .flatMap(m -> Arrays.stream(m.getParameterTypes()))
                .anyMatch(p -> p.getName().equals("dev.corona.woven.Strand"));
    }

    @Test
    void weavesAtEachBuildWhatChanged() throws Exception {
        Build first = build();
        assertThat(first.code()).as(first.text()).isZero();
        assertThat(first.text()).contains("Woven: 1 class");
        Class<?> numbers = load("com.acme.Numbers");
        assertThat(hasTwins(numbers)).isTrue();
        var generator = (Iterable<?>) numbers.getMethod("upTo", int.class).invoke(null, 3);
        assertThat(generator).map(Object::toString).containsExactly("0", "1", "2");

        assertThat(build().text()).contains("Woven: nothing to do");

        write("project/src/main/java/com/acme/Escape.java", ESCAPE);
        Build warned = build();
        assertThat(warned.code()).as(warned.text()).isZero();
        assertThat(warned.text())
                .contains("[WARNING] com.acme.Escape.")
                .contains("a lambda that can suspend is handed to java.util.List.forEach")
                .contains("(line 8)");

        write("project/pom.xml", pom("<warningsAsErrors>true</warningsAsErrors>"));
        Build failed = build();
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.text())
                .contains("1 warning of the weaver; mend it, or accept what is fine by <accepts>");

        write(
                "project/pom.xml",
                pom(
                        "<warningsAsErrors>true</warningsAsErrors><accepts><accept>java.util.List.forEach</accept></accepts>"));
        Build accepted = build();
        assertThat(accepted.code()).as(accepted.text()).isZero();
    }
}
