package dev.corona.weave.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.toolchain.ToolchainManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class JdkTest {
    @TempDir private Path folder;

    /** A manager that knows no toolchain. */
    private static final ToolchainManager NO_TOOLCHAINS =
            (ToolchainManager)
                    Proxy.newProxyInstance(
                            JdkTest.class.getClassLoader(),
                            new Class<?>[] {ToolchainManager.class},
                            (proxy, method, arguments) ->
                                    method.getReturnType() == List.class ? List.of() : null);

    private Path jdk(String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve("jdk-" + version));
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
        return home;
    }

    private static String javaOf(Path chosen) throws MojoExecutionException {
        return new Jdk(chosen == null ? null : chosen.toFile(), NO_TOOLCHAINS, null).java();
    }

    @Test
    void takesTheJdkThatTheUserNames() throws Exception {
        Path home = jdk("25.0.3");
        assertThat(javaOf(home)).isEqualTo(home.resolve("bin/java").toString());
    }

    @Test
    void refusesOneThatIsTooOld() throws Exception {
        Path home = jdk("17.0.15");
        assertThatThrownBy(() -> javaOf(home))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage(
                        "corona.weave.jdk is %s, which is not a JDK 25 or newer; name one, or leave it out"
                                .formatted(home));
    }

    @Test
    void refusesAFolderThatIsNoJdk() {
        assertThatThrownBy(() -> javaOf(folder)).hasMessageContaining("is not a JDK 25 or newer");
    }

    @Test
    void takesMavensOwnIfThatIsNewEnough() throws Exception {
        assertThat(javaOf(null)).startsWith(System.getProperty("java.home"));
    }
}
