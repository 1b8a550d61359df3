package dev.corona.lua.emit;

import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Ir.Instruction;
import dev.corona.lua.runtime.LuaCode;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;

/** Writes which instruction a stretch of byte code belongs to, for tracebacks. */
final class CodeMarks {
    private CodeMarks() {}

    /** Whether a call can be found to stand in such an instruction. */
    static boolean matters(Instruction instruction) {
        return switch (instruction) {
            case Ir.Line i -> false;
            case Ir.Mark i -> false;
            case Ir.Move i -> false;
            case Ir.Keep i -> false;
            case Ir.Jump i -> false;
            case Ir.JumpIf i -> false;
            case Ir.JumpIfNil i -> false;
            case Ir.Pause i -> false;
            case Ir.Continue i -> false;
            default -> true;
        };
    }

    /** Whether an instruction counts for hooks: not what marks a place, nor what fetches an operand, which may stand before its line. */
    static boolean isHooked(Instruction instruction) {
        return switch (instruction) {
            case Ir.Line i -> false;
            case Ir.Mark i -> false;
            case Ir.Keep i -> false;
            case Ir.Poll i -> false;
            case Ir.Pause i -> false;
            case Ir.Continue i -> false;
            case Ir.UpvalueLoad i -> false;
            case Ir.CellLoad i -> false;
            default -> true;
        };
    }

    static void instruction(
            CodeBuilder b, Label start, Label end, int index, Instruction instruction) {
        boolean tail = instruction instanceof Ir.TailCall;
        int kind = tail ? LuaCode.MARK_OF_TAIL_CALL : LuaCode.MARK_OF_INSTRUCTION;
        b.characterRange(start, end, index, index, kind);
    }

    static void site(CodeBuilder b, Label start, Label end, int number, int index) {
        b.characterRange(start, end, number, index, LuaCode.MARK_OF_SITE);
    }
}
