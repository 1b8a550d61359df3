package dev.corona.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.async.Corona;
import dev.corona.async.Task;
import dev.corona.io.IoLoop;
import dev.corona.io.TcpOptions;
import dev.corona.io.TcpServer;
import dev.corona.io.TcpSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

@Timeout(60)
class EchoServerTest {
    @Test
    void sendsBackWhatEachClientSends() {
        try (IoLoop io = IoLoop.create()) {
            int connections =
                    io.run(
                            () -> {
                                TcpServer server =
                                        TcpServer.listen(io, TcpOptions.at("127.0.0.1", 0));
                                Task<Integer> serving =
                                        Corona.spawn(() -> EchoServer.serve(server));
                                List<TcpSocket> clients = new ArrayList<>();
                                for (int i = 0; i < 3; i++)
                                    clients.add(
                                            TcpSocket.connect(
                                                    io,
                                                    "127.0.0.1",
                                                    server.port(),
                                                    Duration.ofSeconds(10)));
                                for (int i = 0; i < 3; i++)
                                    clients.get(i).write("client " + i + "\n");
                                for (int i = 0; i < 3; i++) {
                                    assertThat(clients.get(i).readLine()).isEqualTo("client " + i);
                                    clients.get(i).endOutput();
                                    assertThat(clients.get(i).read()).isNull();
                                    clients.get(i).close();
                                }
                                server.close();
                                return Corona.await(serving);
                            });
            assertThat(connections).isEqualTo(3);
        }
    }
}
