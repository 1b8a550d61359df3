package dev.corona.lua.emit;

import dev.corona.lua.ir.Ir.Region;

import java.lang.classfile.Label;
import java.util.BitSet;
import java.util.List;

/** One call at which a function may suspend. */
final class Site {
    final int line;

    /** The index of the instruction that it belongs to; -1 for the beginning of the function. */
    final int instruction;

    final Sites.Result result;
    final List<Region> regions;

    /** The registers that are read after it, and their local variables. */
    final BitSet registers;

    final BitSet slots = new BitSet();
    final Label after;
    final Label save;

    /** What frames that are left here have as their {@code pc}. */
    int number;

    Site(
            int line,
            int instruction,
            Sites.Result result,
            List<Region> regions,
            BitSet registers,
            Label after,
            Label save) {
        this.line = line;
        this.instruction = instruction;
        this.result = result;
        this.regions = regions;
        this.registers = registers;
        this.after = after;
        this.save = save;
    }
}
