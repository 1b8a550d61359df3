package dev.corona.io;

import org.jspecify.annotations.Nullable;

import java.net.SocketAddress;

/** What a task waits for or cannot do, such as {@code read from 127.0.0.1:80}; put into words when somebody asks. */
record Operation(String verb, @Nullable SocketAddress address) {
    @Override
    public String toString() {
        return verb + " " + Addresses.format(address);
    }
}
