package dev.corona.weave.analysis;

import dev.corona.weave.analysis.Flow.Guarded;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which local variables are still needed after each instruction: the classic backward data-flow analysis, repeated until
 * nothing changes. A handler needs its variables at every instruction that it guards.
 */
public final class Liveness {
    private final MethodBody method;
    private final Flow flow;
    private final BitSet[] before;
    private final List<List<Guarded>> guards = new ArrayList<>();

    public Liveness(MethodBody method) {
        this.method = method;
        flow = new Flow(method);
        int size = method.elements().size();
        before = new BitSet[size + 1];
        for (int i = 0; i <= size; i++) before[i] = new BitSet();
        for (int i = 0; i < size; i++) guards.add(guardsOf(i));
        boolean changed = true;
        while (changed) changed = pass();
    }

    private List<Guarded> guardsOf(int index) {
        return flow.guarded().stream().filter(g -> g.covers(index)).toList();
    }

    private boolean pass() {
        boolean changed = false;
        for (int i = method.elements().size() - 1; i >= 0; i--) {
            BitSet live = after(i);
            CodeElement element = method.elements().get(i);
            if (element instanceof StoreInstruction s) live.clear(s.slot());
            if (element instanceof LoadInstruction l) live.set(l.slot());
            if (element instanceof IncrementInstruction n) live.set(n.slot());
            if (element instanceof Instruction) addHandlers(i, live);
            if (!live.equals(before[i])) {
                before[i] = live;
                changed = true;
            }
        }
        return changed;
    }

    private void addHandlers(int index, BitSet live) {
        for (Guarded g : guards.get(index)) live.or(before[g.handler()]);
    }

    /** The slots that are read later on some path that starts after the element, or in a handler of it. */
    public BitSet after(int index) {
        CodeElement element = method.elements().get(index);
        BitSet live = new BitSet();
        if (Flow.fallsThrough(element)) live.or(before[index + 1]);
        for (int target : flow.jumps(element)) live.or(before[target]);
        if (element instanceof Instruction) addHandlers(index, live);
        return live;
    }
}
