package dev.corona.async;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * What Flight Recorder hears of tasks, in the category Corona: {@code corona.TaskSpawn}, {@code corona.TaskSuspend}, {@code corona.TaskResume}
 * and {@code corona.TaskEnd}. Where the JVM has no Flight Recorder, {@link #ON} is false and nothing else of it may be used.
 */
final class TaskEvents {
    /** Whether this JVM has a Flight Recorder. */
    static final boolean ON = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private TaskEvents() {}

    @Category("Corona")
    @StackTrace(false)
    private abstract static class TaskEvent extends Event {
        @Label("Task")
        String task = "";

        @Label("Task Identity")
        @Description("A number that no other live task of this process is likely to have")
        int identity;

        void of(Task<?> subject) {
            task = subject.name();
            identity = System.identityHashCode(subject);
        }
    }

    @Name("corona.TaskSpawn")
    @Label("Task Spawn")
    @Description("A task was made")
    private static final class Spawn extends TaskEvent {
        @Label("Spawner")
        String spawner = "";

        @Label("Spawned At")
        String site = "";
    }

    @Name("corona.TaskSuspend")
    @Label("Task Suspend")
    @Description("A task begins to wait")
    private static final class Suspend extends TaskEvent {
        @Label("Waits For")
        String waitsFor = "";
    }

    @Name("corona.TaskResume")
    @Label("Task Resume")
    @Description("A task goes on after a wait")
    private static final class Resume extends TaskEvent {}

    @Name("corona.TaskEnd")
    @Label("Task End")
    @Description("A task has ended")
    private static final class End extends TaskEvent {
        @Label("Error")
        @Description("The class of the error that ended it; empty if it returned")
        String error = "";
    }

    static void spawned(Task<?> task) {
        Spawn event = new Spawn();
        if (!event.isEnabled()) return;
        event.of(task);
        Task<?> spawner = task.spawner();
        if (spawner != null) event.spawner = spawner.name();
        event.site = task.spawnSite().summary();
        event.commit();
    }

    static void suspends(Task<?> task, Object what) {
        Suspend event = new Suspend();
        if (!event.isEnabled()) return;
        event.of(task);
        event.waitsFor = what.toString();
        event.commit();
    }

    static void resumed(Task<?> task) {
        Resume event = new Resume();
        if (!event.isEnabled()) return;
        event.of(task);
        event.commit();
    }

    static void ended(Task<?> task, @org.jspecify.annotations.Nullable Throwable error) {
        End event = new End();
        if (!event.isEnabled()) return;
        event.of(task);
        if (error != null) event.error = error.getClass().getName();
        event.commit();
    }
}
