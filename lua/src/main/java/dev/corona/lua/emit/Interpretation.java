package dev.corona.lua.emit;

import dev.corona.Resumable;
import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Ir.Instruction;
import dev.corona.lua.ir.Ir.Label;
import dev.corona.lua.ir.Ir.Literal;
import dev.corona.lua.ir.Ir.Operand;
import dev.corona.lua.ir.Ir.Register;
import dev.corona.lua.runtime.Activation;
import dev.corona.lua.runtime.Cell;
import dev.corona.lua.runtime.Hooks;
import dev.corona.lua.runtime.InterpretedClosure;
import dev.corona.lua.runtime.Loops;
import dev.corona.lua.runtime.LuaClosure;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.LuaThread;
import dev.corona.lua.runtime.Operations;
import dev.corona.lua.runtime.Polls;
import dev.corona.lua.runtime.Regions;
import dev.corona.lua.runtime.Tables;
import dev.corona.lua.runtime.Values;
import dev.corona.lua.syntax.Tree.BinaryOperator;
import dev.corona.lua.syntax.Tree.UnaryOperator;

import org.jspecify.annotations.Nullable;

import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Runs the instructions of a function one by one: for functions that are too large for a method of the JVM, which are long
 * tables and generated code. The JVM's own interpreter would be all that such code gets.
 */
final class Interpretation implements InterpretedClosure.Interpreter {
    private final Ir.Function function;
    private final boolean accounted;
    private final Function<Ir.Function, ClassDesc> classes;

    /** The line of each instruction. */
    private final int[] lines;

    private final Map<Label, Integer> labels = new IdentityHashMap<>();
    private final Map<String, LuaString> strings = new HashMap<>();

    /**
     * @param classes the classes of a chunk's functions
     */
    Interpretation(
            Ir.Function function, boolean accounted, Function<Ir.Function, ClassDesc> classes) {
        this.function = function;
        this.accounted = accounted;
        this.classes = classes;
        lines = new int[function.code.size()];
        int line = Math.max(1, function.line);
        for (int i = 0; i < lines.length; i++) {
            if (function.code.get(i) instanceof Ir.Mark m) labels.put(m.label(), i);
            if (function.code.get(i) instanceof Ir.Line l) line = Math.max(1, l.number());
            lines[i] = line;
        }
    }

    /** One call. */
    private final class Call extends Activation {
        private final LuaClosure self;
        private final LuaState state;
        private final @Nullable Object[] registers = new Object[function.registers.size()];
        private final @Nullable Object[] arguments;
        private final List<Ir.Region> open = new ArrayList<>();
        private final LuaThread thread;
        private int next;

        /** The line that the hook was told last; -1 after a jump backwards, which begins a line anew. */
        private int toldLine = -1;

        private boolean endsByTailCall;
        private @Nullable Object result;

        Call(LuaClosure self, @Nullable Object[] arguments) {
            this.self = self;
            state = self.state;
            thread = state.currentThread();
            this.arguments = arguments;
            int i = 0;
            for (Register p : function.parameters) {
                registers[p.number()] = Tables.argument(arguments, i++);
            }
        }

        @Override
        public LuaFunction function() {
            return self;
        }

        @Override
        public InterpretedClosure.Interpreter interpreter() {
            return Interpretation.this;
        }

        @Override
        public int line() {
            return lines[Math.max(0, next - 1)];
        }

        @Override
        public int instruction() {
            return next - 1;
        }

        @Override
        public @Nullable Object register(int number) {
            return registers[number];
        }

        @Override
        public void register(int number, @Nullable Object value) {
            registers[number] = value;
        }

        @Override
        public @Nullable Object[] arguments() {
            return arguments;
        }

        void begin() {
            begin(state);
        }

        void end() {
            end(state);
        }

        private @Nullable Object get(Operand operand) {
            return operand instanceof Register r
                    ? registers[r.number()]
                    : literal(((Literal) operand).value());
        }

        private void set(Register to, @Nullable Object value) {
            registers[to.number()] = value;
        }

        private @Nullable Object[] all(Ir.Arguments values) {
            @Nullable Object[] list = new Object[values.values().size()];
            for (int i = 0; i < list.length; i++) list[i] = get(values.values().get(i));
            Register rest = values.rest();
            return rest == null ? list : Values.append(list, get(rest));
        }

        private void jump(Label label) {
            Integer place = labels.get(label);
            if (place == null) throw new AssertionError("no place for " + label);
            if (place < next) toldLine = -1;
            next = place;
        }
    }

    @Override
    public String type() {
        return nameOf(classes.apply(function));
    }

    private static String nameOf(ClassDesc type) {
        return type.packageName() + "." + type.displayName();
    }

    @Override
    public List<Object> parts() {
        return Parts.of(function);
    }

    private @Nullable Object literal(@Nullable Object value) {
        if (!(value instanceof String s)) return value;
        synchronized (strings) {
            return strings.computeIfAbsent(s, LuaString::ofLatin1);
        }
    }

    @Override
    @Resumable
    public @Nullable Object run(LuaClosure self, @Nullable Object[] arguments) {
        LuaState state = self.state;
        boolean due = accounted ? state.enterSpending(arguments) : state.enter();
        if (due) Polls.atEntry(state);
        Call a = new Call(self, arguments);
        a.begin();
        try {
            Object result = execute(a);
            a.end();
            state.depth--;
            return result;
        } catch (Throwable thrown) {
            Throwable last = closeAll(a, thrown);
            a.end();
            throw Interpretation.<RuntimeException>sneak(last);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> RuntimeException sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    private static Throwable closeAll(Call a, Throwable thrown) {
        Throwable last = thrown;
        while (!a.open.isEmpty()) {
            Object variable = a.get(a.open.removeLast().variable());
            last = (Throwable) Regions.failed(a.state, variable, last);
        }
        return last;
    }

    private @Nullable Object execute(Call a) {
        Hooks.atCall(a.thread);
        while (true) {
            Instruction i = function.code.get(a.next++);
            a.state.mayBeEntered();
            if (a.thread.hook() != null && CodeMarks.isHooked(i)) hook(a);
            if (isEnd(a, i)) break;
        }
        if (!a.endsByTailCall) Hooks.atReturn(a.thread);
        return a.result;
    }

    /** Tells the hook of the thread what is about to be executed. */
    private void hook(Call a) {
        int line = a.line();
        boolean isNew = line != a.toldLine;
        a.toldLine = line;
        Hooks.atInstruction(a.thread, line, isNew);
    }

    /** Executes an instruction; whether the function ends. */
    private boolean isEnd(Call a, Instruction instruction) {
        switch (instruction) {
            case Ir.Return i -> {
                a.result = Values.of(a.all(i.values()));
                return true;
            }
            case Ir.TailCall i -> {
                LuaFunction f =
                        Operations.callable(
                                a.state, a.get(i.function()), i.function().description());
                a.endsByTailCall = f instanceof LuaClosure;
                a.result = Hooks.tailCall(a.thread, f, a.all(i.arguments()));
                return true;
            }
            case Ir.Call i -> call(a, i);
            case Ir.Iterate i -> iterate(a, i);
            case Ir.Poll i -> {
                if (accounted ? a.state.spendInLoop() : Polls.requested()) Polls.inLoop(a.state);
            }
            case Ir.Binary i -> {
                int operator = i.operator().ordinal();
                Object left = a.get(i.left());
                Object right = a.get(i.right());
                a.set(i.to(), Operations.arithmetic(a.state, operator, left, right, names(i)));
            }
            case Ir.Compare i ->
                    a.set(
                            i.to(),
                            compare(a.state, i.operator(), a.get(i.left()), a.get(i.right())));
            case Ir.JumpIfCompare i -> {
                Object left = a.get(i.left());
                if (compare(a.state, i.operator(), left, a.get(i.right())) == i.when())
                    a.jump(i.label());
            }
            case Ir.Unary i -> unary(a, i);
            case Ir.Concat i -> {
                @Nullable Object[] operands = a.all(new Ir.Arguments(i.operands(), null));
                a.set(i.to(), Operations.concat(a.state, operands, null));
            }
            case Ir.IndexLoad i -> {
                Object object = a.get(i.object());
                Object key = a.get(i.key());
                Object value = Tables.get(object, key);
                if (value == null) {
                    value = Operations.index(a.state, object, key, i.object().description());
                }
                a.set(i.to(), value);
            }
            case Ir.IndexStore i -> {
                Object object = a.get(i.object());
                Object key = a.get(i.key());
                Object value = a.get(i.value());
                if (!Tables.set(object, key, value)) {
                    String name = i.object().description();
                    Operations.setIndex(a.state, object, key, value, name);
                }
            }
            case Ir.Open i -> {
                Object variable = a.get(i.region().variable());
                Regions.check(a.state, variable, i.region().variable().description());
                a.open.add(i.region());
            }
            case Ir.Close i -> Regions.close(a.state, a.get(i.region().variable()));
            default -> simple(a, instruction);
        }
        return false;
    }

    /** Instructions that call nothing. */
    private void simple(Call a, Instruction instruction) {
        switch (instruction) {
            case Ir.Move i -> a.set(i.to(), a.get(i.from()));
            case Ir.NewCell i -> a.set(i.to(), new Cell(a.get(i.from())));
            case Ir.CellLoad i -> a.set(i.to(), cell(a.get(i.cell())).value);
            case Ir.CellStore i -> cell(a.get(i.cell())).value = a.get(i.from());
            case Ir.UpvalueLoad i -> {
                Object value = a.self.upvalue(i.index());
                a.set(i.to(), i.isCell() ? cell(value).value : value);
            }
            case Ir.UpvalueStore i -> cell(a.self.upvalue(i.index())).value = a.get(i.from());
            case Ir.NewTable i -> a.set(i.to(), new LuaTable(i.elements(), i.fields()));
            case Ir.Append i -> {
                LuaTable table = (LuaTable) a.registers[i.table().number()];
                if (table == null) throw new AssertionError("no table");
                Tables.append(table, i.first(), a.all(i.values()));
            }
            case Ir.VarArgs i ->
                    a.set(i.to(), Values.from(a.arguments, function.parameters.size()));
            case Ir.Select i -> a.set(i.to(), Values.at(a.get(i.from()), i.index()));
            case Ir.NewClosure i -> newClosure(a, i);
            case Ir.Jump i -> a.jump(i.label());
            case Ir.JumpIf i -> {
                if (Tables.truth(a.get(i.condition())) == i.when()) a.jump(i.label());
            }
            case Ir.JumpIfNil i -> {
                if (a.get(i.condition()) == null) a.jump(i.label());
            }
            case Ir.LoopBegin i -> {
                Object loop = Loops.begin(a.state, a.get(i.from()), a.get(i.to()), a.get(i.by()));
                a.set(i.loop().limit(), loop);
                a.set(i.loop().index(), Loops.first(loop));
                if (loop == null) a.jump(i.exit());
            }
            case Ir.LoopNext i -> {
                Object loop = a.registers[i.loop().limit().number()];
                if (loop == null) throw new AssertionError("no loop");
                Object next = Loops.next(loop);
                if (next == null) break;
                a.set(i.loop().index(), next);
                a.jump(i.body());
            }
            case Ir.Pause i -> a.open.remove(i.region());
            case Ir.Continue i -> a.open.add(i.region());
            default -> {}
        }
    }

    private static Cell cell(@Nullable Object value) {
        if (value instanceof Cell c) return c;
        throw new AssertionError("no cell but " + value);
    }

    private static @Nullable String names(Ir.Binary i) {
        String left = i.left().description();
        String right = i.right().description();
        return (left == null ? "" : left) + "\n" + (right == null ? "" : right);
    }

    private void call(Call a, Ir.Call i) {
        LuaFunction f =
                Operations.callable(a.state, a.get(i.function()), i.function().description());
        Object result = Hooks.call(a.thread, f, a.all(i.arguments()));
        a.set(i.to(), i.wanted() == Ir.Wanted.FIRST ? Values.first(result) : result);
    }

    private void iterate(Call a, Ir.Iterate i) {
        LuaFunction f =
                Operations.callable(a.state, a.get(i.function()), "for iterator 'for iterator'");
        @Nullable Object[] arguments = {a.get(i.state()), a.get(i.control())};
        Object result = Hooks.call(a.thread, f, arguments);
        for (int v = 0; v < i.values().size(); v++) a.set(i.values().get(v), Values.at(result, v));
    }

    private static void unary(Call a, Ir.Unary i) {
        Object operand = a.get(i.operand());
        if (i.operator() == UnaryOperator.NOT) {
            a.set(i.to(), !Tables.truth(operand));
            return;
        }
        String name = i.operand().description();
        a.set(i.to(), Operations.unary(a.state, i.operator().ordinal(), operand, name));
    }

    private static boolean compare(
            LuaState state, BinaryOperator operator, @Nullable Object a, @Nullable Object b) {
        return switch (operator) {
            case EQ -> Operations.equal(state, a, b);
            case NE -> !Operations.equal(state, a, b);
            case LT -> Operations.lessThan(state, a, b);
            case LE -> Operations.lessEqual(state, a, b);
            case GT -> Operations.lessThan(state, b, a);
            default -> Operations.lessEqual(state, b, a);
        };
    }

    private void newClosure(Call a, Ir.NewClosure i) {
        LuaClosure made = make(a, classes.apply(i.function()));
        a.set(i.to(), made);
        for (int u = 0; u < i.captures().size(); u++) {
            Ir.Capture c = i.captures().get(u);
            made.upvalue(
                    u, c.register() == null ? a.self.upvalue(c.upvalue()) : a.get(c.register()));
        }
    }

    private static LuaClosure make(Call a, ClassDesc type) {
        try {
            return (LuaClosure)
                    Class.forName(nameOf(type), true, a.self.getClass().getClassLoader())
                            .getConstructor(LuaState.class)
                            .newInstance(a.state);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
