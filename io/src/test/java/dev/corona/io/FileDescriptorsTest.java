package dev.corona.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.corona.kernel.Engines;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server in a process with few file descriptors, and more clients than it has. */
@Timeout(90)
class FileDescriptorsTest {
    private static final int LIMIT = 200;
    private static final int CLIENTS = 300;

    @Test
    void isReportedOncePerIntervalAndRecovers() throws Exception {
        try (Crowd crowd = new Crowd(3_600_000)) {
            crowd.fill();
            assertThat(crowd.nextReport())
                    .isEqualTo(
                            "out of file descriptors: connections on 127.0.0.1:%d wait until some are free"
                                            .formatted(crowd.port)
                                    + " again; close what is not needed, or raise the limit (ulimit -n)");
            assertThat(crowd.echo(0)).isEqualTo("hello");
            crowd.closeSome();
            for (int i = CLIENTS - 10; i < CLIENTS; i++)
                assertThat(crowd.echo(i)).isEqualTo("hello");
            crowd.closeAll();
            crowd.fill();
            assertThat(crowd.echo(0)).isEqualTo("hello");
            assertThat(crowd.remainingReports()).isEmpty();
        }
    }

    @Test
    void isReportedAgainAfterTheInterval() throws Exception {
        try (Crowd crowd = new Crowd(1)) {
            crowd.fill();
            assertThat(crowd.nextReport()).startsWith("out of file descriptors");
            assertThat(crowd.nextReport()).startsWith("out of file descriptors");
        }
    }

    /** The server's process and its clients. */
    private static final class Crowd implements AutoCloseable {
        private final Process server;
        private final BufferedReader output;
        final int port;
        private final List<Socket> clients = new ArrayList<>();

        Crowd(long intervalMillis) throws IOException {
            assumeTrue(Files.isExecutable(Path.of("/bin/bash")));
            List<String> command = new ArrayList<>();
            command.addAll(
                    List.of("/bin/bash", "-c", "ulimit -n " + LIMIT + " && exec \"$@\"", "bash"));
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of(Engines.HOTSPOT_FLAGS.split(" ")));
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx128m"));
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
            command.addAll(List.of(CrowdedServer.class.getName(), "" + intervalMillis));
            server =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            output =
                    new BufferedReader(
                            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
            port = Integer.parseInt(output.readLine());
        }

        void fill() throws IOException {
            for (int i = 0; i < CLIENTS; i++) clients.add(Loops.dial(port));
        }

        String nextReport() throws IOException {
            return output.readLine();
        }

        String echo(int client) throws IOException {
            Loops.send(clients.get(client), "hello");
            return Loops.readExactly(clients.get(client), 5);
        }

        void closeSome() throws IOException {
            for (Socket client : clients.subList(0, CLIENTS - LIMIT / 2)) client.close();
        }

        void closeAll() throws IOException {
            for (Socket client : clients) client.close();
            clients.clear();
        }

        List<String> remainingReports() throws Exception {
            closeAll();
            server.getOutputStream().close();
            return output.lines().toList();
        }

        @Override
        public void close() throws IOException {
            closeAll();
            server.destroy();
            server.onExit().join();
        }
    }
}
