package dev.corona.lua.emit;

import dev.corona.lua.analysis.Kind;
import dev.corona.lua.analysis.Kinds;
import dev.corona.lua.analysis.Liveness;
import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Ir.Register;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Gives registers their local variables: registers that are never live at the same time share one, if they are of a kind. A
 * linear scan over the intervals from the first to the last instruction at which a register matters.
 */
final class Slots {
    private record Interval(int register, int start, int end) {}

    private Slots() {}

    /**
     * @param first the first local variable that is free; parameters have those from 1 on
     */
    static int[] assign(Ir.Function function, Kinds kinds, Liveness liveness, int first) {
        int[] slots = new int[function.registers.size()];
        Arrays.fill(slots, -1);
        int parameter = 1;
        for (Register p : function.parameters) {
            slots[p.number()] = parameter;
            parameter += kinds.of(p).isNumber() ? 2 : 1;
        }
        int next = first;
        for (Ir.Instruction i : function.code) {
            if (i instanceof Ir.Open o) slots[o.region().variable().number()] = next++;
        }
        List<Deque<Integer>> free = new ArrayList<>();
        for (Kind k : Kind.values()) free.add(new ArrayDeque<>());
        PriorityQueue<Interval> active =
                new PriorityQueue<>(Comparator.comparingInt(Interval::end));
        for (Interval interval : intervals(function, liveness)) {
            if (slots[interval.register] >= 0) continue;
            while (!active.isEmpty() && active.peek().end < interval.start) {
                int done = active.poll().register;
                free.get(kinds.of(function.registers.get(done)).ordinal()).push(slots[done]);
            }
            Kind kind = kinds.of(function.registers.get(interval.register));
            Integer slot = free.get(kind.ordinal()).poll();
            if (slot == null) {
                slot = next;
                next += kind.isNumber() ? 2 : 1;
            }
            slots[interval.register] = slot;
            active.add(interval);
        }
        return slots;
    }

    private static List<Interval> intervals(Ir.Function function, Liveness liveness) {
        int count = function.registers.size();
        int[] start = new int[count];
        int[] end = new int[count];
        Arrays.fill(start, Integer.MAX_VALUE);
        Arrays.fill(end, -1);
        for (int i = 0; i < function.code.size(); i++) {
            BitSet live = liveness.across(i);
            for (int r = live.nextSetBit(0); r >= 0; r = live.nextSetBit(r + 1)) {
                start[r] = Math.min(start[r], i);
                end[r] = i;
            }
            for (Register r : liveness.touched(i)) {
                start[r.number()] = Math.min(start[r.number()], i);
                end[r.number()] = Math.max(end[r.number()], i);
            }
        }
        List<Interval> intervals = new ArrayList<>();
        for (int r = 0; r < count; r++)
            if (end[r] >= 0) intervals.add(new Interval(r, start[r], end[r]));
        intervals.sort(Comparator.comparingInt(Interval::start));
        return intervals;
    }
}
