package dev.corona.lua.runtime;

import dev.corona.Resumable;
import dev.corona.kernel.Continuation;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;

/**
 * What belongs to one runtime: its metatables, globals, limits and counters. Functions keep a reference to theirs; nothing
 * is static. For one thread at a time, but for {@link #requestPause}.
 */
public final class LuaState extends CallDepth {
    public static final long NO_LIMIT = Long.MAX_VALUE;

    /** What is left of the budget; meaningful for code that was compiled with accounting. */
    private long ticks = NO_LIMIT;

    /** What is still to be paid for the call that is beginning. */
    private int debt;

    /** What is left of it beyond {@link #ticks}, while memory is watched. */
    private long reserve;

    private long maxString = NO_LIMIT;

    /** Makes functions of the text of chunks. */
    @FunctionalInterface
    public interface Loader {
        /**
         * A function of a chunk.
         *
         * @param name as {@code load} takes it
         * @param environment the value of its {@code _ENV}
         * @throws LuaError if it is not Lua; its value is the message
         */
        LuaFunction load(LuaState state, byte[] text, String name, @Nullable Object environment);
    }

    private final Loader loader;
    private final LuaTable globals = new LuaTable();
    private final LuaTable registry = new LuaTable();
    private @Nullable LuaTable stringMetatable;
    private @Nullable LuaTable numberMetatable;
    private @Nullable LuaTable booleanMetatable;
    private @Nullable LuaTable functionMetatable;
    private @Nullable LuaTable threadMetatable;
    private @Nullable LuaTable nilMetatable;

    private final LuaThread main = new LuaThread(this);
    private LuaThread current = main;

    /** The outermost continuation of the run; null while nothing runs. */
    private @Nullable Continuation root;

    /** Ends the process with a status; null if no program can. */
    private @Nullable IntConsumer exit;

    /**
     * @param loader what {@code load} compiles with
     */
    public LuaState(Loader loader) {
        this.loader = loader;
    }

    /** A function of a chunk, whose {@code _ENV} is {@code environment}. */
    public LuaFunction load(byte[] text, String name, @Nullable Object environment) {
        return loader.load(this, text, name, environment);
    }

    // ---- tables of the runtime

    public LuaTable globals() {
        return globals;
    }

    public LuaTable registry() {
        return registry;
    }

    /** The metatable of a value; null if it has none. */
    public @Nullable LuaTable metatable(@Nullable Object value) {
        if (value instanceof LuaTable t) return t.metatable();
        if (value instanceof LuaString) return stringMetatable;
        if (value instanceof LuaUserdata u) return u.metatable();
        if (value == null) return nilMetatable;
        if (value instanceof Number) return numberMetatable;
        if (value instanceof Boolean) return booleanMetatable;
        if (value instanceof LuaFunction) return functionMetatable;
        return value instanceof LuaThread ? threadMetatable : null;
    }

    /** Sets the metatable of a table or userdata, or that of all values of another type. */
    public void setMetatable(@Nullable Object value, @Nullable LuaTable metatable) {
        if (value instanceof LuaTable t) t.setMetatable(metatable);
        else if (value instanceof LuaUserdata u) u.setMetatable(metatable);
        else if (value instanceof LuaString) stringMetatable = metatable;
        else if (value == null) nilMetatable = metatable;
        else if (value instanceof Number) numberMetatable = metatable;
        else if (value instanceof Boolean) booleanMetatable = metatable;
        else if (value instanceof LuaFunction) functionMetatable = metatable;
        else if (value instanceof LuaThread) threadMetatable = metatable;
    }

    public @Nullable Object metamethod(@Nullable Object value, Metamethod name) {
        LuaTable metatable = metatable(value);
        return metatable == null ? null : metatable.metamethod(name);
    }

    // ---- what a stored program takes along

    private final Finalizers finalizers = new Finalizers(this);
    private final Map<String, Object> named = new LinkedHashMap<>(8);
    private final Map<String, StateParts.Memory> memories = new LinkedHashMap<>(4);

    public Finalizers finalizers() {
        return finalizers;
    }

    /** Gives a name to something that the library refers to itself: in a stored program it stands for that of the other runtime. */
    public void name(String name, Object object) {
        named.put(name, object);
    }

    /** What was given a name, in order. */
    public Map<String, Object> named() {
        return named;
    }

    public void remember(String name, StateParts.Memory memory) {
        memories.put(name, memory);
    }

    public StateParts parts() {
        Map<String, long[]> saved = new LinkedHashMap<>();
        memories.forEach((name, memory) -> saved.put(name, memory.save()));
        @Nullable LuaTable[] metatables = {
            stringMetatable,
            numberMetatable,
            booleanMetatable,
            functionMetatable,
            threadMetatable,
            nilMetatable
        };
        return new StateParts(metatables, keepsLocals, finalizers.marked(), main.hook(), saved);
    }

    /**
     * Takes over the parts of another state.
     *
     * @throws IllegalArgumentException if they are not those of a state with the same library
     */
    public void restore(StateParts parts) {
        @Nullable LuaTable[] metatables = parts.metatables();
        if (metatables.length != 6) throw new IllegalArgumentException("not six metatables");
        stringMetatable = metatables[0];
        numberMetatable = metatables[1];
        booleanMetatable = metatables[2];
        functionMetatable = metatables[3];
        threadMetatable = metatables[4];
        nilMetatable = metatables[5];
        keepsLocals = parts.keepsLocals();
        finalizers.adopt(parts.finalized());
        main.hook(parts.hook());
        memories.forEach(
                (name, memory) -> {
                    long[] saved = parts.library().get(name);
                    if (saved != null) memory.restore(saved);
                });
    }

    private final Map<Class<?>, LuaTable> exposed = new LinkedHashMap<>(0);

    /** The metatables of the Java classes that the host exposes. */
    public Map<Class<?>, LuaTable> exposed() {
        return exposed;
    }

    // ---- errors

    /** An error with the place in front of the message where Lua code is now. */
    public LuaError error(String message) {
        List<Level> levels = Traces.here(1);
        String place = levels.isEmpty() ? "" : levels.getFirst().place();
        return new LuaError(LuaString.ofLatin1(place + message));
    }

    /** The Lua error that something thrown stands for. */
    public LuaError asError(Throwable thrown) {
        if (thrown instanceof LuaError e) return e;
        if (thrown instanceof StackOverflowError) return error("stack overflow").asOverflow();
        if (thrown instanceof OutOfMemoryError)
            return new LuaError(LuaString.of(NO_MEMORY), thrown);
        return new LuaError(LuaString.of(String.valueOf(thrown)), thrown);
    }

    // ---- strings

    /** @throws LuaError if no string may be as long */
    public void requireSize(long length) {
        if (length > maxString || length > LuaString.MAX_LENGTH)
            throw new LuaError(LuaString.of(NO_MEMORY));
    }

    public void limitStrings(long bytes) {
        maxString = bytes;
    }

    /** For a string that must not become longer than strings may be. */
    public LuaBuffer buffer() {
        return new LuaBuffer(maxString);
    }

    // ---- memory

    /** What an error says that stands for a lack of memory. */
    static final String NO_MEMORY = "not enough memory";

    /** The ticks between two looks at the memory that was taken. */
    static final long QUANTUM = 20_000;

    private @Nullable MemoryWatch memory;

    /** Sets a limit for the memory of programs, which must have been compiled with accounting. */
    public void limitMemory(long bytes) {
        memory = new MemoryWatch(this, bytes);
        maxString = Math.min(maxString, bytes);
        setTicks(NO_LIMIT);
    }

    /** What is watched; null if memory has no limit. */
    public @Nullable MemoryWatch memory() {
        return memory;
    }

    /** @throws LuaError if there may not be an array of so many values */
    public void requireSlots(long count) {
        long limit = memory == null ? Runtime.getRuntime().maxMemory() : memory.limit();
        if (count > limit / 8) throw new LuaError(LuaString.of(NO_MEMORY));
    }

    /** Does what a program was just suspended for, if it was for its memory to be counted. */
    void serveCensus(Continuation suspended) {
        if (memory != null && memory.isDue()) memory.count(suspended);
    }

    /** All of the list in one string; null if something in it is neither a string nor a number. */
    @Nullable LuaString joined(@Nullable Object[] list) {
        long length = 0;
        LuaString[] texts = new LuaString[list.length];
        for (int i = 0; i < list.length; i++) {
            LuaString text = Conversions.text(list[i]);
            if (text == null) return null;
            texts[i] = text;
            length += text.length();
        }
        requireSize(length);
        byte[] all = new byte[(int) length];
        int at = 0;
        for (LuaString text : texts) {
            text.copyTo(all, at);
            at += text.length();
        }
        return LuaString.wrap(all);
    }

    // ---- the stack

    /** {@link #enter()} that spends a tick; one method, since the JIT compiler inlines functions by the length of their code. */
    public boolean enterSpending() {
        boolean deep = ++depth > depthLimit;
        return --ticks < 0 || deep;
    }

    /** {@link #enterSpending()}, and for the extra arguments that were copied for the call. */
    public boolean enterSpending(@Nullable Object[] extra) {
        debt = extra.length >> 4;
        return enterSpending() || debt > 0;
    }

    /** Makes room for one more call of those that are not too many. */
    @Resumable
    void moveStack() {
        if (isTooDeep(depth - current.base())) {
            depth--;
            throw error("stack overflow").asOverflow();
        }
        leaveStack();
    }

    /** Leaves the Java stack for the heap, and goes on on an empty one. */
    @Resumable
    void leaveStack() {
        Continuation outermost = root;
        if (outermost == null) throw new AssertionError("no program runs");
        leavesStack();
        outermost.suspend();
    }

    // ---- budgets

    /** Spends a tick in a loop; whether there was none left, or somebody wants the program to stop. */
    public boolean spendInLoop() {
        return --ticks < 0 || Polls.requested();
    }

    /** Pays for what {@link #enterSpending(Object[])} left to be paid. */
    @Resumable
    void payDebt() {
        long due = debt;
        debt = 0;
        if (due > 0) work(due);
    }

    /**
     * Pays for work that the library is about to do. Who cannot pay pauses until the host has given enough; also pauses if somebody
     * asks for it. A host that gives no ticks at all makes one pause of it.
     */
    @Resumable
    public void work(long count) {
        long debt = pay(count);
        while (debt > 0 || isPauseRequested() || (memory != null && memory.isDue())) {
            boolean broke = debt > 0 && ticks <= 0;
            if (broke || isDue()) pause(broke);
            if (broke && ticks <= 0) return;
            debt = pay(debt);
        }
    }

    /** Pays as much as there is; what is left to be paid. */
    private long pay(long debt) {
        long left = debt;
        do {
            long paid = Math.min(left, Math.max(ticks, 0));
            ticks -= paid;
            left -= paid;
            if (left > 0) refill();
        } while (left > 0 && ticks > 0);
        return left;
    }

    /** Ticks that are left of the portion. */
    public long ticks() {
        return ticks + reserve;
    }

    public void setTicks(long count) {
        MemoryWatch watch = memory;
        long first = watch == null ? count : watch.isDue() ? 0 : QUANTUM;
        ticks = Math.min(count, first);
        reserve = count - ticks;
    }

    /** Asks the program to pause at its next poll; from any thread. */
    public void requestPause() {
        if (askForPause()) Polls.ask();
    }

    boolean isDue() {
        if (ticks < 0) refill();
        return isPauseRequested() || ticks < 0 || (memory != null && memory.isDue());
    }

    /** Goes on to the next quantum of the portion, between which the memory is looked at. */
    private void refill() {
        MemoryWatch watch = memory;
        if (watch == null) return;
        long more = Math.min(reserve, QUANTUM);
        reserve -= more;
        ticks += more;
        watch.look();
    }

    /** Takes a request back that no poll has served. */
    public void takeBackPause() {
        servePause();
    }

    private void servePause() {
        if (takePauseRequest()) Polls.served();
    }

    private boolean paused;

    /**
     * Suspends the whole program: for the host to go on with later, or only for its memory to be looked at.
     *
     * @throws LuaError if the program has more memory than it may have
     */
    @Resumable
    void pause() {
        pause(ticks < 0);
    }

    @Resumable
    private void pause(boolean broke) {
        paused = broke || isPauseRequested();
        servePause();
        Continuation outermost = root;
        if (outermost == null) throw new AssertionError("no program runs");
        outermost.suspend();
        if (memory != null) memory.requireAllowed();
    }

    private @Nullable CompletionStage<?> awaited;

    /**
     * Suspends the program until a stage of the host is complete; the thread is the host's meanwhile.
     *
     * @return the stage's result
     * @throws LuaError if it failed
     */
    @Resumable
    public @Nullable Object await(CompletionStage<?> stage) {
        CompletableFuture<?> future = stage.toCompletableFuture();
        while (!future.isDone()) {
            Continuation outermost = root;
            if (outermost == null) throw new AssertionError("no program runs");
            awaited = stage;
            paused = true;
            outermost.suspend();
        }
        try {
            return future.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new LuaError(LuaString.of(String.valueOf(cause.getMessage())), cause);
        }
    }

    /** What the program that was just suspended waits for; null if it does not wait. Asking clears it. */
    public @Nullable CompletionStage<?> takeAwaited() {
        CompletionStage<?> taken = awaited;
        awaited = null;
        return taken;
    }

    /** Whether the program that was just suspended is to be paused, and not to go on at once. */
    public boolean takePaused() {
        boolean taken = paused;
        paused = false;
        return taken;
    }

    // ---- looking at stacks

    private @Nullable Inspection inspection;
    private boolean keepsLocals;

    /**
     * Whether a chunk is to keep its variables to the end of their scope, since somebody may look at them: from the first chunk on
     * that speaks of {@code getlocal} or {@code setlocal}.
     */
    public boolean keepsLocals(byte[] text) {
        keepsLocals = keepsLocals || speaksOfLocals(text);
        return keepsLocals;
    }

    private static boolean speaksOfLocals(byte[] text) {
        for (int i = 0; i + 8 <= text.length; i++) {
            if (isAt("getlocal", text, i) || isAt("setlocal", text, i)) return true;
        }
        return false;
    }

    private static boolean isAt(String word, byte[] text, int start) {
        for (int i = 0; i < word.length(); i++) if (text[start + i] != word.charAt(i)) return false;
        return true;
    }

    /**
     * Looks at a coroutine's stack. If it is active, the program is suspended meanwhile, so that all calls are in frames.
     *
     * @return what the inspector says
     * @throws LuaError if the inspector does
     */
    @Resumable
    public @Nullable Object inspect(LuaThread thread, Inspector inspector) {
        Inspection i = new Inspection(this, thread, inspector);
        Continuation outermost = root;
        if (outermost == null || !thread.isActive()) {
            i.look();
        } else {
            inspection = i;
            outermost.suspend();
        }
        return i.result();
    }

    /** Does what the program was just suspended for, if it was suspended to be looked at. */
    void serveInspection() {
        Inspection i = inspection;
        inspection = null;
        if (i != null) i.look();
    }

    // ---- coroutines

    public LuaThread mainThread() {
        return main;
    }

    public LuaThread currentThread() {
        return current;
    }

    void currentThread(LuaThread thread) {
        current = thread;
    }

    public @Nullable Continuation root() {
        return root;
    }

    /** Called by who drives a program, before it resumes it. */
    public @Nullable Continuation enterRoot(@Nullable Continuation outermost) {
        Continuation before = root;
        root = outermost;
        return before;
    }

    // ---- the end

    /** Says how the host ends the process for a program that has been closed. */
    public void onExit(IntConsumer newExit) {
        exit = newExit;
    }

    void exit(int status) {
        if (exit != null) exit.accept(status);
    }

    // ---- calls from plain Java

    /** A call of a Lua function by Java code that cannot suspend: a program of its own. */
    @Nullable Object callFromHost(LuaFunction function, @Nullable Object[] arguments) {
        return new Program(this, function, arguments).runToEnd();
    }
}
