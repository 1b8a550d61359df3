package dev.corona.js.graal;

import com.oracle.truffle.js.runtime.JSAgent;
import com.oracle.truffle.js.runtime.JSRealm;

import dev.corona.async.EventLoop;
import dev.corona.async.SpawnSite;

import java.lang.reflect.Field;
import java.util.Deque;
import java.util.List;

/**
 * The microtasks of the JavaScript world, run by the loop.
 *
 * <p>GraalJS runs its promise jobs when the depth of calls from the host falls to zero. With coroutines that never works: a
 * suspended one keeps the depth up, and the last one to return would run the jobs of all others. So the depth is raised by
 * one for good, which switches that off, and the loop runs the jobs after each of its steps, in a coroutine of their own. A
 * job that blocks suspends that coroutine; the jobs behind it go on in another one.
 */
public final class PromiseJobs {
    private static final SpawnSite SITE = SpawnSite.of(List.of());

    private final EventLoop loop;
    private final JSAgent agent;
    private final Deque<?> queue;
    private boolean draining;

    private PromiseJobs(EventLoop loop, JSAgent agent, Deque<?> queue) {
        this.loop = loop;
        this.agent = agent;
        this.queue = queue;
    }

    /** Takes over the jobs of the context that is entered on this thread. */
    public static PromiseJobs install(EventLoop loop) {
        JSAgent agent = JSRealm.get(null).getAgent();
        agent.interopBoundaryEnter();
        PromiseJobs jobs = new PromiseJobs(loop, agent, queueOf(agent));
        loop.addTurnHook(jobs::drain);
        return jobs;
    }

    private static Deque<?> queueOf(JSAgent agent) {
        try {
            Field field = JSAgent.class.getDeclaredField("promiseJobsQueue");
            field.setAccessible(true);
            return (Deque<?>) field.get(agent);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this GraalJS keeps its promise jobs elsewhere", e);
        }
    }

    /** Whether jobs are being run, so that more may be queued than the turn's end shows. */
    public boolean isDraining() {
        return draining;
    }

    private void drain() {
        if (draining) return;
        if (queue.isEmpty()) {
            agent.processAllPromises(false);
            return;
        }
        draining = true;
        try {
            while (!queue.isEmpty()) loop.start("promise job", SITE, this::processAll);
        } finally {
            draining = false;
        }
    }

    private boolean processAll() {
        agent.processAllPromises(true);
        return true;
    }
}
