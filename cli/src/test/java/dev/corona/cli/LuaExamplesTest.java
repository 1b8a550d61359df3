package dev.corona.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The Lua examples and what else Lua programs do in a process of their own, each as a user runs it. */
@Timeout(180)
class LuaExamplesTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("corona.root")).resolve("examples/lua");

    private static int portOf(Command server) throws IOException {
        String line = server.readLine();
        assertThat(line).matches("Listening on .*\\d+");
        return Integer.parseInt(line.replaceFirst(".*\\D", ""));
    }

    @Test
    void echoServerSendsLinesBackToEach() throws Exception {
        try (Command server = Command.startJoined(FOLDER.resolve("echo-server.lua").toString())) {
            int port = portOf(server);
            try (Socket one = new Socket(InetAddress.getLoopbackAddress(), port);
                    Socket two = new Socket(InetAddress.getLoopbackAddress(), port)) {
                one.getOutputStream().write("first\n".getBytes(StandardCharsets.UTF_8));
                two.getOutputStream().write("zweite ü\n".getBytes(StandardCharsets.UTF_8));
                assertThat(lines(two).readLine()).isEqualTo("zweite ü");
                BufferedReader in = lines(one);
                assertThat(in.readLine()).isEqualTo("first");
                one.shutdownOutput();
                assertThat(in.readLine()).isNull();
            }
        }
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    void helloHttpAnswersAndRefuses() throws Exception {
        try (Command server = Command.startJoined(FOLDER.resolve("hello-http.lua").toString());
                HttpClient client = HttpClient.newHttpClient()) {
            String base = "http://127.0.0.1:" + portOf(server);
            assertThat(get(client, base + "/").body()).isEqualTo("Hello, world!\n");
            assertThat(get(client, base + "/you").body()).isEqualTo("Hello, you!\n");
            HttpRequest post =
                    HttpRequest.newBuilder(URI.create(base))
                            .POST(HttpRequest.BodyPublishers.ofString(""))
                            .build();
            assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(400);
        }
    }

    private static HttpResponse<String> get(HttpClient client, String uri) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void spawnShowsTasks() throws Exception {
        try (Command command = Command.startJoined(FOLDER.resolve("spawn.lua").toString())) {
            assertThat(command.rest())
                    .isEqualTo(
                            """
                            slow took 0.3
                            quick took 0.1
                            middling took 0.2
                            all of it took less than the sum:\ttrue
                            sum of squares\t55
                            cleaned up
                            patient\tnil\ttimeout
                            failed\tfalse\tout of luck
                            """);
            assertThat(command.exitCode()).isZero();
        }
    }

    @Test
    void anInterruptStopsAChunkAsInTheReference(@TempDir Path folder) throws Exception {
        Path script = folder.resolve("busy.lua");
        Files.writeString(script, "print 'ready' io.stdout:flush() while true do end");
        try (Command command = Command.start(folder, script.toString())) {
            assertThat(command.readLine()).isEqualTo("ready");
            command.signal("INT");
            assertThat(command.rest()).isEmpty();
            assertThat(command.exitCode()).isEqualTo(1);
            assertThat(command.errors()).startsWith("corona: interrupted!\n");
        }
    }

    @Test
    void anInterruptEndsAServerWhoseChunkIsDone(@TempDir Path folder) throws Exception {
        Path script = folder.resolve("server.lua");
        Files.writeString(
                script,
                "require 'corona'.net.listen({host = '127.0.0.1', port = 0}, print) print 'ready' io.stdout:flush()");
        try (Command command = Command.start(folder, script.toString())) {
            assertThat(command.readLine()).isEqualTo("ready");
            command.signal("INT");
            assertThat(command.rest()).isEmpty();
            assertThat(command.exitCode()).isEqualTo(130);
            assertThat(command.errors()).isEmpty();
        }
    }

    @Test
    void exitEndsTheProcessFromATaskWithItsOutputAndFiles(@TempDir Path folder) throws Exception {
        Path script = folder.resolve("exit.lua");
        Path written = folder.resolve("written");
        Files.writeString(
                script,
                """
                local corona = require 'corona'
                io.open('%s', 'w'):write('buffered')
                corona.spawn(function() io.write('output') os.exit(3) end)
                corona.sleep(1000)
                """
                        .formatted(written));
        try (Command command = Command.start(folder, script.toString())) {
            assertThat(command.rest()).isEqualTo("output");
            assertThat(command.exitCode()).isEqualTo(3);
            assertThat(command.errors()).isEmpty();
            assertThat(written).hasContent("buffered");
        }
    }

    @Test
    void anErrorInATaskIsReportedInLuasTermsAndTheCodeIsOne(@TempDir Path folder) throws Exception {
        Path script = folder.resolve("task.lua");
        Files.writeString(
                script, "require 'corona'.spawn(function() local t; t.x = 1 end)\nprint 'goes on'");
        try (Command command = Command.start(folder, script.toString())) {
            assertThat(command.rest()).isEqualTo("goes on\n");
            assertThat(command.exitCode()).isEqualTo(1);
            assertThat(command.errors())
                    .startsWith(
                            "corona: uncaught error in a task: %s:1: attempt to index a nil value (local 't')"
                                    .formatted(script))
                    .doesNotContain("\tat ");
        }
    }
}
