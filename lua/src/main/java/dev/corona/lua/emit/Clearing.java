package dev.corona.lua.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Puts something into each slot that a group keeps and a site does not need. Sites share the code: those with the same slots to
 * clear all of it, others what they have in common, in the order of how many need it.
 */
final class Clearing {
    /** Clears one slot and goes on with the next step. */
    private record Step(int slot, Label start, Map<Integer, Step> before) {}

    private final CodeBuilder b;
    private final SiteGroup group;
    private final IntConsumer clear;
    private final Step last;
    private final List<Integer> order = new ArrayList<>();

    /**
     * @param clear writes the code for one slot
     */
    Clearing(CodeBuilder b, SiteGroup group, IntConsumer clear) {
        this.b = b;
        this.group = group;
        this.clear = clear;
        last = new Step(-1, group.save, new LinkedHashMap<>());
        Map<Integer, Integer> counts = new LinkedHashMap<>();
        for (Site s : group.sites)
            unused(s).stream().forEach(u -> counts.merge(u, 1, Integer::sum));
        order.addAll(counts.keySet());
        order.sort(
                Comparator.<Integer>comparingInt(u -> -counts.getOrDefault(u, 0))
                        .thenComparingInt(u -> u));
    }

    private BitSet unused(Site site) {
        BitSet unused = (BitSet) group.slots.clone();
        unused.andNot(site.slots);
        return unused;
    }

    /** Where the slots are cleared that a site does not need. */
    Label of(Site site) {
        BitSet unused = unused(site);
        Step step = last;
        for (int slot : order) {
            if (!unused.get(slot)) continue;
            step =
                    step.before.computeIfAbsent(
                            slot, s -> new Step(s, b.newLabel(), new LinkedHashMap<>()));
        }
        return step.start;
    }

    /** Writes all steps; what stands behind them is what the last one leads to. */
    void write() {
        writeBefore(last);
    }

    private void writeBefore(Step step) {
        int left = step.before.size();
        for (Step s : step.before.values()) {
            writeBefore(s);
            b.labelBinding(s.start);
            clear.accept(s.slot);
            if (--left > 0) b.goto_(step.start);
        }
    }
}
