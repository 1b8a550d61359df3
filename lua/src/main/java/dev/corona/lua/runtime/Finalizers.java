package dev.corona.lua.runtime;

import dev.corona.Resumable;

import org.jspecify.annotations.Nullable;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs {@code __gc}. An object with that metamethod gets a sentinel that refers to it and is referred to by it alone. When the JVM finalizes
 * the sentinel, the object comes back to life with all that it leads to, cycles included, and waits for the runtime's thread to call its
 * metamethod. No other kind of reference of the JVM can bring an object back, which Lua promises to finalizers.
 *
 * <p>Metamethods run on the runtime's thread only: when a metatable is set, at a collection that the program asks for, and when the
 * runtime is closed. A JVM without finalization runs them at the close alone.
 */
@Resumable
public final class Finalizers {
    private static final long PATIENCE_MILLIS = 1000;

    private final LuaState state;
    private final Queue<LuaObject> unreachable = new ConcurrentLinkedQueue<>();
    private final List<WeakReference<LuaObject>> marked = new ArrayList<>();
    private int sweepAt = 64;
    private boolean matters;
    private boolean running;
    private @Nullable Consumer<String> warnings;

    public Finalizers(LuaState state) {
        this.state = state;
    }

    /** Where errors of finalizers go. */
    public void onWarning(Consumer<String> listener) {
        warnings = listener;
    }

    /** Is finalized when nothing but its owner refers to it any more. */
    private static final class Sentinel {
        private final LuaObject owner;
        private final Queue<LuaObject> target;

        Sentinel(LuaObject owner, Queue<LuaObject> target) {
            this.owner = owner;
            this.target = target;
        }

        @Override
        @SuppressWarnings({"removal", "deprecation", "Finalize"})
        protected void finalize() {
            target.add(owner);
        }
    }

    /** Marks an object for finalization if its metatable, which was just set, says so. */
    public void note(LuaTable table) {
        if (table.isWeak()) matters = true;
        LuaTable meta = table.metatable();
        if (meta == null || meta.metamethod(Metamethod.GC) == null) return;
        mark(table);
    }

    /** The objects that have a finalizer to be run, the first that was marked first. */
    List<LuaObject> marked() {
        List<LuaObject> all = new ArrayList<>(unreachable);
        for (WeakReference<LuaObject> each : marked) {
            LuaObject object = each.get();
            boolean isDue =
                    object != null && object.extras != null && object.extras.sentinel != null;
            if (isDue && !unreachable.contains(object)) all.add(object);
        }
        return all;
    }

    /** Marks objects of another runtime. */
    void adopt(List<LuaObject> objects) {
        for (LuaObject each : objects) mark(each);
    }

    private void mark(LuaObject object) {
        Extras extras = object.requireExtras();
        if (extras.sentinel != null) return;
        matters = true;
        extras.sentinel = new Sentinel(object, unreachable);
        if (marked.size() >= sweepAt) {
            marked.removeIf(r -> r.get() == null);
            sweepAt = Math.max(64, 2 * marked.size());
        }
        marked.add(new WeakReference<>(object));
    }

    /** Calls the metamethods of objects that were found to be unreachable. */
    public void runPending() {
        if (unreachable.isEmpty() || running) return;
        running = true;
        try {
            for (LuaObject o = unreachable.poll(); o != null; o = unreachable.poll()) finish(o);
        } finally {
            running = false;
        }
    }

    private void finish(LuaObject object) {
        Extras extras = object.extras;
        if (extras == null || extras.sentinel == null) return;
        extras.sentinel = null;
        Object handler = state.metamethod(object, Metamethod.GC);
        if (!(handler instanceof LuaFunction f)) return;
        int depth = state.depth;
        LuaThread thread = state.currentThread();
        LuaThread.Protection outer = thread.protection();
        thread.protection(outer.caught());
        try {
            f.call(object);
        } catch (LuaError e) {
            state.depth = depth;
            Consumer<String> listener = warnings;
            if (listener != null) listener.accept("error in __gc (" + e.getMessage() + ")");
        } finally {
            thread.protection(outer);
        }
    }

    /** Lets the JVM collect, as far as it matters to Lua code, and calls what metamethods are due then. */
    public void collect() {
        System.gc();
        if (matters) awaitFinalization();
        runPending();
    }

    /** Waits until what the last collection found has been finalized: a probe found by the next one is finalized after it. */
    private static void awaitFinalization() {
        CountDownLatch done = new CountDownLatch(1);
        probe(done);
        System.gc();
        try {
            done.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void probe(CountDownLatch done) {
        new Probe(done);
    }

    private static final class Probe {
        private final CountDownLatch done;

        Probe(CountDownLatch done) {
            this.done = done;
        }

        @Override
        @SuppressWarnings({"removal", "deprecation", "Finalize"})
        protected void finalize() {
            done.countDown();
        }
    }

    /** Calls the metamethods of all objects that are marked, the last one first. */
    public void close() {
        runPending();
        for (int i = marked.size() - 1; i >= 0; i--) {
            LuaObject object = marked.get(i).get();
            if (object != null) finish(object);
        }
        marked.clear();
    }
}
