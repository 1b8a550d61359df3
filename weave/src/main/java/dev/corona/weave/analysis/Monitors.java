package dev.corona.weave.analysis;

import dev.corona.weave.analysis.Flow.Guarded;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.MonitorInstruction;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** How many monitors a method holds at each of its elements: its own {@code synchronized} blocks, not its callers'. */
public final class Monitors {
    private static final int UNSEEN = -1;

    /** Deeper nesting than this is not told apart, so that odd code cannot make the analysis run for ever. */
    private static final int DEEPEST = 255;

    private final int[] held;
    private final boolean any;

    public Monitors(MethodBody method) {
        held = new int[method.elements().size() + 1];
        any = method.elements().stream().anyMatch(MonitorInstruction.class::isInstance);
        if (any) follow(method);
    }

    /** Whether a monitor is held at the element, on some path to it. */
    public boolean isHeldAt(int index) {
        return any && held[index] > 0;
    }

    private void follow(MethodBody method) {
        Flow flow = new Flow(method);
        Arrays.fill(held, UNSEEN);
        Deque<Integer> work = new ArrayDeque<>();
        reach(0, 0, work);
        while (!work.isEmpty()) {
            int index = work.pop();
            if (index == method.elements().size()) continue;
            CodeElement element = method.elements().get(index);
            int after = Math.clamp(held[index] + change(element), 0, DEEPEST);
            if (Flow.fallsThrough(element)) reach(index + 1, after, work);
            for (int target : flow.jumps(element)) reach(target, after, work);
            if (element instanceof Instruction) reachHandlers(flow, index, work);
        }
    }

    /** The handler that releases a monitor stands before those around the block, which are not reached from inside it. */
    private void reachHandlers(Flow flow, int index, Deque<Integer> work) {
        for (Guarded g : flow.guarded()) {
            if (!g.covers(index)) continue;
            reach(g.handler(), held[index], work);
            if (g.catchesAll()) return;
        }
    }

    private void reach(int index, int depth, Deque<Integer> work) {
        if (held[index] >= depth) return;
        held[index] = depth;
        work.push(index);
    }

    private static int change(CodeElement element) {
        if (!(element instanceof MonitorInstruction monitor)) return 0;
        return monitor.opcode() == Opcode.MONITORENTER ? 1 : -1;
    }
}
