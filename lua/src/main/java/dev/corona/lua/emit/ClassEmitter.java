package dev.corona.lua.emit;

import static java.lang.constant.ConstantDescs.CD_Double;
import static java.lang.constant.ConstantDescs.CD_Long;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.corona.lua.ir.Ir;
import dev.corona.lua.ir.Ir.Register;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes the class of one function: fields for its upvalues, the forms of its call, its body and the way into it for frames.
 * Only resumable forms of calls are written; plain ones are inherited and begin a program of their own.
 */
final class ClassEmitter {
    private static final int PUBLIC_FINAL = ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL;
    private static final int PRIVATE_STATIC = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC;
    private static final int CONSTANT = PRIVATE_STATIC | ClassFile.ACC_FINAL;

    private static final ClassHierarchyResolver RUNTIME =
            ClassHierarchyResolver.ofResourceParsing(ClassEmitter.class.getClassLoader())
                    .orElse(ClassHierarchyResolver.defaultResolver())
                    .cached(ConcurrentHashMap::new);

    /** All classes of chunks are closures; of the others only the JDK's and the runtime's occur. */
    private static final ClassFile.ClassHierarchyResolverOption HIERARCHY =
            ClassFile.ClassHierarchyResolverOption.of(
                    type ->
                            type.packageName().startsWith(ChunkText.PACKAGE)
                                    ? ClassHierarchyInfo.ofClass(Names.CLOSURE)
                                    : RUNTIME.getClassInfo(type));

    private final Ir.Function function;
    private final ClassDesc self;
    private final ChunkConstants constants;
    private final String sourceFile;
    private final boolean accounted;

    private final Bodies bodies;

    /** The constants of this class: each has a field. */
    private final List<Object> fields = new ArrayList<>();

    ClassEmitter(
            Ir.Function function,
            ClassDesc self,
            ChunkConstants constants,
            String sourceFile,
            boolean accounted) {
        this.function = function;
        this.self = self;
        this.constants = constants;
        this.sourceFile = sourceFile;
        this.accounted = accounted;
        bodies = Bodies.of(function);
    }

    private boolean hasTailCalls() {
        return function.code.stream().anyMatch(Ir.TailCall.class::isInstance);
    }

    private ClassDesc superclass() {
        return hasTailCalls() ? Names.TAIL_CLOSURE : Names.CLOSURE;
    }

    /** The class file. */
    byte[] write() {
        return ClassFile.of(HIERARCHY).build(self, this::build);
    }

    /** The class file of a function that {@code interpretation}, a constant, runs. */
    byte[] writeInterpreted(Object interpretation) {
        int index = constants.index(interpretation);
        return ClassFile.of(HIERARCHY)
                .build(
                        self,
                        c -> {
                            begin(c, Names.INTERPRETED);
                            c.withMethodBody(
                                    "<init>",
                                    Names.CONSTRUCTOR,
                                    ClassFile.ACC_PUBLIC,
                                    b -> interpretedConstructor(b, index));
                            end(c);
                        });
    }

    private void interpretedConstructor(CodeBuilder b, int index) {
        b.aload(0).aload(1).ldc(self).loadConstant(index);
        b.invokestatic(Names.LUA_CODE, "constant", Names.CONSTANT);
        b.invokespecial(
                Names.INTERPRETED, "<init>", MethodTypeDesc.of(CD_void, Names.STATE, CD_Object));
        b.return_();
    }

    private void build(ClassBuilder c) {
        begin(c, superclass());
        c.withMethodBody("<init>", Names.CONSTRUCTOR, ClassFile.ACC_PUBLIC, this::constructor);
        writeBody(c, Set.of());
        if (!bodies.integers().isEmpty()) writeBody(c, bodies.integers());
        if (bodies.exact() != null) {
            c.withMethodBody(
                    CallEmitter.INTEGER_OF,
                    CallEmitter.integerOfType(self),
                    PRIVATE_STATIC,
                    this::integerOf);
        }
        writeCalls(c);
        end(c);
    }

    private void begin(ClassBuilder c, ClassDesc superclass) {
        c.withFlags(PUBLIC_FINAL | ClassFile.ACC_SUPER).withSuperclass(superclass);
        c.with(SourceFileAttribute.of(sourceFile));
        for (int i = 0; i < function.upvalues.size(); i++)
            c.withField("u" + i, CD_Object, ClassFile.ACC_PUBLIC);
    }

    private void end(ClassBuilder c) {
        c.withField("prototype", Names.PROTOTYPE, CONSTANT);
        c.withMethodBody(
                "prototype",
                MethodTypeDesc.of(Names.PROTOTYPE),
                PUBLIC_FINAL,
                b -> b.getstatic(self, "prototype", Names.PROTOTYPE).areturn());
        for (int i = 0; i < fields.size(); i++)
            c.withField("k" + i, classOf(fields.get(i)), CONSTANT);
        c.withMethodBody(
                "<clinit>", MethodTypeDesc.of(CD_void), ClassFile.ACC_STATIC, this::initializer);
    }

    private static ClassDesc classOf(Object constant) {
        if (constant instanceof Long) return CD_Long;
        return constant instanceof Double ? CD_Double : Names.STRING;
    }

    private void constructor(CodeBuilder b) {
        b.aload(0).aload(1).invokespecial(superclass(), "<init>", Names.CONSTRUCTOR).return_();
    }

    private void initializer(CodeBuilder b) {
        b.ldc(self).loadConstant(constants.prototype(function));
        b.invokestatic(Names.LUA_CODE, "constant", Names.CONSTANT).checkcast(Names.PROTOTYPE);
        b.putstatic(self, "prototype", Names.PROTOTYPE);
        for (int i = 0; i < fields.size(); i++) {
            Object value = fields.get(i);
            b.ldc(self).loadConstant(constants.index(value));
            b.invokestatic(Names.LUA_CODE, "constant", Names.CONSTANT).checkcast(classOf(value));
            b.putstatic(self, "k" + i, classOf(value));
        }
        b.return_();
    }

    private void pushConstant(CodeBuilder b, Object value) {
        int index = 0;
        while (index < fields.size() && !same(fields.get(index), value)) index++;
        if (index == fields.size()) fields.add(value);
        b.getstatic(self, "k" + index, classOf(value));
    }

    static boolean same(Object a, Object b) {
        return a.getClass() == b.getClass() && a.equals(b);
    }

    // ---- the body

    /**
     * @param known the parameters that are integers
     */
    private void writeBody(ClassBuilder c, Set<Register> known) {
        FunctionEmitter.Constants access =
                new FunctionEmitter.Constants() {
                    @Override
                    public void push(CodeBuilder b, Object value) {
                        pushConstant(b, value);
                    }

                    @Override
                    public ClassDesc classOf(Ir.Function inner) {
                        return constants.classOf(inner);
                    }
                };
        FunctionEmitter entered = writeBody(c, known, access, null);
        if (bodies.separate()) writeBody(c, known, access, entered).sites().writeLeaving(c);
        Sites sites = entered.sites();
        if (sites.isEmpty()) return;
        c.withMethodBody(
                entered.helper("frame"),
                MethodTypeDesc.of(sites.frameType(), Names.FRAME),
                PRIVATE_STATIC,
                sites::writeFrameMethod);
        c.withMethodBody(
                entered.helper("code"),
                MethodTypeDesc.of(Names.CODE),
                PRIVATE_STATIC,
                b -> b.invokedynamic(sites.code()).areturn());
        c.withMethodBody(
                entered.helper("enter"),
                Names.ENTRY,
                PRIVATE_STATIC,
                b -> enter(b, entered.bodyType()));
    }

    /**
     * @param entered the body whose frames this one leaves; null for one that frames can enter
     */
    private FunctionEmitter writeBody(
            ClassBuilder c,
            Set<Register> known,
            FunctionEmitter.Constants access,
            @Nullable FunctionEmitter entered) {
        FunctionEmitter[] emitter = new FunctionEmitter[1];
        c.withMethodBody(
                "body",
                entered == null
                        ? bodies.entered(self, function, known)
                        : bodies.called(self, function, known),
                PRIVATE_STATIC,
                b -> {
                    emitter[0] =
                            new FunctionEmitter(
                                    b,
                                    function,
                                    self,
                                    access,
                                    sourceFile,
                                    accounted,
                                    known,
                                    bodies,
                                    entered);
                    emitter[0].write();
                });
        return emitter[0];
    }

    /**
     * Takes an integer out of the result of a call. If there is none the program leaves the Java stack, and goes on where results are
     * objects; what this returns then, or while the program pauses anyway, is not looked at.
     */
    private void integerOf(CodeBuilder b) {
        Label pausing = b.newLabel();
        Label other = b.newLabel();
        b.aload(2).getfield(Names.STRAND, "pausing", CD_boolean).ifne(pausing);
        b.aload(0).instanceOf(CD_Long).ifeq(other);
        b.aload(0);
        unbox(b);
        b.lreturn();
        b.labelBinding(other).aload(1).getfield(self, "state", Names.STATE);
        b.aload(0).aload(2).aconst_null();
        b.invokestatic(
                Names.BUDGET, "leaveStack", Names.resumable(CD_Object, Names.STATE, CD_Object));
        b.pop().labelBinding(pausing).lconst_0().lreturn();
    }

    private void enter(CodeBuilder b, MethodTypeDesc type) {
        b.aload(1).aload(2).invokevirtual(Names.STRAND, "giveThrown", Names.GIVE_THROWN);
        b.aload(1);
        for (int i = 0; i < type.parameterCount() - 2; i++) {
            if (type.parameterType(i).equals(CD_long)) b.lconst_0();
            else b.aconst_null();
        }
        b.aload(1).aload(0).invokestatic(self, "body", type);
        b.putfield(Names.STRAND, "ra", CD_Object).iconst_0().ireturn();
    }

    // ---- the forms of a call

    private void writeCalls(ClassBuilder c) {
        String name = hasTailCalls() ? "tail" : "call";
        for (int n = 0; n <= 3; n++) {
            int count = n;
            c.withMethodBody(name, Names.call(n), PUBLIC_FINAL, b -> call(b, count));
        }
        c.withMethodBody(name, Names.call(-1), PUBLIC_FINAL, this::callArray);
    }

    /** Leaves the call to an interpreter while the thread has a hook. */
    private void askForHook(CodeBuilder b, int strand, Runnable pushArguments) {
        Label plain = b.newLabel();
        b.invokestatic(Names.HOOKS, "anywhere", MethodTypeDesc.of(CD_boolean)).ifeq(plain);
        b.aload(0).invokestatic(Names.HOOKS, "isHooked", IS_HOOKED).ifeq(plain);
        b.aload(0);
        pushArguments.run();
        b.aload(strand).aconst_null().invokestatic(Names.HOOKS, "interpret", INTERPRET).areturn();
        b.labelBinding(plain);
    }

    private static final MethodTypeDesc IS_HOOKED = MethodTypeDesc.of(CD_boolean, Names.CLOSURE);
    private static final MethodTypeDesc INTERPRET =
            Names.resumable(CD_Object, Names.CLOSURE, Names.OBJECTS);

    private void call(CodeBuilder b, int count) {
        askForHook(
                b,
                count + 1,
                () -> {
                    b.loadConstant(count).anewarray(CD_Object);
                    for (int i = 0; i < count; i++) b.dup().loadConstant(i).aload(i + 1).aastore();
                });
        if (!bodies.integers().isEmpty() && lastInteger() < count) {
            Label other = b.newLabel();
            for (Register p : bodies.integers()) {
                b.aload(function.parameters.indexOf(p) + 1).instanceOf(CD_Long).ifeq(other);
            }
            pushArguments(b, count, bodies.integers());
            finishCall(b, count + 1, bodies.integers());
            b.labelBinding(other);
        }
        pushArguments(b, count, Set.of());
        finishCall(b, count + 1, Set.of());
    }

    private int lastInteger() {
        int last = -1;
        for (Register p : bodies.integers()) last = Math.max(last, function.parameters.indexOf(p));
        return last;
    }

    private void pushArguments(CodeBuilder b, int count, Set<Register> known) {
        int parameters = function.parameters.size();
        b.aload(0);
        for (int i = 0; i < parameters; i++) {
            if (i < count) b.aload(i + 1);
            else b.aconst_null();
            if (known.contains(function.parameters.get(i))) unbox(b);
        }
        if (function.isVararg) {
            b.loadConstant(Math.max(0, count - parameters)).anewarray(CD_Object);
            for (int i = parameters; i < count; i++)
                b.dup().loadConstant(i - parameters).aload(i + 1).aastore();
        }
    }

    private void callArray(CodeBuilder b) {
        askForHook(b, 2, () -> b.aload(1));
        if (!bodies.integers().isEmpty()) {
            Label other = b.newLabel();
            for (Register p : bodies.integers()) {
                pushElement(b, function.parameters.indexOf(p));
                b.instanceOf(CD_Long).ifeq(other);
            }
            callWithElements(b, bodies.integers());
            b.labelBinding(other);
        }
        callWithElements(b, Set.of());
    }

    private static void pushElement(CodeBuilder b, int index) {
        b.aload(1).loadConstant(index).invokestatic(Names.TABLES, "argument", ARGUMENT);
    }

    private void callWithElements(CodeBuilder b, Set<Register> known) {
        b.aload(0);
        for (int i = 0; i < function.parameters.size(); i++) {
            pushElement(b, i);
            if (known.contains(function.parameters.get(i))) unbox(b);
        }
        if (function.isVararg) {
            b.aload(1).loadConstant(function.parameters.size());
            b.invokestatic(Names.TABLES, "rest", REST);
        }
        finishCall(b, 2, known);
    }

    private static void unbox(CodeBuilder b) {
        b.checkcast(CD_Long).invokevirtual(CD_Long, "longValue", MethodTypeDesc.of(CD_long));
    }

    private static final MethodTypeDesc ARGUMENT =
            MethodTypeDesc.of(CD_Object, Names.OBJECTS, java.lang.constant.ConstantDescs.CD_int);
    private static final MethodTypeDesc REST =
            MethodTypeDesc.of(
                    Names.OBJECTS, Names.OBJECTS, java.lang.constant.ConstantDescs.CD_int);

    private void finishCall(CodeBuilder b, int strand, Set<Register> known) {
        b.aload(strand);
        if (!bodies.separate()) b.aconst_null();
        b.invokestatic(self, "body", bodies.called(self, function, known));
        // while the program pauses nobody looks at the result
        if (bodies.isExact(known)) box(b);
        b.areturn();
    }

    private static void box(CodeBuilder b) {
        b.invokestatic(CD_Long, "valueOf", MethodTypeDesc.of(CD_Long, CD_long));
    }
}
