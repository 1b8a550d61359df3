package dev.corona.lua.analysis;

import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Ir.Arguments;
import dev.corona.lua.ir.Ir.Instruction;
import dev.corona.lua.ir.Ir.Operand;
import dev.corona.lua.ir.Ir.Register;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What an instruction reads and writes, and where it may go on.
 *
 * @param target where it may jump to; null if it does not
 * @param falls whether the next instruction may follow
 */
record Effects(
        List<Register> reads, List<Register> writes, Ir.@Nullable Label target, boolean falls) {
    static Effects of(Instruction instruction) {
        return switch (instruction) {
            case Ir.Line i -> of(List.of(), List.of());
            case Ir.Mark i -> of(List.of(), List.of());
            case Ir.Poll i -> of(List.of(), List.of());
            case Ir.Open i -> of(List.of(i.region().variable()), List.of());
            case Ir.Pause i -> of(List.of(), List.of());
            case Ir.Continue i -> of(List.of(), List.of());
            case Ir.Close i -> of(List.of(i.region().variable()), List.of());
            case Ir.Move i -> of(reads(i.from()), List.of(i.to()));
            case Ir.NewCell i -> of(reads(i.from()), List.of(i.to()));
            case Ir.CellLoad i -> of(List.of(i.cell()), List.of(i.to()));
            case Ir.CellStore i -> of(reads(i.cell(), i.from()), List.of());
            case Ir.UpvalueLoad i -> of(List.of(), List.of(i.to()));
            case Ir.UpvalueStore i -> of(reads(i.from()), List.of());
            case Ir.Binary i -> of(reads(i.left(), i.right()), List.of(i.to()));
            case Ir.Compare i -> of(reads(i.left(), i.right()), List.of(i.to()));
            case Ir.Unary i -> of(reads(i.operand()), List.of(i.to()));
            case Ir.Concat i -> of(reads(i.operands().toArray(Operand[]::new)), List.of(i.to()));
            case Ir.IndexLoad i -> of(reads(i.object(), i.key()), List.of(i.to()));
            case Ir.IndexStore i -> of(reads(i.object(), i.key(), i.value()), List.of());
            case Ir.NewTable i -> of(List.of(), List.of(i.to()));
            case Ir.Append i -> of(reads(i.values(), i.table()), List.of());
            case Ir.Call i -> of(reads(i.arguments(), i.function()), List.of(i.to()));
            case Ir.TailCall i ->
                    new Effects(reads(i.arguments(), i.function()), List.of(), null, false);
            case Ir.Return i -> new Effects(reads(i.values()), List.of(), null, false);
            case Ir.VarArgs i -> of(List.of(), List.of(i.to()));
            case Ir.Select i -> of(List.of(i.from()), List.of(i.to()));
            case Ir.NewClosure i -> of(captured(i), List.of(i.to()));
            case Ir.Iterate i -> of(List.of(i.function(), i.state(), i.control()), i.values());
            case Ir.Jump i -> new Effects(List.of(), List.of(), i.label(), false);
            case Ir.JumpIf i -> new Effects(reads(i.condition()), List.of(), i.label(), true);
            case Ir.JumpIfNil i -> new Effects(List.of(i.condition()), List.of(), i.label(), true);
            case Ir.JumpIfCompare i ->
                    new Effects(reads(i.left(), i.right()), List.of(), i.label(), true);
            case Ir.LoopBegin i ->
                    new Effects(
                            reads(i.from(), i.to(), i.by()), registers(i.loop()), i.exit(), true);
            case Ir.LoopNext i ->
                    new Effects(registers(i.loop()), changed(i.loop()), i.body(), true);
        };
    }

    private static Effects of(List<Register> reads, List<Register> writes) {
        return new Effects(reads, writes, null, true);
    }

    private static List<Register> registers(Ir.Loop loop) {
        if (loop.isByOne()) return List.of(loop.index(), loop.limit());
        return List.of(loop.index(), loop.limit(), loop.step(), loop.count());
    }

    private static List<Register> changed(Ir.Loop loop) {
        return loop.isByOne() ? List.of(loop.index()) : List.of(loop.index(), loop.count());
    }

    private static List<Register> captured(Ir.NewClosure closure) {
        List<Register> registers = new ArrayList<>();
        for (Ir.Capture c : closure.captures()) {
            if (c.register() != null && c.register() != closure.to()) registers.add(c.register());
        }
        return registers;
    }

    private static List<Register> reads(Arguments arguments, Operand... more) {
        List<Register> registers = reads(more);
        for (Operand o : arguments.values()) if (o instanceof Register r) registers.add(r);
        if (arguments.rest() != null) registers.add(arguments.rest());
        return registers;
    }

    private static List<Register> reads(Operand... operands) {
        List<Register> registers = new ArrayList<>();
        for (Operand o : operands) if (o instanceof Register r) registers.add(r);
        return registers;
    }
}
