package dev.corona.flow;

import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;

import java.util.concurrent.Flow;

/** The rules of Reactive Streams for the subscriber of a feed; run by {@link ReactiveStreamsTest}. */
public class SubscriberRules extends FlowSubscriberBlackboxVerification<Integer> {
    public SubscriberRules() {
        super(new TestEnvironment(500, 50));
    }

    @Override
    public Flow.Subscriber<Integer> createFlowSubscriber() {
        return new Inbox<>("the publisher", 8);
    }

    @Override
    public void triggerFlowRequest(Flow.Subscriber<? super Integer> subscriber) {
        ((Inbox<?>) subscriber).poll();
    }

    @Override
    public Integer createElement(int element) {
        return element;
    }
}
