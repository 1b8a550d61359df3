package dev.corona.lua.emit;

import static java.lang.constant.ConstantDescs.CD_Boolean;
import static java.lang.constant.ConstantDescs.CD_Double;
import static java.lang.constant.ConstantDescs.CD_Long;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.corona.lua.analysis.Kind;
import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Ir.Literal;
import dev.corona.lua.ir.Ir.Operand;
import dev.corona.lua.syntax.Tree.BinaryOperator;
import dev.corona.lua.syntax.Tree.UnaryOperator;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** Writes arithmetic and comparisons: on primitive numbers where the kinds are known, else with a test of the classes in line. */
final class Arithmetics {
    private final FunctionEmitter f;
    private final CodeBuilder b;

    Arithmetics(FunctionEmitter f) {
        this.f = f;
        b = f.b;
    }

    private Kind kind(Operand operand) {
        return f.kinds.of(operand);
    }

    /** Whether the operand may turn out to be of the kind. */
    private boolean may(Operand operand, Kind kind) {
        if (operand instanceof Literal l && !(l.value() instanceof Number)) return false;
        return kind(operand) == kind || kind(operand) == Kind.ANY;
    }

    // ---- two operands

    void binary(Ir.Binary i) {
        Kind left = kind(i.left());
        Kind right = kind(i.right());
        Kind result = f.kinds.of(i.to());
        if (result == Kind.INTEGER
                || (left == Kind.INTEGER && right == Kind.INTEGER && onIntegers(i.operator()))) {
            f.pushLong(i.left());
            f.pushLong(i.right());
            integers(i.operator());
            f.store(i.to(), Kind.INTEGER);
        } else if (left.isNumber() && right.isNumber() && onFloats(i.operator())) {
            f.pushDouble(i.left());
            f.pushDouble(i.right());
            floats(i.operator());
            f.store(i.to(), Kind.FLOAT);
        } else {
            tested(i);
        }
    }

    private static boolean onIntegers(BinaryOperator operator) {
        return operator != BinaryOperator.DIV && operator != BinaryOperator.POW;
    }

    private static boolean onFloats(BinaryOperator operator) {
        return switch (operator) {
            case ADD, SUB, MUL, DIV, MOD, POW, IDIV -> true;
            default -> false;
        };
    }

    private void integers(BinaryOperator operator) {
        switch (operator) {
            case ADD -> b.ladd();
            case SUB -> b.lsub();
            case MUL -> b.lmul();
            case BAND -> b.land();
            case BOR -> b.lor();
            case BXOR -> b.lxor();
            case MOD -> onState("mod");
            case IDIV -> onState("idiv");
            case SHL -> b.invokestatic(Names.ARITHMETIC, "shiftLeft", Names.LONGS);
            case SHR -> b.invokestatic(Names.ARITHMETIC, "shiftRight", Names.LONGS);
            default -> throw new AssertionError(operator);
        }
    }

    /** An operation that fails for a divisor of zero. */
    private void onState(String name) {
        f.pushState();
        b.invokestatic(
                Names.ARITHMETIC, name, MethodTypeDesc.of(CD_long, CD_long, CD_long, Names.STATE));
    }

    private void floats(BinaryOperator operator) {
        switch (operator) {
            case ADD -> b.dadd();
            case SUB -> b.dsub();
            case MUL -> b.dmul();
            case DIV -> b.ddiv();
            case MOD -> b.invokestatic(Names.ARITHMETIC, "mod", Names.DOUBLES);
            case POW -> b.invokestatic(Names.ARITHMETIC, "pow", Names.DOUBLES);
            case IDIV -> b.invokestatic(Names.ARITHMETIC, "idiv", Names.DOUBLES);
            default -> throw new AssertionError(operator);
        }
    }

    private void tested(Ir.Binary i) {
        Label slow = b.newLabel();
        Label done = b.newLabel();
        boolean integers = onIntegers(i.operator()) && bothMay(i.left(), i.right(), Kind.INTEGER);
        boolean floats = onFloats(i.operator()) && floatsLikely(i.left(), i.right());
        if (integers && floats && isSum(i.operator()) && f.usesFloats()) {
            floatsFirst(i, slow, done);
            return;
        }
        if (integers) {
            Label next = floats ? b.newLabel() : slow;
            test(i.left(), Kind.INTEGER, next);
            test(i.right(), Kind.INTEGER, next);
            f.pushLong(i.left());
            f.pushLong(i.right());
            integers(i.operator());
            f.box(Kind.INTEGER);
            f.store(i.to());
            b.goto_(done);
            if (floats) b.labelBinding(next);
        }
        if (floats) {
            test(i.left(), Kind.FLOAT, slow);
            test(i.right(), Kind.FLOAT, slow);
            f.pushDouble(i.left());
            f.pushDouble(i.right());
            floats(i.operator());
            f.box(Kind.FLOAT);
            f.store(i.to());
            b.goto_(done);
        }
        if (!integers && !floats) b.goto_(slow);
        b.labelBinding(done);
        f.later(
                () -> {
                    b.labelBinding(slow);
                    generic(i.operator(), i.left(), i.right());
                    f.store(i.to());
                    b.goto_(done);
                });
    }

    private static boolean isSum(BinaryOperator operator) {
        return operator == BinaryOperator.ADD
                || operator == BinaryOperator.SUB
                || operator == BinaryOperator.MUL;
    }

    /** Floats in line; for integers a call, which takes less code, and no code at all of the JIT compiler's if there are none. */
    private void floatsFirst(Ir.Binary i, Label slow, Label done) {
        Label others = b.newLabel();
        test(i.left(), Kind.FLOAT, others);
        test(i.right(), Kind.FLOAT, others);
        f.pushDouble(i.left());
        f.pushDouble(i.right());
        floats(i.operator());
        f.box(Kind.FLOAT);
        f.store(i.to());
        b.labelBinding(done);
        f.later(
                () -> {
                    b.labelBinding(others);
                    f.push(i.left());
                    f.push(i.right());
                    b.invokestatic(
                            Names.ARITHMETIC, integersName(i.operator()), Names.OBJECTS_TO_OBJECT);
                    b.dup().ifnull(slow);
                    f.store(i.to());
                    b.goto_(done).labelBinding(slow).pop();
                    generic(i.operator(), i.left(), i.right());
                    f.store(i.to());
                    b.goto_(done);
                });
    }

    private static String integersName(BinaryOperator operator) {
        return switch (operator) {
            case ADD -> "addIntegers";
            case SUB -> "subtractIntegers";
            default -> "multiplyIntegers";
        };
    }

    private boolean bothMay(Operand left, Operand right, Kind kind) {
        return may(left, kind) && may(right, kind);
    }

    /** Whether the operands may be two floats, or a float and a number that is known. */
    private boolean floatsLikely(Operand left, Operand right) {
        boolean numbers =
                (may(left, Kind.FLOAT) || kind(left).isNumber())
                        && (may(right, Kind.FLOAT) || kind(right).isNumber());
        return numbers && (may(left, Kind.FLOAT) || may(right, Kind.FLOAT));
    }

    /** Jumps to {@code other} unless the operand is of the kind, or a number that is converted to it. */
    private void test(Operand operand, Kind kind, Label other) {
        if (kind(operand).isNumber()) return;
        f.push(operand);
        b.instanceOf(kind == Kind.INTEGER ? CD_Long : CD_Double).ifeq(other);
    }

    private void generic(BinaryOperator operator, Operand left, Operand right) {
        f.pushState();
        b.loadConstant(operator.ordinal());
        f.push(left);
        f.push(right);
        f.pushText(names(left, right));
        f.callResumable(
                Names.OPERATIONS,
                "arithmetic",
                Names.resumable(CD_Object, Names.STATE, CD_int, CD_Object, CD_Object, CD_String));
        f.site(Sites.Result.OBJECT);
    }

    private static @Nullable String names(Operand left, Operand right) {
        String first = left.description();
        String second = right.description();
        if (first == null && second == null) return null;
        return (first == null ? "" : first) + "\n" + (second == null ? "" : second);
    }

    // ---- one operand

    void unary(Ir.Unary i) {
        Kind kind = kind(i.operand());
        if (i.operator() == UnaryOperator.NOT) {
            not(i);
        } else if (i.operator() == UnaryOperator.MINUS && kind.isNumber()) {
            if (kind == Kind.INTEGER) {
                f.pushLong(i.operand());
                b.lneg();
            } else {
                f.pushDouble(i.operand());
                b.dneg();
            }
            f.store(i.to(), kind);
        } else if (i.operator() == UnaryOperator.BNOT && kind == Kind.INTEGER) {
            f.pushLong(i.operand());
            b.loadConstant(-1L).lxor();
            f.store(i.to(), kind);
        } else {
            f.pushState();
            b.loadConstant(i.operator().ordinal());
            f.push(i.operand());
            f.pushText(i.operand().description());
            f.callResumable(
                    Names.OPERATIONS,
                    "unary",
                    Names.resumable(CD_Object, Names.STATE, CD_int, CD_Object, CD_String));
            f.site(Sites.Result.OBJECT);
            f.store(i.to());
        }
    }

    private void not(Ir.Unary i) {
        Label isTrue = b.newLabel();
        Label done = b.newLabel();
        f.push(i.operand());
        b.invokestatic(Names.TABLES, "truth", Names.TEST).ifne(isTrue);
        pushBoolean(true);
        b.goto_(done).labelBinding(isTrue);
        pushBoolean(false);
        b.labelBinding(done);
        f.store(i.to());
    }

    private void pushBoolean(boolean value) {
        b.getstatic(CD_Boolean, value ? "TRUE" : "FALSE", CD_Boolean);
    }

    // ---- comparisons

    void compare(Ir.Compare i) {
        Label isTrue = b.newLabel();
        Label done = b.newLabel();
        jumpIf(i.operator(), i.left(), i.right(), true, isTrue);
        pushBoolean(false);
        b.goto_(done).labelBinding(isTrue);
        pushBoolean(true);
        b.labelBinding(done);
        f.store(i.to());
    }

    void jumpIf(BinaryOperator operator, Operand left, Operand right, boolean when, Label target) {
        switch (operator) {
            case EQ -> equal(left, right, when, target);
            case NE -> equal(left, right, !when, target);
            case GT -> ordered(BinaryOperator.LT, right, left, when, target);
            case GE -> ordered(BinaryOperator.LE, right, left, when, target);
            default -> ordered(operator, left, right, when, target);
        }
    }

    private void equal(Operand left, Operand right, boolean when, Label target) {
        Kind l = kind(left);
        Kind r = kind(right);
        if (l == Kind.INTEGER && r == Kind.INTEGER) {
            f.pushLong(left);
            f.pushLong(right);
            b.lcmp();
            jump(when, target, true);
        } else if (l == Kind.FLOAT && r == Kind.FLOAT) {
            f.pushDouble(left);
            f.pushDouble(right);
            b.dcmpl();
            jump(when, target, true);
        } else if (isNil(left) || isNil(right)) {
            f.push(isNil(left) ? right : left);
            if (when) b.ifnull(target);
            else b.ifnonnull(target);
        } else if (left instanceof Literal
                || right instanceof Literal
                || l.isNumber()
                || r.isNumber()) {
            pushRawEqual(left, right, l, r);
            jump(when, target, false);
        } else {
            equalObjects(left, right, when, target);
        }
    }

    private void pushRawEqual(Operand left, Operand right, Kind l, Kind r) {
        if (r == Kind.INTEGER && l == Kind.ANY) {
            f.push(left);
            f.pushLong(right);
            b.invokestatic(
                    Names.TABLES, "isInteger", MethodTypeDesc.of(CD_boolean, CD_Object, CD_long));
        } else {
            f.push(left);
            f.push(right);
            b.invokestatic(Names.TABLES, "rawEqual", Names.TEST_TWO);
        }
    }

    private static boolean isNil(Operand operand) {
        return operand instanceof Literal l && l.value() == null;
    }

    /** Jumps on an int: a comparison's that is 0 if equal, or a boolean. */
    private void jump(boolean when, Label target, boolean zeroIsTrue) {
        if (when == zeroIsTrue) b.ifeq(target);
        else b.ifne(target);
    }

    private void equalObjects(Operand left, Operand right, boolean when, Label target) {
        Label slow = b.newLabel();
        Label done = b.newLabel();
        Label same = b.newLabel();
        f.push(left);
        f.push(right);
        b.invokestatic(Names.TABLES, "rawEqual", Names.TEST_TWO).ifne(same);
        f.push(left);
        f.push(right);
        b.invokestatic(Names.TABLES, "mayBeMadeEqual", Names.TEST_TWO).ifne(slow);
        b.goto_(when ? done : target).labelBinding(same);
        if (when) b.goto_(target);
        b.labelBinding(done);
        f.later(
                () -> {
                    b.labelBinding(slow);
                    f.pushState();
                    f.push(left);
                    f.push(right);
                    f.callResumable(
                            Names.OPERATIONS,
                            "equal",
                            Names.resumable(CD_boolean, Names.STATE, CD_Object, CD_Object));
                    f.site(Sites.Result.BOOLEAN);
                    jump(when, target, false);
                    b.goto_(done);
                });
    }

    private void ordered(
            BinaryOperator operator, Operand left, Operand right, boolean when, Label target) {
        Kind l = kind(left);
        Kind r = kind(right);
        if (l == Kind.INTEGER && r == Kind.INTEGER) {
            compareLongs(operator, left, right, when, target);
        } else if (l == Kind.FLOAT && r == Kind.FLOAT) {
            compareDoubles(operator, left, right, when, target);
        } else {
            orderedTested(operator, left, right, when, target);
        }
    }

    private void compareLongs(
            BinaryOperator operator, Operand left, Operand right, boolean when, Label target) {
        f.pushLong(left);
        f.pushLong(right);
        b.lcmp();
        jumpOrdered(operator, when, target);
    }

    /** A comparison with NaN is false: the one that gives 1 for it is greater than either result. */
    private void compareDoubles(
            BinaryOperator operator, Operand left, Operand right, boolean when, Label target) {
        f.pushDouble(left);
        f.pushDouble(right);
        b.dcmpg();
        jumpOrdered(operator, when, target);
    }

    private void jumpOrdered(BinaryOperator operator, boolean when, Label target) {
        if (operator == BinaryOperator.LT) {
            if (when) b.iflt(target);
            else b.ifge(target);
        } else {
            if (when) b.ifle(target);
            else b.ifgt(target);
        }
    }

    private void orderedTested(
            BinaryOperator operator, Operand left, Operand right, boolean when, Label target) {
        Label slow = b.newLabel();
        Label done = b.newLabel();
        boolean integers = bothMay(left, right, Kind.INTEGER);
        boolean floats = bothMay(left, right, Kind.FLOAT);
        if (integers) {
            Label next = floats ? b.newLabel() : slow;
            test(left, Kind.INTEGER, next);
            test(right, Kind.INTEGER, next);
            compareLongs(operator, left, right, when, target);
            b.goto_(done);
            if (floats) b.labelBinding(next);
        }
        if (floats) {
            test(left, Kind.FLOAT, slow);
            test(right, Kind.FLOAT, slow);
            compareDoubles(operator, left, right, when, target);
            b.goto_(done);
        }
        if (!integers && !floats) b.goto_(slow);
        b.labelBinding(done);
        f.later(
                () -> {
                    b.labelBinding(slow);
                    f.pushState();
                    f.push(left);
                    f.push(right);
                    ClassDesc owner = Names.OPERATIONS;
                    f.callResumable(
                            owner,
                            operator == BinaryOperator.LT ? "lessThan" : "lessEqual",
                            Names.resumable(CD_boolean, Names.STATE, CD_Object, CD_Object));
                    f.site(Sites.Result.BOOLEAN);
                    jump(when, target, false);
                    b.goto_(done);
                });
    }
}
