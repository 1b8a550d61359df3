package dev.corona.lua.ir;

import dev.corona.lua.ir.Ir.Arguments;
import dev.corona.lua.ir.Ir.Capture;
import dev.corona.lua.ir.Ir.Function;
import dev.corona.lua.ir.Ir.Instruction;
import dev.corona.lua.ir.Ir.Label;
import dev.corona.lua.ir.Ir.Literal;
import dev.corona.lua.ir.Ir.Operand;
import dev.corona.lua.ir.Ir.Region;
import dev.corona.lua.ir.Ir.Register;
import dev.corona.lua.ir.Ir.Wanted;
import dev.corona.lua.scope.Variable;
import dev.corona.lua.syntax.Tree;
import dev.corona.lua.syntax.Tree.FunctionTree;
import dev.corona.lua.syntax.Tree.Statement;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes instructions from the statements of a function; {@link ExpressionLowering} does its expressions. */
public final class Lowering {
    /** The name of the hidden variables of loops. */
    private static final String STATE = "(for state)";

    private static final Arguments NOTHING = new Arguments(List.of(), null);

    private final FunctionTree tree;
    final Function function;
    private final ExpressionLowering expressions;
    private final Map<Variable, Register> registers = new HashMap<>();

    /** A label of the program: where it is, and which regions are open there. */
    private record Place(Label label, int regions) {}

    private final Map<Tree.Label, Place> places = new HashMap<>();
    private final List<Tree.Label> passed = new ArrayList<>();
    private final List<Region> open = new ArrayList<>();
    private int regions;
    private int line = -1;
    private final Locals locals;
    private final boolean keepsLocals;

    private Lowering(FunctionTree tree, boolean keepsLocals) {
        this.tree = tree;
        this.keepsLocals = keepsLocals;
        function = new Function(tree.name(), tree.line(), tree.lastLine(), tree.isVararg());
        expressions = new ExpressionLowering(this);
        locals = new Locals(function, keepsLocals);
    }

    /**
     * The instructions of a function and of those inside it.
     *
     * @param keepsLocals whether variables are kept to the end of their scope, though the program does not need them
     */
    public static Function lower(FunctionTree tree, boolean keepsLocals) {
        return new Lowering(tree, keepsLocals).run();
    }

    private Function run() {
        for (Variable v : tree.scope().upvalues()) {
            function.upvalues.add(new Ir.Upvalue(v.name(), v.isCell()));
        }
        line(tree.line());
        for (Variable p : tree.parameters()) {
            Register parameter = newRegister("local '" + p.name() + "'", false);
            function.parameters.add(parameter);
            function.parameterNames.add(p.name());
            if (p.isCell()) emit(new Ir.NewCell(declare(p), parameter));
            else registers.put(p, parameter);
            see(p);
        }
        block(tree.body());
        line(tree.lastLine());
        locals.endTo(0);
        emit(new Ir.Return(NOTHING));
        function.numberLabels();
        return function;
    }

    // ---- what expressions need

    void emit(Instruction instruction) {
        function.code.add(instruction);
    }

    void line(int number) {
        if (number == line) return;
        line = number;
        emit(new Ir.Line(number));
    }

    private Register newRegister(@Nullable String description, boolean raw) {
        Register register = new Register(function.registers.size(), description, raw);
        function.registers.add(register);
        return register;
    }

    Register temporary() {
        return newRegister(null, false);
    }

    Register temporary(@Nullable String description) {
        return newRegister(description, false);
    }

    /** A register for all values of a call's result. */
    Register temporaryForAll() {
        return newRegister(null, true);
    }

    private Register declare(Variable variable) {
        Register register = newRegister("local '" + variable.name() + "'", variable.isCell());
        registers.put(variable, register);
        return register;
    }

    /** Makes a variable visible. */
    private void see(Variable variable) {
        Register register = registers.get(variable);
        if (register != null) locals.begin(variable.name(), register);
    }

    /** The register of a variable of this function; null if it is an upvalue. */
    @Nullable Register register(Variable variable) {
        return registers.get(variable);
    }

    int upvalue(Variable variable) {
        int index = tree.scope().upvalueIndex(variable);
        if (index < 0) throw new AssertionError("no upvalue " + variable);
        return index;
    }

    /** Makes a closure of a function inside this one. */
    void closure(Register to, FunctionTree inner) {
        Function lowered = lower(inner, keepsLocals);
        function.inner.add(lowered);
        List<Capture> captures = new ArrayList<>();
        for (Variable v : inner.scope().upvalues()) {
            Register register = registers.get(v);
            if (register == to) lowered.selfUpvalue = captures.size();
            captures.add(
                    register == null ? new Capture(null, upvalue(v)) : new Capture(register, -1));
        }
        emit(new Ir.NewClosure(to, lowered, captures));
    }

    // ---- blocks, labels, regions

    private void block(Tree.Block block) {
        int outer = open.size();
        int visible = locals.count();
        statements(block, visible);
        locals.endTo(visible);
        closeTo(outer);
    }

    /**
     * @param visible how many variables are visible outside; those of the block end before labels at its end
     */
    private void statements(Tree.Block block, int visible) {
        placeLabels(block);
        List<Statement> statements = block.statements();
        for (int i = 0; i < statements.size(); i++) {
            if (isEnd(statements, i)) locals.endTo(visible);
            statement(statements.get(i));
        }
    }

    private static boolean isEnd(List<Statement> statements, int index) {
        return statements.subList(index, statements.size()).stream()
                .allMatch(Tree.Label.class::isInstance);
    }

    /** Finds which regions will be open at the labels of a block, so that jumps forward know what to close. */
    private void placeLabels(Tree.Block block) {
        int regionsThere = open.size();
        List<Statement> statements = block.statements();
        for (int i = 0; i < statements.size(); i++) {
            switch (statements.get(i)) {
                case Tree.Declare d -> {
                    for (Variable v : d.variables())
                        if (v.kind() == Variable.Kind.CLOSE) regionsThere++;
                }
                case Tree.Label l -> {
                    boolean last = isEnd(statements, i);
                    places.put(l, new Place(new Label(), last ? open.size() : regionsThere));
                }
                default -> {}
            }
        }
    }

    /** Closes the innermost regions, at the end of their block. */
    private void closeTo(int count) {
        while (open.size() > count) {
            Region region = open.removeLast();
            emit(new Ir.Pause(region));
            emit(new Ir.Close(region));
        }
    }

    /** Closes the innermost regions on a way out; what follows is still inside them. */
    private void closeAndLeave(int count, Instruction leave) {
        for (int i = open.size() - 1; i >= count; i--) {
            emit(new Ir.Pause(open.get(i)));
            emit(new Ir.Close(open.get(i)));
        }
        emit(leave);
        for (int i = count; i < open.size(); i++) emit(new Ir.Continue(open.get(i)));
    }

    private void mark(Label label) {
        emit(new Ir.Mark(label));
    }

    private void openRegion(Register variable) {
        Region region = new Region(regions++, variable);
        emit(new Ir.Open(region));
        open.add(region);
    }

    // ---- statements

    private void statement(Statement statement) {
        switch (statement) {
            case Tree.Declare s -> declare(s);
            case Tree.Assign s -> assign(s);
            case Tree.CallStatement s -> expressions.call(s.call(), Wanted.NONE, temporary());
            case Tree.Do s -> block(s.body());
            case Tree.While s -> whileLoop(s);
            case Tree.Repeat s -> repeatLoop(s);
            case Tree.If s -> choose(s);
            case Tree.NumericFor s -> numericFor(s);
            case Tree.GenericFor s -> genericFor(s);
            case Tree.LocalFunction s -> localFunction(s);
            case Tree.Return s -> leave(s);
            case Tree.Label s -> label(s);
            case Tree.Goto s -> jump(s);
        }
    }

    private Place place(Tree.Label label) {
        return places.computeIfAbsent(label, l -> new Place(new Label(), open.size()));
    }

    private void label(Tree.Label label) {
        Place place = place(label);
        closeTo(place.regions);
        mark(place.label);
        passed.add(label);
    }

    private void jump(Tree.Goto statement) {
        Place place = place(statement.label());
        locals.keep();
        if (passed.contains(statement.label())) emit(new Ir.Poll());
        closeAndLeave(place.regions, new Ir.Jump(place.label));
    }

    private void declare(Tree.Declare s) {
        line(s.line());
        List<Variable> variables = s.variables();
        if (variables.size() == 1 && s.values().size() == 1 && !variables.getFirst().isCell()) {
            Variable only = variables.getFirst();
            if (only.constant() != null) return;
            Register register = newRegister("local '" + only.name() + "'", false);
            expressions.into(register, s.values().getFirst());
            registers.put(only, register);
            see(only);
            if (only.kind() == Variable.Kind.CLOSE) openRegion(register);
            return;
        }
        List<Operand> values = expressions.adjusted(s.values(), variables.size(), true);
        for (int i = 0; i < variables.size(); i++) initialize(variables.get(i), values.get(i));
        for (Variable v : variables) {
            see(v);
            Register register = registers.get(v);
            if (v.kind() == Variable.Kind.CLOSE && register != null) openRegion(register);
        }
    }

    private void initialize(Variable variable, Operand value) {
        Register register = declare(variable);
        emit(variable.isCell() ? new Ir.NewCell(register, value) : new Ir.Move(register, value));
    }

    private void localFunction(Tree.LocalFunction s) {
        line(s.line());
        Variable variable = s.variable();
        Register register = declare(variable);
        if (variable.isCell()) {
            emit(new Ir.NewCell(register, new Literal(null)));
            Register made = temporary();
            closure(made, s.function());
            emit(new Ir.CellStore(register, made));
        } else {
            closure(register, s.function());
        }
        see(variable);
    }

    // ---- assignments

    /** A target whose parts are computed. */
    private sealed interface Prepared {}

    private record Named(Variable variable) implements Prepared {}

    private record Indexed(Operand object, Operand key, int line) implements Prepared {}

    private void assign(Tree.Assign s) {
        line(s.line());
        if (s.targets().size() == 1 && s.values().size() == 1) {
            assignOne(s.targets().getFirst(), s.values().getFirst(), s.line());
            return;
        }
        List<Prepared> prepared = new ArrayList<>();
        for (Tree.Target t : s.targets()) prepared.add(prepare(t, true));
        List<Operand> values = expressions.adjusted(s.values(), prepared.size(), true);
        line(s.line());
        for (int i = prepared.size() - 1; i >= 0; i--) store(prepared.get(i), values.get(i));
    }

    private void assignOne(Tree.Target target, Tree.Expression value, int at) {
        Prepared prepared = prepare(target, false);
        if (prepared instanceof Named n) {
            Register register = registers.get(n.variable);
            if (register != null && !n.variable.isCell()) {
                expressions.into(register, value);
                return;
            }
        }
        Operand computed = expressions.value(value);
        line(at);
        store(prepared, computed);
    }

    /**
     * @param copied whether variables in it may change before it is assigned to
     */
    private Prepared prepare(Tree.Target target, boolean copied) {
        return switch (target) {
            case Tree.Local l -> new Named(l.variable());
            case Tree.Index i -> {
                Operand object = expressions.value(i.object());
                if (copied) object = expressions.copy(object);
                Operand key = expressions.value(i.key());
                if (copied) key = expressions.copy(key);
                yield new Indexed(object, key, i.line());
            }
        };
    }

    private void store(Prepared target, Operand value) {
        switch (target) {
            case Named n -> storeVariable(n.variable, value);
            case Indexed i -> emit(new Ir.IndexStore(i.object, i.key, value));
        }
    }

    private void storeVariable(Variable variable, Operand value) {
        Register register = registers.get(variable);
        if (register == null) emit(new Ir.UpvalueStore(upvalue(variable), value));
        else if (variable.isCell()) emit(new Ir.CellStore(register, value));
        else emit(new Ir.Move(register, value));
    }

    // ---- control

    private void whileLoop(Tree.While s) {
        Label top = new Label();
        Label exit = new Label();
        mark(top);
        line(s.line());
        expressions.jumpIf(s.condition(), false, exit);
        block(s.body());
        emit(new Ir.Poll());
        emit(new Ir.Jump(top));
        mark(exit);
    }

    private void repeatLoop(Tree.Repeat s) {
        Label top = new Label();
        Label again = new Label();
        Label exit = new Label();
        mark(top);
        int outer = open.size();
        int visible = locals.count();
        statements(s.body(), visible);
        expressions.jumpIf(s.condition(), false, again);
        locals.keep();
        closeAndLeave(outer, new Ir.Jump(exit));
        mark(again);
        locals.endTo(visible);
        closeTo(outer);
        emit(new Ir.Poll());
        emit(new Ir.Jump(top));
        mark(exit);
    }

    private void choose(Tree.If s) {
        Label end = new Label();
        for (int i = 0; i < s.arms().size(); i++) {
            Tree.Arm arm = s.arms().get(i);
            Label next = new Label();
            if (arm.condition() != null) expressions.jumpIf(arm.condition(), false, next);
            block(arm.body());
            if (i < s.arms().size() - 1) emit(new Ir.Jump(end));
            mark(next);
        }
        mark(end);
    }

    private void numericFor(Tree.NumericFor s) {
        line(s.line());
        Operand from = expressions.copy(expressions.value(s.from()));
        Operand to = expressions.copy(expressions.value(s.to()));
        Operand by =
                s.step() == null ? new Literal(1L) : expressions.copy(expressions.value(s.step()));
        line(s.line());
        Variable variable = s.variable();
        boolean alias = !keepsLocals && !variable.isReassigned() && !variable.isCell();
        Register index = temporary("local '" + variable.name() + "'");
        boolean isByOne = by instanceof Literal l && l.value() instanceof Long n && n == 1;
        Ir.Loop loop = new Ir.Loop(index, temporary(), temporary(), temporary(), isByOne);
        Label body = new Label();
        Label exit = new Label();
        emit(new Ir.LoopBegin(loop, from, to, by, exit));
        int visible = locals.count();
        for (int i = 0; i < 3; i++) locals.begin(STATE, null);
        mark(body);
        if (alias) registers.put(variable, index);
        else initialize(variable, index);
        see(variable);
        block(s.body());
        locals.endTo(visible + 3);
        line(s.line());
        emit(new Ir.Poll());
        emit(new Ir.LoopNext(loop, body));
        locals.endTo(visible);
        mark(exit);
    }

    private void genericFor(Tree.GenericFor s) {
        line(s.line());
        List<Operand> values = expressions.adjusted(s.values(), 4, true);
        Register iterator = named("for iterator 'for iterator'", values.get(0));
        Register state = named(null, values.get(1));
        Register control = named(null, values.get(2));
        int visible = locals.count();
        for (Register r : List.of(iterator, state, control)) locals.begin(STATE, r);
        locals.begin(STATE, null);
        int outer = open.size();
        if (!(values.get(3) instanceof Literal l && l.value() == null)) {
            Register closing = declare(s.closing());
            emit(new Ir.Move(closing, values.get(3)));
            openRegion(closing);
        }
        Label top = new Label();
        Label exit = new Label();
        List<Register> results = new ArrayList<>();
        for (Variable v : s.variables()) results.add(temporary("local '" + v.name() + "'"));
        mark(top);
        line(s.line());
        emit(new Ir.Iterate(results, iterator, state, control));
        emit(new Ir.JumpIfNil(results.getFirst(), exit));
        emit(new Ir.Move(control, results.getFirst()));
        for (int i = 0; i < results.size(); i++) {
            Variable v = s.variables().get(i);
            if (v.isCell() || v.isReassigned()) initialize(v, results.get(i));
            else registers.put(v, results.get(i));
        }
        for (Variable v : s.variables()) see(v);
        block(s.body());
        locals.endTo(visible + 4);
        emit(new Ir.Poll());
        emit(new Ir.Jump(top));
        mark(exit);
        locals.endTo(visible);
        closeTo(outer);
    }

    private Register named(@Nullable String description, Operand value) {
        Register register = temporary(description);
        emit(new Ir.Move(register, value));
        return register;
    }

    private void leave(Tree.Return s) {
        line(s.line());
        boolean single = s.values().size() == 1;
        if (single && open.isEmpty() && expressions.tailCall(s.values().getFirst())) return;
        Arguments values = expressions.arguments(s.values());
        if (!open.isEmpty()) {
            List<Operand> copies = values.values().stream().map(expressions::copy).toList();
            values = new Arguments(copies, values.rest());
        }
        locals.keep();
        closeAndLeave(0, new Ir.Return(values));
    }
}
