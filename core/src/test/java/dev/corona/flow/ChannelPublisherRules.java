package dev.corona.flow;

import dev.corona.async.Corona;
import dev.corona.async.SpawnSite;
import dev.corona.channels.Channel;

import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;

import java.util.concurrent.Flow;

/** The rules of Reactive Streams for a channel as a publisher; run by {@link ReactiveStreamsTest}. */
public class ChannelPublisherRules extends FlowPublisherVerification<Long> {
    private LoopThread thread;

    public ChannelPublisherRules() {
        super(new TestEnvironment(500, 50), 500);
    }

    @BeforeClass
    public void startLoop() {
        thread = new LoopThread();
    }

    @AfterClass
    public void endLoop() throws InterruptedException {
        thread.close();
    }

    @Override
    public Flow.Publisher<Long> createFlowPublisher(long elements) {
        Channel<Long> channel = Channel.buffered(2);
        thread.loop().spawn("filler", SpawnSite.here(), () -> fill(channel, elements));
        return SourcePublisher.on(thread.loop(), channel);
    }

    private static String fill(Channel<Long> channel, long elements) {
        for (long i = 0; i < elements; i++) {
            channel.send(i);
            if (i % 7 == 0) Corona.yieldNow();
        }
        channel.close();
        return "";
    }

    @Override
    public Flow.Publisher<Long> createFailedFlowPublisher() {
        return null;
    }

    /** A channel's elements come once. */
    @Override
    public long maxElementsFromPublisher() {
        return 1_000_000;
    }
}
