package dev.corona.flow;

import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;

import java.util.concurrent.Flow;
import java.util.stream.LongStream;

/** The rules of Reactive Streams for publishers; run by {@link ReactiveStreamsTest}. */
public class PublisherRules extends FlowPublisherVerification<Long> {
    private LoopThread thread;

    public PublisherRules() {
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
        Iterable<Long> items = () -> LongStream.range(0, elements).iterator();
        return SourcePublisher.on(thread.loop(), items);
    }

    @Override
    public Flow.Publisher<Long> createFailedFlowPublisher() {
        try (LoopThread ended = new LoopThread()) {
            SourcePublisher<Long> publisher = SourcePublisher.on(ended.loop(), java.util.List.of());
            ended.close();
            return publisher;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
