package dev.corona.lua.ir;

import dev.corona.lua.syntax.Tree.BinaryOperator;
import dev.corona.lua.syntax.Tree.UnaryOperator;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The intermediate representation of a function: instructions on registers without limit. Each record says what it does in
 * pseudo-code, where {@code R} are registers, {@code U} upvalues, {@code all(r)} all values of a call's result {@code r} and
 * {@code cell} a place of its own for a variable that closures share.
 */
public final class Ir {
    private Ir() {}

    /** What an instruction reads. */
    public sealed interface Operand {
        /** What error messages call it, such as {@code local 'x'}; null if it has no name. */
        @Nullable String description();
    }

    /** A boolean, Long, Double or String (a char for each byte); null for nil. */
    public record Literal(@Nullable Object value) implements Operand {
        @Override
        public @Nullable String description() {
            return value instanceof String s ? "constant '" + s + "'" : null;
        }

        @Override
        public String toString() {
            return value instanceof String s ? "\"" + s + "\"" : String.valueOf(value);
        }
    }

    /** A register: a variable or a temporary. */
    public static final class Register implements Operand {
        private final int number;
        private final @Nullable String description;

        /** Whether it keeps a cell, or a call's result with all its values, rather than a Lua value. */
        private final boolean isRaw;

        Register(int number, @Nullable String description, boolean isRaw) {
            this.number = number;
            this.description = description;
            this.isRaw = isRaw;
        }

        public int number() {
            return number;
        }

        @Override
        public @Nullable String description() {
            return description;
        }

        public boolean isRaw() {
            return isRaw;
        }

        @Override
        public String toString() {
            return "R" + number;
        }
    }

    /** A place that jumps lead to. */
    public static final class Label {
        private int number = -1;

        @Override
        public String toString() {
            return "L" + number;
        }
    }

    /** A to-be-closed variable and the part of the code in which it is open. */
    public static final class Region {
        private final int number;
        private final Register variable;

        Region(int number, Register variable) {
            this.number = number;
            this.variable = variable;
        }

        public int number() {
            return number;
        }

        public Register variable() {
            return variable;
        }

        @Override
        public String toString() {
            return "region " + number + " of " + variable;
        }
    }

    /** How many values of a call are wanted. */
    public enum Wanted {
        NONE,
        FIRST,
        ALL
    }

    /** Arguments or results: some values, and then all of a call's result if {@code rest} is not null. */
    public record Arguments(List<Operand> values, @Nullable Register rest) {
        @Override
        public String toString() {
            String shown = values.toString();
            return rest == null ? shown : shown + " + all(" + rest + ")";
        }
    }

    /**
     * The registers of a numeric loop.
     *
     * @param isByOne whether its step is the integer 1 as a constant, so that step and count are not needed
     */
    public record Loop(
            Register index, Register limit, Register step, Register count, boolean isByOne) {}

    public sealed interface Instruction {}

    /** The following instructions belong to this line. */
    public record Line(int number) implements Instruction {}

    /** {@code label:} */
    public record Mark(Label label) implements Instruction {}

    /** {@code to = from} */
    public record Move(Register to, Operand from) implements Instruction {}

    /** {@code to = new cell(from)} */
    public record NewCell(Register to, Operand from) implements Instruction {}

    /** {@code to = cell.value} */
    public record CellLoad(Register to, Register cell) implements Instruction {}

    /** {@code cell.value = from} */
    public record CellStore(Register cell, Operand from) implements Instruction {}

    /** {@code to = U[index]}, or its cell's value */
    public record UpvalueLoad(Register to, int index, boolean isCell) implements Instruction {}

    /** {@code U[index].value = from} */
    public record UpvalueStore(int index, Operand from) implements Instruction {}

    /** {@code to = left op right}, which computes */
    public record Binary(BinaryOperator operator, Register to, Operand left, Operand right)
            implements Instruction {}

    /** {@code to = left op right}, a boolean */
    public record Compare(BinaryOperator operator, Register to, Operand left, Operand right)
            implements Instruction {}

    /** {@code to = op operand} */
    public record Unary(UnaryOperator operator, Register to, Operand operand)
            implements Instruction {}

    /** {@code to = operands[0] .. operands[1] .. ...}, from the right */
    public record Concat(Register to, List<Operand> operands) implements Instruction {}

    /** {@code to = object[key]} */
    public record IndexLoad(Register to, Operand object, Operand key) implements Instruction {}

    /** {@code object[key] = value} */
    public record IndexStore(Operand object, Operand key, Operand value) implements Instruction {}

    /** {@code to = new table}, with room for so many elements and fields; of some the names are known */
    public record NewTable(Register to, int elements, int fields, List<String> names)
            implements Instruction {
        @Override
        public String toString() {
            return "NewTable[to=" + to + ", elements=" + elements + ", fields=" + fields + "]";
        }
    }

    /** {@code table[first], table[first + 1], ... = values}, without metamethods */
    public record Append(Register table, long first, Arguments values) implements Instruction {}

    /** {@code to = function(arguments)} */
    public record Call(Wanted wanted, Register to, Operand function, Arguments arguments)
            implements Instruction {}

    /** {@code return function(arguments)} without a frame of this function's own */
    public record TailCall(Operand function, Arguments arguments) implements Instruction {}

    /** {@code return values} */
    public record Return(Arguments values) implements Instruction {}

    /** {@code to = all arguments beyond the parameters} */
    public record VarArgs(Register to) implements Instruction {}

    /** {@code to = value number index, from 0, of all(from)} */
    public record Select(Register to, Register from, int index) implements Instruction {}

    /** {@code to = new closure; its U[i] = captures[i]} */
    public record NewClosure(Register to, Function function, List<Capture> captures)
            implements Instruction {}

    /** What a closure takes over: a register's value or cell, or else an upvalue of the function that makes it. */
    public record Capture(@Nullable Register register, int upvalue) {}

    /** {@code goto label} */
    public record Jump(Label label) implements Instruction {}

    /** {@code if (condition is true) == when goto label} */
    public record JumpIf(Operand condition, boolean when, Label label) implements Instruction {}

    /** {@code if (left op right) == when goto label} */
    public record JumpIfCompare(
            BinaryOperator operator, Operand left, Operand right, boolean when, Label label)
            implements Instruction {}

    /** {@code if condition == nil goto label} */
    public record JumpIfNil(Register condition, Label label) implements Instruction {}

    /** {@code index, limit, step = from, to, by, checked; if nothing is to be run goto exit} */
    public record LoopBegin(Loop loop, Operand from, Operand to, Operand by, Label exit)
            implements Instruction {}

    /** {@code if there is a next index { index = it; goto body }} */
    public record LoopNext(Loop loop, Label body) implements Instruction {}

    /** {@code values = function(state, control)}, an iterator's next */
    public record Iterate(
            List<Register> values, Register function, Register state, Register control)
            implements Instruction {}

    /** {@code spend ticks, leave if somebody asks for it}; before a jump backwards */
    public record Poll() implements Instruction {}

    /** {@code check that the variable can be closed}; from here on errors close it */
    public record Open(Region region) implements Instruction {}

    /** errors do not close it from here on */
    public record Pause(Region region) implements Instruction {}

    /** errors close it again from here on */
    public record Continue(Region region) implements Instruction {}

    /** {@code close the variable}, without an error */
    public record Close(Region region) implements Instruction {}

    /** {@code nothing}; these variables of the program are needed until here, by who looks at them from outside */
    public record Keep(List<Register> variables) implements Instruction {}

    /** A variable of the program, and where it is visible. */
    public static final class Local {
        private final String name;
        private final @Nullable Register register;
        private final int start;
        private int end = Integer.MAX_VALUE;

        Local(String name, @Nullable Register register, int start) {
            this.name = name;
            this.register = register;
            this.start = start;
        }

        public String name() {
            return name;
        }

        /** Where its value or cell is; null if it is not kept as a value of Lua. */
        public @Nullable Register register() {
            return register;
        }

        /** Whether it is visible at the instruction of an index. */
        public boolean isVisibleAt(int instruction) {
            return start <= instruction && instruction < end;
        }

        void end(int instruction) {
            end = instruction;
        }
    }

    /** An upvalue as the function sees it. */
    public record Upvalue(String name, boolean isCell) {}

    /** A function: its instructions and what belongs to them. */
    public static final class Function {
        public final String name;
        public final int line;
        public final int lastLine;
        public final boolean isVararg;
        public final List<Register> parameters = new ArrayList<>();
        public final List<String> parameterNames = new ArrayList<>();
        public final List<Upvalue> upvalues = new ArrayList<>();
        public final List<Instruction> code = new ArrayList<>();
        public final List<Register> registers = new ArrayList<>();
        public final List<Function> inner = new ArrayList<>();

        /** The variables, in the order of their declarations. */
        public final List<Local> locals = new ArrayList<>();

        /** The index of the upvalue that is the function itself, as it was made; -1 if there is none. */
        public int selfUpvalue = -1;

        Function(String name, int line, int lastLine, boolean isVararg) {
            this.name = name;
            this.line = line;
            this.lastLine = lastLine;
            this.isVararg = isVararg;
        }

        /** Gives labels their numbers, for listings. */
        void numberLabels() {
            int next = 0;
            for (Instruction i : code) if (i instanceof Mark m) m.label.number = next++;
        }
    }
}
