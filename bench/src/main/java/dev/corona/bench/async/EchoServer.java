package dev.corona.bench.async;

import dev.corona.bench.BenchException;
import dev.corona.bench.Child;
import dev.corona.bench.Server;
import dev.corona.bench.Setup;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/** The process of an echo server. */
record EchoServer(Style style, Child process, InetSocketAddress address) implements AutoCloseable {
    /** Starts one; returns when it listens. */
    static EchoServer start(Setup setup, Style style) throws InterruptedException {
        List<String> command =
                setup.command(style.options(), EchoMain.class, List.of(style.name()));
        Child child = Child.start(setup, "echo-" + style.word(), Map.of(), command);
        try {
            int port = Server.awaitPort(child);
            return new EchoServer(
                    style, child, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (BenchException | InterruptedException e) {
            child.close();
            throw e;
        }
    }

    void requireAlive() {
        if (!process.isAlive()) throw process.failure("ended under load");
    }

    @Override
    public void close() {
        process.close();
    }
}
