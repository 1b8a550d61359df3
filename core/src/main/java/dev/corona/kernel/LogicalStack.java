package dev.corona.kernel;

import dev.corona.woven.Frame;
import dev.corona.woven.Strand;
import dev.corona.woven.WayOut;

import org.jspecify.annotations.Nullable;

import java.lang.StackWalker.StackFrame;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The stack of woven code as its author sees it: what is on the thread's stack and what waits in frames. */
final class LogicalStack {
    /** A trace of this many frames was cut off by the JVM; nothing fits into it. */
    private static final int CUT_OFF = 1024;

    /** So many causes are looked at, so that a cycle of them ends. */
    private static final int CAUSES = 16;

    private static final StackTraceElement[] NONE = {};
    private static final String ENGINE = WovenEngine.class.getName();
    private static final String STRAND = KernelStrand.class.getName();

    /** What the methods are called through which a generator steps. */
    private static final Set<String> STEPS = Set.of("step", "primitiveStep");

    private static final StackWalker WALKER =
            StackWalker.getInstance(
                    Set.of(
                            StackWalker.Option.RETAIN_CLASS_REFERENCE,
                            StackWalker.Option.SHOW_HIDDEN_FRAMES));

    private LogicalStack() {}

    /**
     * Initializes what {@link #splice} and {@link #tidy} use: a class that is used first where a stack ends cannot be initialized there, and
     * never again.
     */
    static void prepare() {
        Throwable any = new Throwable();
        splice(any, null);
        tidy(any);
    }

    /**
     * Puts the frames that wait below the one that threw into the trace of an error that came out of it, where those of the engine
     * begin. An error that was made elsewhere, or got its frames before, stays as it is: the trace of one that was made in the
     * frame has the strand's call, which is taken out here. It also stays as it is if there is no stack or memory for this.
     *
     * @param waiting null if none waits
     */
    static void splice(Throwable thrown, @Nullable Frame waiting) {
        try {
            putInto(thrown, waiting);
        } catch (StackOverflowError | OutOfMemoryError e) {
            // what was thrown matters, and not how its trace looks
        }
    }

    private static void putInto(Throwable thrown, @Nullable Frame waiting) {
        StackTraceElement[] trace = thrown.getStackTrace();
        StackTraceElement[] here = new Throwable().getStackTrace();
        if (trace.length >= CUT_OFF || here.length >= CUT_OFF) return;
        int call = call(trace, here);
        if (call < 0) return;
        int entry = call;
        while (entry > 0 && isEntry(trace[entry - 1])) entry--;
        List<StackTraceElement> whole = new ArrayList<>(trace.length);
        for (int i = 0; i < entry; i++) whole.add(trace[i]);
        for (Frame f = waiting; f != null; f = f.parent) whole.add(f.position());
        for (int i = call + 1; i < trace.length; i++) whole.add(trace[i]);
        thrown.setStackTrace(whole.toArray(NONE));
    }

    /**
     * Where the strand was called, in the trace of an error that was made since: by the engine, and that in a step or by what catches the
     * error, which in {@code here} goes on from another line.
     *
     * @return its index; negative if the error was made elsewhere
     */
    private static int call(StackTraceElement[] trace, StackTraceElement[] here) {
        int same = sameAtEnd(trace, here);
        int catcher = trace.length - same - 1;
        if (catcher < 0 || !isSameMethod(trace[catcher], here[here.length - same - 1])) return -1;
        int call = catcher;
        while (call >= 0 && isStep(trace[call])) call--;
        return call >= 0 && trace[call].getClassName().equals(STRAND) ? call : -1;
    }

    private static boolean isSameMethod(StackTraceElement one, StackTraceElement other) {
        return one.getClassName().equals(other.getClassName())
                && one.getMethodName().equals(other.getMethodName());
    }

    /** Whether it is a method of the engine, or one of those that step. */
    private static boolean isStep(StackTraceElement element) {
        return element.getClassName().startsWith(ENGINE) || STEPS.contains(element.getMethodName());
    }

    /**
     * Takes the methods that the weaver put between those of the source out of the traces of an error that leaves a
     * continuation, and of its causes: a form that calls another of the same method, and the way in of a frame. What lies
     * below the continuation is left to those that are left next. The traces stay as they are if there is no stack or memory for this.
     */
    static void tidy(Throwable thrown) {
        try {
            StackTraceElement[] here = new Throwable().getStackTrace();
            Throwable each = thrown;
            for (int i = 0; each != null && i < CAUSES; i++) {
                tidy(each, here);
                each = each.getCause();
            }
        } catch (StackOverflowError | OutOfMemoryError e) {
            // what was thrown matters, and not how its trace looks
        }
    }

    private static void tidy(Throwable thrown, StackTraceElement[] here) {
        StackTraceElement[] trace = thrown.getStackTrace();
        int own = trace.length - sameAtEnd(trace, here);
        List<StackTraceElement> kept = new ArrayList<>(trace.length);
        for (int i = 0; i < trace.length; i++) {
            if (i >= own || kept.isEmpty() || !isBetween(trace[i], kept.getLast()))
                kept.add(trace[i]);
        }
        if (kept.size() < trace.length) thrown.setStackTrace(kept.toArray(NONE));
    }

    private static int sameAtEnd(StackTraceElement[] one, StackTraceElement[] other) {
        int least = Math.min(one.length, other.length);
        int same = 0;
        while (same < least && one[one.length - 1 - same].equals(other[other.length - 1 - same]))
            same++;
        return same;
    }

    private static boolean isBetween(StackTraceElement element, StackTraceElement callee) {
        if (element.getLineNumber() >= 0 || element.isNativeMethod()) return false;
        boolean callsItself =
                callee.getLineNumber() >= 0
                        && element.getMethodName().equals(callee.getMethodName())
                        && element.getClassName().equals(callee.getClassName());
        return callsItself || element.getMethodName().endsWith("$resume");
    }

    /** Synthetic methods stand between the woven method and the engine. */
    private static boolean isEntry(StackTraceElement element) {
        return element.getClassName().equals(Strand.class.getName())
                || element.getMethodName().endsWith("$resume");
    }

    /**
     * The outermost frame inside the current woven continuation that is not woven, for an error's message; null if all are.
     */
    static @Nullable String unwovenFrame() {
        Optional<StackFrame> found = WALKER.walk(frames -> outermostPlain(frames.toList()));
        return found.map(LogicalStack::describe).orElse(null);
    }

    private static String describe(StackFrame frame) {
        String type = frame.getClassName();
        int lambda = frame.getDeclaringClass().isHidden() ? type.indexOf("$$Lambda") : -1;
        if (lambda >= 0) return "a lambda of " + type.substring(0, lambda) + ", not woven,";
        return switch (frame.getMethodName()) {
            case "<init>" -> "the constructor of " + type + ", which cannot be resumable,";
            case "<clinit>" -> "the initializer of class " + type + ", which cannot be resumable,";
            default -> type + "." + frame.getMethodName() + ", which is not woven,";
        };
    }

    private static Optional<StackFrame> outermostPlain(List<StackFrame> frames) {
        int engine = 0;
        while (engine < frames.size() && isOfSuspension(frames.get(engine))) engine++;
        while (engine < frames.size() && !isEngine(frames.get(engine))) engine++;
        for (int i = engine - 1; i >= 0; i--) {
            StackFrame frame = frames.get(i);
            if (isWoven(frame) || isOfInvocation(frame)) continue;
            boolean held = isOfSuspension(frame) || isOfCorona(frame) || hasTwin(frame);
            return held ? Optional.empty() : Optional.of(frame);
        }
        return Optional.empty();
    }

    private static boolean isWoven(StackFrame frame) {
        return frame.getDeclaringClass() == Strand.class
                || frame.getMethodType().parameterList().contains(Strand.class)
                || frame.getMethodType().parameterList().contains(WayOut.class)
                || frame.getMethodName().endsWith("$resume");
    }

    /** What the JDK puts between a call and a method handle's target. */
    private static boolean isOfInvocation(StackFrame frame) {
        return frame.getDeclaringClass().getPackageName().equals("java.lang.invoke");
    }

    /** The plain form of a woven method: woven code calls it only where a monitor is held. */
    private static boolean hasTwin(StackFrame frame) {
        int parameters = frame.getMethodType().parameterCount();
        for (Method m : frame.getDeclaringClass().getDeclaredMethods()) {
            if (m.getName().equals(frame.getMethodName())
                    && m.getParameterCount() > parameters
                    && m.getParameterTypes()[parameters] == Strand.class
                    && frame.getMethodType()
                            .parameterList()
                            .equals(List.of(m.getParameterTypes()).subList(0, parameters)))
                return true;
        }
        return false;
    }

    private static boolean isOfSuspension(StackFrame frame) {
        return frame.getDeclaringClass() == LogicalStack.class
                || frame.getDeclaringClass() == Continuation.class
                || (isEngine(frame) && frame.getMethodName().equals("transferOut"));
    }

    /** A suspension point of Corona itself: woven code calls its plain form only where a monitor is held. */
    private static boolean isOfCorona(StackFrame frame) {
        return frame.getDeclaringClass().getPackageName().equals("dev.corona")
                && frame.getDeclaringClass().getModule() == LogicalStack.class.getModule()
                && frame.getDeclaringClass().getClassLoader()
                        == LogicalStack.class.getClassLoader();
    }

    private static boolean isEngine(StackFrame frame) {
        return frame.getDeclaringClass() == KernelStrand.class
                || frame.getClassName().startsWith(ENGINE);
    }
}
