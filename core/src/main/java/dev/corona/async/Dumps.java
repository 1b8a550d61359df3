package dev.corona.async;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes dumps of loops, and knows all that live. */
final class Dumps {
    /** How long a loop may take to answer before its thread is looked at from outside. */
    private static final long PATIENCE_MILLIS = 500;

    private static final Set<EventLoop> LIVE =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private Dumps() {}

    static void register(EventLoop loop) {
        LIVE.add(loop);
    }

    static void unregister(EventLoop loop) {
        LIVE.remove(loop);
    }

    /** All live loops; a copy. */
    private static List<EventLoop> live() {
        synchronized (LIVE) {
            return List.copyOf(LIVE);
        }
    }

    /** Dumps of all live loops; any thread. */
    static List<LoopDump> ofAll() {
        List<LoopDump> dumps = new ArrayList<>();
        for (EventLoop loop : live()) dumps.add(of(loop));
        return dumps;
    }

    static LoopDump of(EventLoop loop) {
        return loop.isCurrent() ? here(loop) : elsewhere(loop);
    }

    private static LoopDump elsewhere(EventLoop loop) {
        CompletableFuture<LoopDump> answer = new CompletableFuture<>();
        loop.execute(() -> answer.complete(here(loop)));
        try {
            return answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return busy(loop);
        } catch (TimeoutException e) {
            return busy(loop);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static LoopDump busy(EventLoop loop) {
        Thread busy = loop.pulse.busyThread();
        List<StackTraceElement> stack = busy == null ? List.of() : List.of(busy.getStackTrace());
        return new LoopDump(nameOf(loop.thread()), List.of(), 0, 0, List.of(), stack);
    }

    private static @Nullable String nameOf(@Nullable Thread thread) {
        if (thread == null) return null;
        return thread.getName().isEmpty() ? thread.toString() : thread.getName();
    }

    private static LoopDump here(EventLoop loop) {
        List<Task<?>> tasks = new ArrayList<>(loop.tasks()).reversed();
        Map<Task<?>, List<Task<?>>> children = new IdentityHashMap<>();
        List<Task<?>> roots = new ArrayList<>();
        Set<Task<?>> known = Collections.newSetFromMap(new IdentityHashMap<>());
        known.addAll(tasks);
        for (Task<?> task : tasks) {
            Task<?> spawner = task.spawner();
            if (spawner == null || !known.contains(spawner)) roots.add(task);
            else children.computeIfAbsent(spawner, s -> new ArrayList<>()).add(task);
        }
        return new LoopDump(
                nameOf(loop.thread()),
                roots.stream().map(root -> dump(root, children)).toList(),
                loop.timers(),
                loop.holds(),
                cycles(tasks),
                List.of());
    }

    private static TaskDump dump(Task<?> task, Map<Task<?>, List<Task<?>>> children) {
        TaskDump.State state = activity(task);
        boolean waits = state == TaskDump.State.WAITING;
        return new TaskDump(
                task.name(),
                state,
                waits ? task.waitsFor() : null,
                waits ? waiting(task) : Duration.ZERO,
                task.engine(),
                task.spawnSite().summary(),
                task.stack(),
                children.getOrDefault(task, List.of()).stream()
                        .map(child -> dump(child, children))
                        .toList());
    }

    private static TaskDump.State activity(Task<?> task) {
        Waiter<?> wait = task.waiter();
        return switch (task.continuation.state()) {
            case NEW -> TaskDump.State.NEW;
            case RUNNING, FINISHED -> TaskDump.State.RUNNING;
            case SUSPENDED ->
                    wait == null || wait.isDone() ? TaskDump.State.READY : TaskDump.State.WAITING;
        };
    }

    private static Duration waiting(Task<?> task) {
        Waiter<?> wait = task.waiter();
        return wait == null
                ? Duration.ZERO
                : Duration.ofNanos(task.loop.nanoTime() - wait.sinceNanos);
    }

    /** The task whose end it waits for; null if it waits for something else. */
    private static @Nullable Task<?> awaited(Task<?> task) {
        Waiter<?> wait = task.waiter();
        return wait != null && wait.what instanceof Task<?> awaited ? awaited : null;
    }

    /** Tasks that wait for each other, each circle once, by names. */
    static List<List<String>> cycles(List<Task<?>> tasks) {
        List<List<String>> cycles = new ArrayList<>();
        Set<Task<?>> seen = new HashSet<>();
        for (Task<?> task : tasks) {
            Map<Task<?>, Integer> path = new HashMap<>();
            List<Task<?>> order = new ArrayList<>();
            Task<?> at = task;
            while (at != null && seen.add(at)) {
                path.put(at, order.size());
                order.add(at);
                at = awaited(at);
            }
            Integer start = at == null ? null : path.get(at);
            if (start != null)
                cycles.add(
                        order.subList(start, order.size()).stream()
                                .<String>map(Task::name)
                                .toList());
        }
        return cycles;
    }
}
