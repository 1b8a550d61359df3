package dev.corona.lua.analysis;

import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Ir.Instruction;
import dev.corona.lua.ir.Ir.Label;
import dev.corona.lua.ir.Ir.Register;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** For each instruction the registers that are still read after it. */
public final class Liveness {
    private final Effects[] effects;

    /** Live before the instruction at each label's place. */
    private final Map<Label, BitSet> atLabels = new HashMap<>();

    private final BitSet[] after;

    private Liveness(List<Instruction> code) {
        effects = new Effects[code.size()];
        after = new BitSet[code.size()];
        for (int i = 0; i < effects.length; i++) effects[i] = Effects.of(code.get(i));
        boolean changed = true;
        while (changed) changed = pass(code);
    }

    public static Liveness of(Ir.Function function) {
        return new Liveness(function.code);
    }

    /** One walk backwards; true if something at a label changed. */
    private boolean pass(List<Instruction> code) {
        boolean changed = false;
        BitSet live = new BitSet();
        for (int i = effects.length - 1; i >= 0; i--) {
            Effects e = effects[i];
            if (!e.falls()) live.clear();
            if (e.target() != null && atLabels.containsKey(e.target()))
                live.or(atLabels.get(e.target()));
            after[i] = needsSet(code.get(i)) ? (BitSet) live.clone() : after[i];
            for (Register r : e.writes()) live.clear(r.number());
            for (Register r : e.reads()) live.set(r.number());
            if (code.get(i) instanceof Ir.Mark m) {
                BitSet before = atLabels.put(m.label(), (BitSet) live.clone());
                changed |= !live.equals(before == null ? new BitSet() : before);
            }
        }
        return changed;
    }

    private static boolean needsSet(Instruction instruction) {
        return !(instruction instanceof Ir.Line || instruction instanceof Ir.Mark);
    }

    /** The registers that the instruction reads or writes. */
    public List<Register> touched(int index) {
        List<Register> all = new ArrayList<>(effects[index].reads());
        all.addAll(effects[index].writes());
        return all;
    }

    /** The numbers of the registers that are read after the instruction, without those that it writes itself. */
    public BitSet across(int index) {
        BitSet live = after[index] == null ? new BitSet() : (BitSet) after[index].clone();
        for (Register r : effects[index].writes()) live.clear(r.number());
        return live;
    }
}
