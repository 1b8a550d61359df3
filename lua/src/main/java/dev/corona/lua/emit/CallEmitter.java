package dev.corona.lua.emit;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.corona.lua.analysis.Kind;
import dev.corona.lua.analysis.SelfCalls;
import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Ir.Literal;
import dev.corona.lua.ir.Ir.Operand;
import dev.corona.lua.ir.Ir.Register;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/** Writes calls and returns. A function that most likely calls itself calls its body, without boxes and the search for a method. */
final class CallEmitter {
    /** The name of the method that takes an integer out of a result, or leaves the Java stack if there is none in it. */
    static final String INTEGER_OF = "integerOf";

    private final FunctionEmitter f;
    private final CodeBuilder b;
    private final Bodies bodies;
    private final SelfCalls selfCalls;

    CallEmitter(FunctionEmitter f, Bodies bodies) {
        this.f = f;
        b = f.b;
        this.bodies = bodies;
        selfCalls = SelfCalls.of(f.function, bodies.integers());
    }

    static MethodTypeDesc integerOfType(ClassDesc self) {
        return MethodTypeDesc.of(CD_long, CD_Object, self, Names.STRAND);
    }

    /** Leaves the function to call on the stack. */
    private void pushCallee(Operand callee, @Nullable String description) {
        Label slow = b.newLabel();
        Label ready = b.newLabel();
        f.push(callee);
        b.dup().instanceOf(Names.FUNCTION).ifeq(slow);
        b.checkcast(Names.FUNCTION).labelBinding(ready);
        f.later(
                () -> {
                    b.labelBinding(slow).astore(f.objectSlot());
                    f.pushState();
                    b.aload(f.objectSlot());
                    f.pushText(description);
                    b.invokestatic(Names.OPERATIONS, "callable", Names.CALLABLE).goto_(ready);
                });
    }

    /** Pushes the arguments and gives their number; -1 for an array. */
    private int pushArguments(Ir.Arguments arguments) {
        if (arguments.rest() == null && arguments.values().size() <= 3) {
            for (Operand o : arguments.values()) f.push(o);
            return arguments.values().size();
        }
        pushArray(arguments);
        return -1;
    }

    void pushArray(Ir.Arguments arguments) {
        Register rest = arguments.rest();
        if (rest == null) {
            pushArray(arguments.values());
            return;
        }
        if (arguments.values().isEmpty()) {
            f.push(rest);
            b.invokestatic(Names.VALUES, "all", MethodTypeDesc.of(Names.OBJECTS, CD_Object));
            return;
        }
        pushArray(arguments.values());
        f.push(rest);
        b.invokestatic(
                Names.VALUES, "append", MethodTypeDesc.of(Names.OBJECTS, Names.OBJECTS, CD_Object));
    }

    void pushArray(List<Operand> values) {
        b.loadConstant(values.size()).anewarray(CD_Object);
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof Literal l && l.value() == null) continue;
            b.dup().loadConstant(i);
            f.push(values.get(i));
            b.aastore();
        }
    }

    private void invoke(int count) {
        b.aload(f.strandSlot()).invokevirtual(Names.FUNCTION, "call", Names.call(count));
    }

    void call(Ir.Call i) {
        if (isCallOfSelf(i)) {
            callSelf(i);
            return;
        }
        pushCallee(i.function(), i.function().description());
        invoke(pushArguments(i.arguments()));
        f.site(Sites.Result.OBJECT);
        takeResult(i);
    }

    private void takeResult(Ir.Call i) {
        switch (i.wanted()) {
            case NONE -> b.pop();
            case FIRST -> {
                b.invokestatic(Names.VALUES, "first", Names.FIRST);
                f.store(i.to());
            }
            case ALL -> f.store(i.to());
        }
    }

    // ---- calls of the function itself

    private boolean isCallOfSelf(Ir.Call i) {
        return selfCalls.isOne(i)
                && selfCalls.integersOf(i).stream().allMatch(o -> f.kinds.of(o) == Kind.INTEGER);
    }

    private void callSelf(Ir.Call i) {
        Label other = b.newLabel();
        Label done = b.newLabel();
        f.push(i.function());
        b.aload(0).if_acmpne(other);
        b.aload(0);
        for (Register p : f.function.parameters) {
            Operand value = i.arguments().values().get(f.function.parameters.indexOf(p));
            if (bodies.integers().contains(p)) f.pushLong(value);
            else f.push(value);
        }
        b.aload(f.strandSlot());
        if (!bodies.separate()) b.aconst_null();
        b.invokestatic(f.self(), "body", bodies.called(f.self(), f.function, bodies.integers()));
        boolean takesLong = f.isExact();
        if (bodies.exact() != null && !takesLong) f.box(Kind.INTEGER);
        b.labelBinding(done);
        f.later(() -> callOther(i, other, done, takesLong));
        f.site(takesLong ? Sites.Result.LONG : Sites.Result.OBJECT);
        if (takesLong) takeLong(i);
        else takeResult(i);
    }

    /** The call of what has taken the place of the function. */
    private void callOther(Ir.Call i, Label other, Label done, boolean takesLong) {
        b.labelBinding(other);
        f.pushState();
        f.push(i.function());
        f.pushText(i.function().description());
        b.invokestatic(Names.OPERATIONS, "callable", Names.CALLABLE);
        invoke(pushArguments(i.arguments()));
        if (takesLong) {
            b.aload(0).aload(f.strandSlot());
            b.invokestatic(f.self(), INTEGER_OF, integerOfType(f.self()));
        }
        b.goto_(done);
    }

    private void takeLong(Ir.Call i) {
        switch (i.wanted()) {
            case NONE -> b.pop2();
            case FIRST -> f.store(i.to(), Kind.INTEGER);
            case ALL -> {
                f.box(Kind.INTEGER);
                f.store(i.to());
            }
        }
    }

    // ---- calls in tail position, returns

    /** Calls in most cases, and leaves the call to the caller now and then, so that the stack does not grow for ever. */
    void tailCall(Ir.TailCall i) {
        Label unwind = b.newLabel();
        pushCallee(i.function(), i.function().description());
        b.dup().instanceOf(Names.CLOSURE).ifeq(tailCallOfLibrary(i));
        f.leave();
        f.pushState();
        b.invokevirtual(Names.STATE, "unwindsTail", MethodTypeDesc.of(CD_boolean)).ifne(unwind);
        int count = pushArguments(i.arguments());
        b.aload(f.strandSlot()).invokevirtual(Names.FUNCTION, "tail", Names.call(count)).areturn();
        f.later(
                () -> {
                    b.labelBinding(unwind).astore(f.objectSlot());
                    b.new_(Names.TAIL_CALL).dup().aload(f.objectSlot()).checkcast(Names.FUNCTION);
                    pushArray(i.arguments());
                    b.invokespecial(
                            Names.TAIL_CALL,
                            "<init>",
                            MethodTypeDesc.of(CD_void, Names.FUNCTION, Names.OBJECTS));
                    b.areturn();
                });
    }

    /** Where a function of the library is called, which does not take the place of this one. */
    private Label tailCallOfLibrary(Ir.TailCall i) {
        Label library = b.newLabel();
        f.later(
                () -> {
                    b.labelBinding(library);
                    invoke(pushArguments(i.arguments()));
                    f.site(Sites.Result.OBJECT);
                    f.leave();
                    b.areturn();
                });
        return library;
    }

    void return_(Ir.Return i) {
        Ir.Arguments values = i.values();
        if (f.isExact()) {
            f.pushLong(values.values().getFirst());
            f.leave();
            b.lreturn();
            return;
        }
        pushResult(values);
        f.leave();
        b.areturn();
    }

    private void pushResult(Ir.Arguments values) {
        if (values.rest() == null && values.values().size() == 1) {
            f.push(values.values().getFirst());
        } else if (values.rest() == null && values.values().isEmpty()) {
            b.getstatic(Names.VALUES, "NONE", Names.VALUES);
        } else if (values.rest() != null && values.values().isEmpty()) {
            f.push(values.rest());
        } else {
            pushArray(values);
            b.invokestatic(Names.VALUES, "of", Names.OF);
        }
    }

    // ---- generic loops

    void iterate(Ir.Iterate i) {
        pushCallee(i.function(), "for iterator 'for iterator'");
        f.push(i.state());
        f.push(i.control());
        invoke(2);
        f.site(Sites.Result.OBJECT);
        for (int v = 0; v < i.values().size(); v++) {
            if (v < i.values().size() - 1) b.dup();
            if (v == 0) b.invokestatic(Names.VALUES, "first", Names.FIRST);
            else b.loadConstant(v).invokestatic(Names.VALUES, "at", Names.AT);
            f.store(i.values().get(v));
        }
    }
}
