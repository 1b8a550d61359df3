package dev.corona.lua.emit;

import dev.corona.lua.analysis.Liveness;
import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Ir.Region;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which registers the frames of a function keep. */
final class LiveSets {
    private LiveSets() {}

    /**
     * What is kept at the sites of an instruction.
     *
     * @param instruction its index; -1 for the beginning of the function, the number of instructions for handlers behind the last
     */
    static BitSet at(
            Ir.Function function, Liveness liveness, int instruction, List<Region> regions) {
        boolean inside = instruction >= 0 && instruction < function.code.size();
        BitSet live = inside ? liveness.across(instruction) : new BitSet();
        if (instruction < 0) {
            for (Ir.Register p : function.parameters) live.set(p.number());
        }
        for (Region r : regions) live.set(r.variable().number());
        return live;
    }

    /** The regions of a function, whose variables are always kept. */
    static List<Region> regions(Ir.Function function) {
        List<Region> regions = new ArrayList<>();
        for (Ir.Instruction i : function.code) {
            if (i instanceof Ir.Open o) regions.add(o.region());
        }
        return regions;
    }
}
