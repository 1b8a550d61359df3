package dev.corona.lua.analysis;

import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Ir.Instruction;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The instructions that a function may come to. */
public final class Reachability {
    private Reachability() {}

    /** Their indexes. */
    public static BitSet of(Ir.Function function) {
        List<Instruction> code = function.code;
        Map<Ir.Label, Integer> places = new HashMap<>();
        for (int i = 0; i < code.size(); i++)
            if (code.get(i) instanceof Ir.Mark m) places.put(m.label(), i);
        BitSet reached = new BitSet();
        Deque<Integer> starts = new ArrayDeque<>(List.of(0));
        while (!starts.isEmpty()) {
            boolean falls = true;
            for (int i = starts.pop(); falls && i < code.size() && !reached.get(i); i++) {
                reached.set(i);
                Effects e = Effects.of(code.get(i));
                Integer target = places.get(e.target());
                if (target != null) starts.push(target);
                falls = e.falls();
            }
        }
        return reached;
    }
}
