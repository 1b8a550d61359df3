package dev.corona.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JavaScript examples, each as a user runs it, with a real client. */
@Timeout(180)
class ExamplesTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("corona.root")).resolve("examples/js");
    private static final Pattern PORT = Pattern.compile("Listening on .*?(\\d+)$");

    private static int portOf(Command server) throws IOException {
        String line = server.readLine();
        Matcher matcher = PORT.matcher(String.valueOf(line));
        assertThat(matcher.find()).as("the line of a server that listens: " + line).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    /** A client that speaks lines. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final OutputStream output;
        private final BufferedReader input;

        Client(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            output = socket.getOutputStream();
            input =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        Client send(String text) throws IOException {
            output.write(text.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        String line() throws IOException {
            return input.readLine();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void helloServerAnswers() throws Exception {
        try (Command server = Command.startJoined(FOLDER.resolve("hello-server.js").toString());
                HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + portOf(server) + "/");
            HttpResponse<String> response =
                    client.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("Hello, world!\n");
        }
    }

    @Test
    void echoServerSendsLinesBack() throws Exception {
        try (Command server = Command.startJoined(FOLDER.resolve("echo-server.js").toString())) {
            int port = portOf(server);
            try (Client one = new Client(port);
                    Client two = new Client(port)) {
                one.send("first\n");
                two.send("zweite ü\n");
                assertThat(two.line()).isEqualTo("zweite ü");
                assertThat(one.line()).isEqualTo("first");
                one.socket.shutdownOutput();
                assertThat(one.line()).isNull();
            }
        }
    }

    @Test
    void chatServerBroadcastsWhileClientsComeAndGo() throws Exception {
        try (Command server = Command.startJoined(FOLDER.resolve("chat-server.js").toString())) {
            int port = portOf(server);
            try (Client ann = new Client(port)) {
                assertThat(ann.line()).isEqualTo("Your name?");
                ann.send("ann\n");
                try (Client bob = new Client(port)) {
                    assertThat(bob.line()).isEqualTo("Your name?");
                    bob.send("bob\n");
                    assertThat(ann.line()).isEqualTo("* bob has joined");
                    ann.send("hello\n");
                    assertThat(bob.line()).isEqualTo("ann: hello");
                    bob.send("hi\n");
                    assertThat(ann.line()).isEqualTo("bob: hi");
                }
                assertThat(ann.line()).isEqualTo("* bob has left");
            }
        }
    }

    @Test
    void lineProtocolParsesAndReportsErrors() throws Exception {
        try (Command server = Command.startJoined(FOLDER.resolve("line-protocol.js").toString())) {
            try (Client client = new Client(portOf(server))) {
                client.send("BEGIN a\nTEXT hi\nBEGIN b\nEND\nEND\nWHAT\n");
                assertThat(client.line()).isEqualTo("a");
                assertThat(client.line()).isEqualTo("  hi");
                assertThat(client.line()).isEqualTo("  b");
                assertThat(client.line()).isEmpty();
                assertThat(client.line()).isEqualTo("error: expected BEGIN name, but got WHAT");
                assertThat(client.line()).isNull();
            }
        }
    }

    @Test
    void fanOutReadsTheValuesInOrder() throws Exception {
        try (Command program = Command.startJoined(FOLDER.resolve("fan-out.js").toString())) {
            for (int i = 0; i < 10; i++) {
                assertThat(program.readLine()).isEqualTo("answer to /" + i);
            }
            assertThat(program.readLine()).startsWith("10 answers that take 100 ms each");
            assertThat(program.exitCode()).isZero();
        }
    }

    @Test
    void atomicKeepsTheBalanceRight() throws Exception {
        try (Command program = Command.startJoined(FOLDER.resolve("atomic.js").toString())) {
            assertThat(program.rest().lines().toList())
                    .containsExactly(
                            "withdrawn: [ true, false ] balance: 40",
                            "WouldBlockError: cannot wait for sleep 10 ms inside atomic: nothing may block there;"
                                    + " do it before or after the section",
                            "balance: 40");
            assertThat(program.exitCode()).isZero();
        }
    }

    @Test
    void aProgramHandlesItsSignals(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("signals.js");
        Files.writeString(
                file,
                """
                process.on('SIGTERM', (name) => { sleep(1); console.log('got', name); process.exit(4); });
                console.log('ready');
                setInterval(() => {}, 1000);
                """);
        try (Command program = Command.startJoined(file.toString())) {
            assertThat(program.readLine()).isEqualTo("ready");
            program.signal("TERM");
            assertThat(program.readLine()).isEqualTo("got SIGTERM");
            assertThat(program.exitCode()).isEqualTo(4);
        }
    }

    @Test
    void anUncaughtErrorEndsTheProcessWithCodeOne(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("fails.js");
        Files.writeString(file, "function f() {\n  throw new Error('no');\n}\nf();\n");
        try (Command program = Command.startJoined(file.toString())) {
            assertThat(program.rest().lines().toList())
                    .containsExactly(
                            file + ":2",
                            "  throw new Error('no');",
                            "        ^",
                            "",
                            "Error: no",
                            "    at f (" + file + ":2:9)",
                            "    at Object.<anonymous> (" + file + ":4:1)");
            assertThat(program.exitCode()).isEqualTo(1);
        }
    }
}
