package dev.corona.lua.ir;

import dev.corona.lua.ir.Ir.Arguments;
import dev.corona.lua.ir.Ir.Label;
import dev.corona.lua.ir.Ir.Literal;
import dev.corona.lua.ir.Ir.Operand;
import dev.corona.lua.ir.Ir.Register;
import dev.corona.lua.ir.Ir.Wanted;
import dev.corona.lua.scope.Variable;
import dev.corona.lua.syntax.Tree;
import dev.corona.lua.syntax.Tree.BinaryOperator;
import dev.corona.lua.syntax.Tree.Expression;
import dev.corona.lua.syntax.Tree.UnaryOperator;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Makes instructions from expressions. What stands leftmost is reached by a loop, not by recursion, since chains to the left may be
 * as long as the chunk.
 */
final class ExpressionLowering {
    /** How many elements of a table constructor are appended at once. */
    private static final int CHUNK = 50;

    /** How many names of a constructor's fields are worth to be known. */
    private static final int MAX_NAMES = 32;

    private final Lowering function;

    ExpressionLowering(Lowering function) {
        this.function = function;
    }

    // ---- one value

    /** Computes one value; a variable that is a register stays where it is. */
    Operand value(Expression expression) {
        return compute(expression, null);
    }

    /** Computes one value into a register of its own or a given one. */
    void into(Register to, Expression expression) {
        Operand value = compute(expression, to);
        if (value != to) function.emit(new Ir.Move(to, value));
    }

    /** The value in a register that nothing else changes, if it is not a literal. */
    Operand copy(Operand value) {
        if (value instanceof Literal) return value;
        Register to = function.temporary(value.description());
        function.emit(new Ir.Move(to, value));
        return to;
    }

    private static @Nullable Expression leftOf(Expression e) {
        return switch (e) {
            case Tree.Binary b -> b.left();
            case Tree.And a -> a.left();
            case Tree.Or o -> o.left();
            case Tree.Index i -> i.object();
            case Tree.Call c -> c.function();
            case Tree.MethodCall m -> m.object();
            case Tree.Parenthesized p -> p.inner();
            default -> null;
        };
    }

    /**
     * @param to where the result may be put, if it is computed; null for any new register
     */
    private Operand compute(Expression expression, @Nullable Register to) {
        Deque<Expression> spine = new ArrayDeque<>();
        Expression at = expression;
        for (Expression left = leftOf(at); left != null; left = leftOf(at)) {
            spine.push(at);
            at = left;
        }
        Operand value = leaf(at, spine.isEmpty() ? to : null);
        while (!spine.isEmpty()) {
            Expression outer = spine.pop();
            value = combine(outer, value, spine.isEmpty() ? to : null);
        }
        return value;
    }

    private Register target(@Nullable Register to) {
        return to == null ? function.temporary() : to;
    }

    private Operand leaf(Expression expression, @Nullable Register to) {
        switch (expression) {
            case Tree.Constant c -> {
                return new Literal(c.value());
            }
            case Tree.Local l -> {
                return variable(l.variable());
            }
            case Tree.VarArgs v -> {
                Register all = function.temporaryForAll();
                function.emit(new Ir.VarArgs(all));
                Register first = target(to);
                function.emit(new Ir.Select(first, all, 0));
                return first;
            }
            case Tree.Unary u -> {
                return unary(u, to);
            }
            case Tree.TableConstructor t -> {
                return table(t);
            }
            case Tree.Function f -> {
                Register made = function.temporary();
                function.closure(made, f.tree());
                return made;
            }
            default -> throw new AssertionError(expression);
        }
    }

    private Operand variable(Variable variable) {
        Register register = function.register(variable);
        if (register == null) {
            Register to = function.temporary("upvalue '" + variable.name() + "'");
            function.emit(new Ir.UpvalueLoad(to, function.upvalue(variable), variable.isCell()));
            return to;
        }
        if (!variable.isCell()) return register;
        Register to = function.temporary("local '" + variable.name() + "'");
        function.emit(new Ir.CellLoad(to, register));
        return to;
    }

    private Operand combine(Expression outer, Operand left, @Nullable Register to) {
        return switch (outer) {
            case Tree.Parenthesized p -> left;
            case Tree.Index i -> index(i, left, to);
            case Tree.Call c -> {
                Register result = target(to);
                call(c, left, Wanted.FIRST, result);
                yield result;
            }
            case Tree.MethodCall m -> {
                Register result = target(to);
                methodCall(m, left, Wanted.FIRST, result);
                yield result;
            }
            case Tree.And a -> shortcut(left, a.right(), false);
            case Tree.Or o -> shortcut(left, o.right(), true);
            case Tree.Binary b -> binary(b, left, to);
            default -> throw new AssertionError(outer);
        };
    }

    private Operand index(Tree.Index i, Operand computed, @Nullable Register to) {
        Operand object = computed;
        Operand key = value(i.key());
        if (!(i.key() instanceof Tree.Constant)) object = reread(i.object(), object);
        Register result = to == null ? function.temporary(description(i, key)) : to;
        function.line(i.line());
        function.emit(new Ir.IndexLoad(result, object, key));
        return result;
    }

    /** How messages call an element; the reference has a name for those whose key fits into its instruction. */
    private static String description(Tree.Index i, Operand key) {
        if (key instanceof Literal l && l.value() instanceof Long n && n >= 0 && n <= 255) {
            return "field 'integer index'";
        }
        if (!(key instanceof Literal l && l.value() instanceof String name)) return "field '?'";
        boolean global = i.object() instanceof Tree.Local v && v.variable().name().equals("_ENV");
        return (global ? "global '" : "field '") + name + "'";
    }

    private Operand shortcut(Operand left, Expression right, boolean when) {
        Register result = function.temporary();
        Label end = new Label();
        function.emit(new Ir.Move(result, left));
        function.emit(new Ir.JumpIf(result, when, end));
        function.emit(new Ir.Move(result, value(right)));
        function.emit(new Ir.Mark(end));
        return result;
    }

    private Operand binary(Tree.Binary b, Operand computed, @Nullable Register to) {
        if (b.operator() == BinaryOperator.CONCAT) return concat(b, computed, to);
        Operand left = computed;
        Operand right = value(b.right());
        left = reread(b.left(), left);
        Operand folded = Folding.fold(b.operator(), left, right);
        if (folded != null) return folded;
        Register result = target(to);
        function.line(b.line());
        if (b.operator().isComparison()) {
            function.emit(new Ir.Compare(b.operator(), result, left, right));
        } else {
            function.emit(new Ir.Binary(b.operator(), result, left, right));
        }
        return result;
    }

    /** A variable of this function is read when the operation is made, though the other operand may have changed it. */
    private Operand reread(Expression expression, Operand computed) {
        if (!(expression instanceof Tree.Local l) || !l.variable().isCell()) return computed;
        return function.register(l.variable()) == null ? computed : variable(l.variable());
    }

    private Operand concat(Tree.Binary b, Operand left, @Nullable Register to) {
        List<Operand> operands = new ArrayList<>(List.of(left));
        Expression rest = b.right();
        int lastLine = b.line();
        while (rest instanceof Tree.Binary r && r.operator() == BinaryOperator.CONCAT) {
            lastLine = r.line();
            operands.add(value(r.left()));
            rest = r.right();
        }
        operands.add(value(rest));
        Register result = target(to);
        function.line(lastLine);
        function.emit(new Ir.Concat(result, operands));
        return result;
    }

    private Operand unary(Tree.Unary u, @Nullable Register to) {
        Operand operand = value(u.operand());
        Register result = target(to);
        function.line(u.line());
        function.emit(new Ir.Unary(u.operator(), result, operand));
        return result;
    }

    private static List<String> names(Tree.TableConstructor t) {
        List<String> names = new ArrayList<>();
        for (Tree.Field f : t.fields()) {
            if (f.key() instanceof Tree.Constant c
                    && c.value() instanceof String name
                    && !names.contains(name)) names.add(name);
            if (names.size() == MAX_NAMES) break;
        }
        return names;
    }

    private Operand table(Tree.TableConstructor t) {
        Register table = function.temporary();
        int elements = 0;
        for (Tree.Field f : t.fields()) if (f.key() == null) elements++;
        function.line(t.line());
        function.emit(new Ir.NewTable(table, elements, t.fields().size() - elements, names(t)));
        List<Operand> pending = new ArrayList<>();
        long first = 1;
        for (int i = 0; i < t.fields().size(); i++) {
            Tree.Field f = t.fields().get(i);
            if (f.key() != null) {
                Operand key = value(f.key());
                Operand value = value(f.value());
                function.emit(new Ir.IndexStore(table, key, value));
                continue;
            }
            boolean last = i == t.fields().size() - 1;
            if (last && isMulti(f.value())) {
                Register rest = all(f.value());
                function.emit(new Ir.Append(table, first, new Arguments(pending, rest)));
                return table;
            }
            pending.add(value(f.value()));
            if (pending.size() == CHUNK) {
                function.emit(new Ir.Append(table, first, new Arguments(pending, null)));
                first += CHUNK;
                pending = new ArrayList<>();
            }
        }
        if (!pending.isEmpty())
            function.emit(new Ir.Append(table, first, new Arguments(pending, null)));
        return table;
    }

    // ---- several values

    private static boolean isMulti(Expression e) {
        return e instanceof Tree.Call || e instanceof Tree.MethodCall || e instanceof Tree.VarArgs;
    }

    /** Computes all values of a call or of the variable arguments. */
    private Register all(Expression e) {
        Register all = function.temporaryForAll();
        if (e instanceof Tree.VarArgs) function.emit(new Ir.VarArgs(all));
        else call(e, Wanted.ALL, all);
        return all;
    }

    Arguments arguments(List<Expression> list) {
        List<Operand> values = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Expression e = list.get(i);
            if (i == list.size() - 1 && isMulti(e)) return new Arguments(values, all(e));
            values.add(value(e));
        }
        return new Arguments(values, null);
    }

    /**
     * So many values of a list, nil where there are fewer.
     *
     * @param copied whether variables among them may be assigned to before the values are used
     */
    List<Operand> adjusted(List<Expression> list, int count, boolean copied) {
        List<Operand> values = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Expression e = list.get(i);
            if (i == list.size() - 1 && isMulti(e) && count > i + 1) {
                Register all = all(e);
                for (int k = 0; k < count - i; k++) {
                    Register one = function.temporary();
                    function.emit(new Ir.Select(one, all, k));
                    values.add(one);
                }
            } else {
                Operand value = value(e);
                values.add(copied && list.size() > 1 ? copy(value) : value);
            }
        }
        while (values.size() < count) values.add(new Literal(null));
        return values;
    }

    // ---- calls

    void call(Expression call, Wanted wanted, Register to) {
        switch (call) {
            case Tree.Call c -> call(c, value(c.function()), wanted, to);
            case Tree.MethodCall m -> methodCall(m, value(m.object()), wanted, to);
            default -> throw new AssertionError(call);
        }
    }

    private void call(Tree.Call c, Operand callee, Wanted wanted, Register to) {
        Arguments arguments = arguments(c.arguments());
        function.line(c.line());
        function.emit(new Ir.Call(wanted, to, callee, arguments));
    }

    private void methodCall(Tree.MethodCall m, Operand object, Wanted wanted, Register to) {
        Register self = function.temporary("method '" + m.name() + "'");
        function.line(m.line());
        function.emit(new Ir.IndexLoad(self, object, new Literal(m.name())));
        Arguments arguments = arguments(m.arguments());
        function.line(m.line());
        function.emit(new Ir.Call(wanted, to, self, withSelf(object, arguments)));
    }

    private static Arguments withSelf(Operand object, Arguments arguments) {
        List<Operand> values = new ArrayList<>(List.of(object));
        values.addAll(arguments.values());
        return new Arguments(values, arguments.rest());
    }

    /** Makes a tail call of a call expression; false if it is none. */
    boolean tailCall(Expression e) {
        switch (e) {
            case Tree.Call c -> {
                Operand callee = value(c.function());
                Arguments arguments = arguments(c.arguments());
                function.line(c.line());
                function.emit(new Ir.TailCall(callee, arguments));
                return true;
            }
            case Tree.MethodCall m -> {
                Operand object = value(m.object());
                Register method = function.temporary("method '" + m.name() + "'");
                function.line(m.line());
                function.emit(new Ir.IndexLoad(method, object, new Literal(m.name())));
                Arguments arguments = withSelf(object, arguments(m.arguments()));
                function.line(m.line());
                function.emit(new Ir.TailCall(method, arguments));
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    // ---- conditions

    /** Jumps if the condition's truth is {@code when}. */
    void jumpIf(Expression condition, boolean when, Label label) {
        switch (condition) {
            case Tree.Unary u when u.operator() == UnaryOperator.NOT ->
                    jumpIf(u.operand(), !when, label);
            case Tree.Parenthesized p -> jumpIf(p.inner(), when, label);
            case Tree.Binary b when b.operator().isComparison() -> {
                Operand left = value(b.left());
                Operand right = value(b.right());
                left = reread(b.left(), left);
                function.line(b.line());
                function.emit(new Ir.JumpIfCompare(b.operator(), left, right, when, label));
            }
            default -> chain(condition, when, label);
        }
    }

    /** Long chains of one connective, part by part. */
    private void chain(Expression condition, boolean when, Label label) {
        boolean and = condition instanceof Tree.And;
        if (!and && !(condition instanceof Tree.Or)) {
            function.emit(new Ir.JumpIf(value(condition), when, label));
            return;
        }
        Deque<Expression> parts = new ArrayDeque<>();
        Expression at = condition;
        while (and ? at instanceof Tree.And : at instanceof Tree.Or) {
            parts.push(at instanceof Tree.And a ? a.right() : ((Tree.Or) at).right());
            Expression left = leftOf(at);
            if (left == null) throw new AssertionError(at);
            at = left;
        }
        parts.push(at);
        Label skip = new Label();
        while (parts.size() > 1) {
            if (when != and) jumpIf(parts.pop(), when, label);
            else jumpIf(parts.pop(), !when, skip);
        }
        jumpIf(parts.pop(), when, label);
        function.emit(new Ir.Mark(skip));
    }
}
