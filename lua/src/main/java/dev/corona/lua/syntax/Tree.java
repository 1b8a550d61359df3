package dev.corona.lua.syntax;

import dev.corona.lua.scope.FunctionScope;
import dev.corona.lua.scope.Variable;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The syntax tree of a chunk, its names resolved. Lines are those that errors at run time name. */
public final class Tree {
    private Tree() {}

    /** What computes a value. */
    public sealed interface Expression {}

    /** An expression that can stand to the left of an assignment. */
    public sealed interface Target extends Expression {}

    /** A boolean, Long, Double or String (a char for each byte); null for nil. */
    public record Constant(@Nullable Object value) implements Expression {}

    public record VarArgs() implements Expression {}

    /** A local variable of the function or of one around it. */
    public record Local(Variable variable) implements Target {}

    public record Index(Expression object, Expression key, int line) implements Target {}

    public record Call(Expression function, List<Expression> arguments, int line)
            implements Expression {}

    public record MethodCall(Expression object, String name, List<Expression> arguments, int line)
            implements Expression {}

    public record Unary(UnaryOperator operator, Expression operand, int line)
            implements Expression {}

    public record Binary(BinaryOperator operator, Expression left, Expression right, int line)
            implements Expression {}

    /** Cuts a call or {@code ...} down to one value. */
    public record Parenthesized(Expression inner) implements Expression {}

    public record And(Expression left, Expression right) implements Expression {}

    public record Or(Expression left, Expression right) implements Expression {}

    /** A field of a table constructor; without a key it takes the next index. */
    public record Field(@Nullable Expression key, Expression value) {}

    public record TableConstructor(List<Field> fields, int line) implements Expression {}

    public record Function(FunctionTree tree) implements Expression {}

    /** The operators of two operands that compute. */
    public enum BinaryOperator {
        ADD,
        SUB,
        MUL,
        DIV,
        MOD,
        POW,
        IDIV,
        BAND,
        BOR,
        BXOR,
        SHL,
        SHR,
        CONCAT,
        EQ,
        NE,
        LT,
        LE,
        GT,
        GE;

        public boolean isComparison() {
            return ordinal() >= EQ.ordinal();
        }
    }

    public enum UnaryOperator {
        MINUS,
        NOT,
        LENGTH,
        BNOT
    }

    /** What does something. */
    public sealed interface Statement {}

    /** Declares variables; they are visible after it. */
    public record Declare(List<Variable> variables, List<Expression> values, int line)
            implements Statement {}

    public record Assign(List<Target> targets, List<Expression> values, int line)
            implements Statement {}

    public record CallStatement(Expression call) implements Statement {}

    public record Do(Block body) implements Statement {}

    public record While(Expression condition, Block body, int line) implements Statement {}

    /** The condition sees the variables of the body. */
    public record Repeat(Block body, Expression condition, int line) implements Statement {}

    /** One arm of an if; the last may have no condition. */
    public record Arm(@Nullable Expression condition, Block body) {}

    public record If(List<Arm> arms) implements Statement {}

    public record NumericFor(
            Variable variable,
            Expression from,
            Expression to,
            @Nullable Expression step,
            Block body,
            int line)
            implements Statement {}

    /**
     * @param closing the hidden variable of the fourth value
     */
    public record GenericFor(
            List<Variable> variables,
            List<Expression> values,
            Variable closing,
            Block body,
            int line)
            implements Statement {}

    public record LocalFunction(Variable variable, FunctionTree function, int line)
            implements Statement {}

    public record Return(List<Expression> values, int line) implements Statement {}

    /** Where gotos and breaks lead. */
    public static final class Label implements Statement {
        private final String name;

        public Label(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    public static final class Goto implements Statement {
        private @Nullable Label label;

        public Label label() {
            if (label == null) throw new AssertionError("unresolved goto");
            return label;
        }

        void label(Label found) {
            label = found;
        }
    }

    /** Statements with a scope of their own. */
    public record Block(List<Statement> statements) {}

    /** A function as it was written. */
    public record FunctionTree(
            String name,
            List<Variable> parameters,
            boolean isVararg,
            FunctionScope scope,
            Block body,
            int line,
            int lastLine) {}
}
