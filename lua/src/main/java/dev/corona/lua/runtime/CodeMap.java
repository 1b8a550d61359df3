package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.CharacterRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which instruction of the compiler a place in the byte code of one class belongs to. The class file itself says it, in its tables of
 * character ranges, which the JVM does not read; they are read when somebody asks.
 */
final class CodeMap {
    /** Marks of the compiler's ranges: what an instruction is, or that the range is the way out of a site. */
    static final int INSTRUCTION = 0x4000;

    static final int TAIL_CALL = 0x4001;
    static final int SITE = 0x4002;

    /** Stands for a place that is in no instruction. */
    static final int NOWHERE = Integer.MIN_VALUE;

    private record Range(int start, int end, int instruction, boolean isTail) {}

    /** What one method has: its ranges, and the instruction of each site. */
    private record Body(List<Range> ranges, Map<Integer, Integer> sites) {}

    private final Map<String, Body> bodies = new HashMap<>();

    CodeMap(byte[] classFile) {
        ClassModel model = ClassFile.of().parse(classFile);
        for (MethodModel m : model.methods()) {
            if (m.methodName().equalsString("body"))
                bodies.put(m.methodType().stringValue(), read(m));
        }
    }

    private static Body read(MethodModel method) {
        List<Range> ranges = new ArrayList<>();
        Map<Integer, Integer> sites = new HashMap<>();
        CodeAttribute code = (CodeAttribute) method.code().orElseThrow();
        for (CodeElement e : code.elementList()) {
            if (!(e instanceof CharacterRange r)) continue;
            if (r.flags() == SITE) {
                sites.put(r.characterRangeStart(), r.characterRangeEnd());
            } else {
                int start = code.labelToBci(r.startScope());
                int end = code.labelToBci(r.endScope());
                ranges.add(new Range(start, end, r.characterRangeStart(), r.flags() == TAIL_CALL));
            }
        }
        return new Body(ranges, sites);
    }

    private @Nullable Range rangeAt(String descriptor, int bci) {
        Body body = bodies.get(descriptor);
        if (body == null) return null;
        for (Range r : body.ranges) if (r.start <= bci && bci < r.end) return r;
        return null;
    }

    /** The index of the instruction at a place in a body; {@link #NOWHERE} if it is in none. */
    int instructionAt(String descriptor, int bci) {
        Range range = rangeAt(descriptor, bci);
        return range == null ? NOWHERE : range.instruction;
    }

    /** Whether the place is in a call in tail position. */
    boolean isTailCall(String descriptor, int bci) {
        Range range = rangeAt(descriptor, bci);
        return range != null && range.isTail;
    }

    /** The index of the instruction that a site of a body belongs to; -1 for the beginning of the function. */
    int instructionOfSite(String descriptor, int site) {
        Body body = bodies.get(descriptor);
        return body == null ? NOWHERE : body.sites.getOrDefault(site, NOWHERE);
    }
}
