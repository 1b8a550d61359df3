package dev.corona.channels;

import dev.corona.async.EventLoop;

import org.jspecify.annotations.Nullable;

/** A send from outside of the loop. */
final class OutsideSend<T> extends Party.Sending<T> {
    final Reply<@Nullable Void> reply;
    private final Channel<T> channel;
    private final T element;

    OutsideSend(EventLoop loop, Channel<T> channel, T element) {
        this.channel = channel;
        this.element = element;
        reply = new Reply<>(loop, this, this);
        reply.begin(this::begin);
    }

    private void begin() {
        if (!reply.hold()) return;
        if (channel.isClosed()) {
            reply.fail(channel.closedForSend());
        } else if (channel.offer(element)) {
            reply.succeed();
        } else {
            channel.addSender(this);
            reply.waits();
            reply.letGo();
        }
    }

    @Override
    void left() {
        channel.senderLeft();
    }

    @Override
    T element() {
        return element;
    }

    @Override
    boolean accept() {
        if (!reply.claim()) return false;
        reply.succeed();
        return true;
    }

    @Override
    boolean refuse() {
        if (!reply.claim()) return false;
        reply.fail(channel.closedForSend());
        return true;
    }

    @Override
    public String toString() {
        return "send to " + channel;
    }
}
