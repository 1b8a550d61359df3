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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Gives registers their local variables: registers that are never live at the same time share one, if they are of a kind, and
 * that in all bodies that share frames. A linear scan over the intervals from the first to the last instruction at which a register matters.
 */
final class Slots {
    private record Interval(int register, int start, int end) {}

    private Slots() {}

    /**
     * @param kinds those of all bodies that are to have the same local variables
     * @param first the first local variable that is free; parameters have those from 1 on
     */
    static int[] assign(Ir.Function function, List<Kinds> kinds, Liveness liveness, int first) {
        int[] slots = new int[function.registers.size()];
        Arrays.fill(slots, -1);
        int parameter = 1;
        for (Register p : function.parameters) {
            slots[p.number()] = parameter;
            parameter += size(kinds, p);
        }
        int next = first;
        for (Ir.Instruction i : function.code) {
            if (i instanceof Ir.Open o) slots[o.region().variable().number()] = next++;
        }
        Map<List<Kind>, Deque<Integer>> free = new HashMap<>();
        PriorityQueue<Interval> active =
                new PriorityQueue<>(Comparator.comparingInt(Interval::end));
        for (Interval interval : intervals(function, liveness)) {
            if (slots[interval.register] >= 0) continue;
            while (!active.isEmpty() && active.peek().end < interval.start) {
                int done = active.poll().register;
                List<Kind> key = kindsOf(kinds, function.registers.get(done));
                free.computeIfAbsent(key, k -> new ArrayDeque<>()).push(slots[done]);
            }
            Register register = function.registers.get(interval.register);
            Deque<Integer> fitting = free.get(kindsOf(kinds, register));
            Integer slot = fitting == null ? null : fitting.poll();
            if (slot == null) {
                slot = next;
                next += size(kinds, register);
            }
            slots[interval.register] = slot;
            active.add(interval);
        }
        return slots;
    }

    private static List<Kind> kindsOf(List<Kinds> kinds, Register register) {
        return kinds.stream().map(k -> k.of(register)).toList();
    }

    private static int size(List<Kinds> kinds, Register register) {
        return kinds.stream().anyMatch(k -> k.of(register).isNumber()) ? 2 : 1;
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
