package dev.corona.channels;

import dev.corona.async.EventLoop;

import org.jspecify.annotations.Nullable;

/** A receive from outside of the loop. */
final class OutsideReceive<T> extends Party.Receiving<T> {
    final Reply<T> reply;
    private final Channel<T> channel;

    OutsideReceive(EventLoop loop, Channel<T> channel) {
        this.channel = channel;
        reply = new Reply<>(loop, this, this);
        reply.begin(this::begin);
    }

    private void begin() {
        if (!reply.hold()) return;
        @Nullable T ready = channel.poll();
        if (ready != null) {
            reply.succeed(ready);
        } else if (channel.isDrained()) {
            reply.fail(channel.endedError());
        } else {
            channel.addReceiver(this);
            reply.waits();
            reply.letGo();
        }
    }

    @Override
    boolean deliver(T element) {
        if (!reply.claim()) return false;
        reply.succeed(element);
        return true;
    }

    @Override
    void end() {
        if (reply.claim()) reply.fail(channel.endedError());
    }

    @Override
    public String toString() {
        return "receive from " + channel;
    }
}
