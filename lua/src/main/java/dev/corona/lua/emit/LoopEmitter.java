package dev.corona.lua.emit;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.corona.lua.analysis.Kind;
import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Ir.Literal;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.MethodTypeDesc;

/** Writes numeric loops: by the kind of their index on longs, on doubles, or on an object that knows what it is. */
final class LoopEmitter {
    private final FunctionEmitter f;
    private final CodeBuilder b;

    LoopEmitter(FunctionEmitter f) {
        this.f = f;
        b = f.b;
    }

    private int slot(Ir.Register register) {
        return f.slot(register.number());
    }

    void begin(Ir.LoopBegin i) {
        switch (f.kinds.of(i.loop().index())) {
            case INTEGER -> beginIntegers(i);
            case FLOAT -> beginFloats(i);
            default -> beginAny(i);
        }
    }

    void next(Ir.LoopNext i) {
        switch (f.kinds.of(i.loop().index())) {
            case INTEGER -> nextInteger(i);
            case FLOAT -> nextFloat(i);
            default -> nextAny(i);
        }
    }

    /** How many more rounds there are is counted, since the index must not overflow. */
    private void beginIntegers(Ir.LoopBegin i) {
        Ir.Loop l = i.loop();
        f.pushLong(i.from());
        b.lstore(slot(l.index()));
        f.pushLong(i.by());
        b.lstore(slot(l.step()));
        if (f.kinds.of(i.to()) == Kind.INTEGER) {
            f.pushLong(i.to());
        } else {
            f.pushState();
            b.lload(slot(l.index()));
            f.push(i.to());
            b.lload(slot(l.step()));
            b.invokestatic(
                    Names.LOOPS,
                    "limit",
                    MethodTypeDesc.of(CD_long, Names.STATE, CD_long, CD_Object, CD_long));
        }
        b.lstore(slot(l.limit()));
        if (isOne(i.by())) {
            b.lconst_0().lstore(slot(l.count()));
            b.lload(slot(l.index())).lload(slot(l.limit())).lcmp().ifgt(f.label(i.exit()));
            return;
        }
        f.pushState();
        b.lload(slot(l.index())).lload(slot(l.limit())).lload(slot(l.step()));
        b.invokestatic(
                Names.LOOPS,
                "rounds",
                MethodTypeDesc.of(CD_long, Names.STATE, CD_long, CD_long, CD_long));
        b.lstore(slot(l.count()));
        b.lload(slot(l.index())).lload(slot(l.limit())).lload(slot(l.step()));
        b.invokestatic(
                Names.LOOPS, "isEmpty", MethodTypeDesc.of(CD_boolean, CD_long, CD_long, CD_long));
        b.ifne(f.label(i.exit()));
    }

    private static boolean isOne(Ir.Operand step) {
        return step instanceof Literal l && l.value() instanceof Long v && v == 1;
    }

    private void nextInteger(Ir.LoopNext i) {
        Ir.Loop l = i.loop();
        Label done = b.newLabel();
        if (stepIsOne(l)) {
            b.lload(slot(l.index())).lload(slot(l.limit())).lcmp().ifge(done);
            b.lload(slot(l.index())).lconst_1().ladd().lstore(slot(l.index()));
        } else {
            b.lload(slot(l.count())).lconst_0().lcmp().ifeq(done);
            b.lload(slot(l.count())).lconst_1().lsub().lstore(slot(l.count()));
            b.lload(slot(l.index())).lload(slot(l.step())).ladd().lstore(slot(l.index()));
        }
        b.goto_(f.label(i.body())).labelBinding(done);
    }

    private boolean stepIsOne(Ir.Loop loop) {
        for (Ir.Instruction i : f.function.code) {
            if (i instanceof Ir.LoopBegin begin && begin.loop() == loop) return isOne(begin.by());
        }
        throw new AssertionError(loop);
    }

    private void beginFloats(Ir.LoopBegin i) {
        Ir.Loop l = i.loop();
        b.dconst_0().dstore(slot(l.count()));
        f.pushState();
        if (f.kinds.of(i.to()).isNumber()) {
            f.pushDouble(i.to());
            b.dstore(slot(l.limit())).pop();
        } else {
            f.push(i.to());
            b.invokestatic(
                    Names.LOOPS,
                    "floatLimit",
                    MethodTypeDesc.of(CD_double, Names.STATE, CD_Object));
            b.dstore(slot(l.limit()));
        }
        f.pushState();
        f.pushDouble(i.by());
        b.invokestatic(
                Names.LOOPS, "floatStep", MethodTypeDesc.of(CD_double, Names.STATE, CD_double));
        b.dstore(slot(l.step()));
        f.pushDouble(i.from());
        b.dstore(slot(l.index()));
        pushTest("starts", l);
        b.ifeq(f.label(i.exit()));
    }

    private void pushTest(String name, Ir.Loop l) {
        b.dload(slot(l.index())).dload(slot(l.limit())).dload(slot(l.step()));
        b.invokestatic(
                Names.LOOPS, name, MethodTypeDesc.of(CD_boolean, CD_double, CD_double, CD_double));
    }

    private void nextFloat(Ir.LoopNext i) {
        Ir.Loop l = i.loop();
        b.dload(slot(l.index())).dload(slot(l.step())).dadd().dstore(slot(l.index()));
        pushTest("runs", l);
        b.ifne(f.label(i.body()));
    }

    private void beginAny(Ir.LoopBegin i) {
        Ir.Loop l = i.loop();
        for (Ir.Register r : new Ir.Register[] {l.step(), l.count()})
            b.aconst_null().astore(slot(r));
        f.pushState();
        f.push(i.from());
        f.push(i.to());
        f.push(i.by());
        b.invokestatic(
                Names.LOOPS,
                "begin",
                MethodTypeDesc.of(CD_Object, Names.STATE, CD_Object, CD_Object, CD_Object));
        b.dup().astore(slot(l.limit()));
        b.invokestatic(Names.LOOPS, "first", Names.FIRST);
        b.dup().astore(slot(l.index())).ifnull(f.label(i.exit()));
    }

    private void nextAny(Ir.LoopNext i) {
        Ir.Loop l = i.loop();
        b.aload(slot(l.limit())).invokestatic(Names.LOOPS, "next", Names.FIRST);
        b.dup().astore(slot(l.index())).ifnonnull(f.label(i.body()));
    }
}
