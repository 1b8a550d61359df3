package dev.corona.kernel;

import dev.corona.woven.Frame;
import dev.corona.woven.Strand;

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

    private static final String ENGINE = WovenEngine.class.getName();
    private static final String STRAND = KernelStrand.class.getName();
    private static final StackWalker WALKER =
            StackWalker.getInstance(
                    Set.of(
                            StackWalker.Option.RETAIN_CLASS_REFERENCE,
                            StackWalker.Option.SHOW_HIDDEN_FRAMES));

    private LogicalStack() {}

    /** Puts the frames that wait below the one that threw into the trace, above those of the engine. */
    static void splice(Throwable thrown, @Nullable Frame waiting) {
        if (waiting == null) return;
        StackTraceElement[] trace = thrown.getStackTrace();
        int engine = 0;
        while (engine < trace.length && !isEngine(trace[engine])) engine++;
        if (engine == trace.length || trace.length >= CUT_OFF) return;
        int entry = engine;
        while (entry > 0 && isEntry(trace[entry - 1])) entry--;
        List<StackTraceElement> whole = new ArrayList<>(List.of(trace).subList(0, entry));
        for (Frame f = waiting; f != null; f = f.parent) whole.add(f.position());
        whole.addAll(List.of(trace).subList(engine, trace.length));
        thrown.setStackTrace(whole.toArray(StackTraceElement[]::new));
    }

    /**
     * Takes the methods that the weaver put between those of the source out of the traces of an error that leaves a
     * continuation, and of its causes: a twin that only calls the code of the same method, and the way in of a frame.
     */
    static void tidy(Throwable thrown) {
        Throwable each = thrown;
        for (int i = 0; each != null && i < CAUSES; i++) {
            StackTraceElement[] trace = each.getStackTrace();
            List<StackTraceElement> kept = new ArrayList<>(trace.length);
            for (StackTraceElement element : trace) {
                if (kept.isEmpty() || !isBetween(element, kept.getLast())) kept.add(element);
            }
            if (kept.size() < trace.length)
                each.setStackTrace(kept.toArray(StackTraceElement[]::new));
            each = each.getCause();
        }
    }

    private static boolean isBetween(StackTraceElement element, StackTraceElement callee) {
        if (element.getLineNumber() >= 0 || element.isNativeMethod()) return false;
        boolean callsItself =
                callee.getLineNumber() >= 0
                        && element.getMethodName().equals(callee.getMethodName())
                        && element.getClassName().equals(callee.getClassName());
        return callsItself || element.getMethodName().endsWith("$resume");
    }

    private static boolean isEngine(StackTraceElement element) {
        String name = element.getClassName();
        return name.equals(STRAND) || name.startsWith(ENGINE);
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
