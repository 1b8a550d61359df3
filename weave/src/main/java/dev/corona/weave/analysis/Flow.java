package dev.corona.weave.analysis;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.util.ArrayList;
import java.util.List;

/** Where control can go from each element of a method. */
final class Flow {
    /** The elements from start, before end, and where an exception in them goes: every one, or some. */
    record Guarded(int start, int end, int handler, boolean catchesAll) {
        boolean covers(int index) {
            return index >= start && index < end;
        }
    }

    private final MethodBody method;
    private final List<Guarded> guarded = new ArrayList<>();

    Flow(MethodBody method) {
        this.method = method;
        for (CodeElement element : method.elements()) {
            if (element instanceof ExceptionCatch c) {
                guarded.add(
                        new Guarded(
                                method.indexOf(c.tryStart()),
                                method.indexOf(c.tryEnd()),
                                method.indexOf(c.handler()),
                                c.catchType().isEmpty()));
            }
        }
    }

    /** Whether the next element can follow this one. */
    static boolean fallsThrough(CodeElement element) {
        return switch (element) {
            case BranchInstruction b -> b.opcode() != Opcode.GOTO && b.opcode() != Opcode.GOTO_W;
            case ReturnInstruction r -> false;
            case ThrowInstruction t -> false;
            case TableSwitchInstruction t -> false;
            case LookupSwitchInstruction t -> false;
            default -> true;
        };
    }

    /** Where it can jump to. */
    List<Integer> jumps(CodeElement element) {
        return switch (element) {
            case BranchInstruction b -> List.of(method.indexOf(b.target()));
            case TableSwitchInstruction t -> targets(t.defaultTarget(), t.cases());
            case LookupSwitchInstruction t -> targets(t.defaultTarget(), t.cases());
            default -> List.of();
        };
    }

    private List<Integer> targets(Label defaultTarget, List<SwitchCase> cases) {
        List<Integer> targets = new ArrayList<>();
        targets.add(method.indexOf(defaultTarget));
        for (SwitchCase c : cases) targets.add(method.indexOf(c.target()));
        return targets;
    }

    List<Guarded> guarded() {
        return guarded;
    }
}
