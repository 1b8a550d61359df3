package dev.corona.woven;

import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_MethodHandle;
import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes the objects of lambdas and method references of woven classes: as {@link LambdaMetafactory} does, but with the
 * interface's method in both forms if its code can suspend, and so that they can be stored: for each lambda expression the
 * weaver adds a <em>factory</em> to the class, a static method that makes such an object from captured values.
 */
public final class Lambdas {
    private static final int FLAGS = 3;

    /**
     * Where an object of a lambda comes from.
     *
     * @param host the class in which the expression stands
     * @param factory the name of its static method that makes one from the captured values
     * @param captured how the captured values are read, in order
     */
    public record Origin(Class<?> host, String factory, List<MethodHandle> captured) {
        public Origin {
            captured = List.copyOf(captured);
        }
    }

    /** For the class of a lambda its origin; set when it is made. */
    private static final ClassValue<Origin[]> ORIGINS =
            new ClassValue<>() {
                @Override
                protected Origin[] computeValue(Class<?> type) {
                    return new Origin[1];
                }
            };

    /** Where the objects of a class come from, if they are those of a lambda in a woven class. */
    public static Optional<Origin> origin(Class<?> type) {
        return type.isHidden() ? Optional.ofNullable(ORIGINS.get(type)[0]) : Optional.empty();
    }

    private static final DirectMethodHandleDesc CLASS_DATA =
            MethodHandleDesc.ofMethod(
                    DirectMethodHandleDesc.Kind.STATIC,
                    ClassDesc.of("java.lang.invoke.MethodHandles"),
                    "classDataAt",
                    MethodTypeDesc.of(
                            CD_Object, CD_MethodHandles_Lookup, CD_String, CD_Class, CD_int));

    private Lambdas() {}

    /** What the object implements: the interface, others beside it, and the types of its one method. */
    private record Implemented(
            Class<?> type, List<Class<?>> others, String method, List<MethodType> types) {}

    /**
     * Links a lambda expression.
     *
     * @param type the captured values, and the interface
     * @param arguments the factory's name; the code's resumable form, its plain form if the receiver's class tells which
     *     there is, or an empty text if there is none; then as for {@link LambdaMetafactory#metafactory}
     */
    public static CallSite metafactory(
            MethodHandles.Lookup lookup, String method, MethodType type, Object... arguments)
            throws Throwable {
        Object[] own = Arrays.copyOfRange(arguments, 2, arguments.length);
        Implemented implemented =
                new Implemented(type.returnType(), List.of(), method, List.of((MethodType) own[0]));
        return link(lookup, type, implemented, arguments);
    }

    /**
     * Links a lambda expression with marker interfaces or bridges. A serializable one is left to the JDK, and cannot
     * suspend.
     *
     * @param arguments the factory's name; what {@link #metafactory} has next; then as for
     *     {@link LambdaMetafactory#altMetafactory}
     */
    public static CallSite altMetafactory(
            MethodHandles.Lookup lookup, String method, MethodType type, Object... arguments)
            throws Throwable {
        Object[] own = Arrays.copyOfRange(arguments, 2, arguments.length);
        int flags = (Integer) own[FLAGS];
        if ((flags & LambdaMetafactory.FLAG_SERIALIZABLE) != 0) {
            return LambdaMetafactory.altMetafactory(lookup, method, type, own);
        }
        List<Class<?>> others = new ArrayList<>();
        List<MethodType> types = new ArrayList<>(List.of((MethodType) own[0]));
        int next = FLAGS + 1;
        if ((flags & LambdaMetafactory.FLAG_MARKERS) != 0) {
            int count = (Integer) own[next++];
            for (int i = 0; i < count; i++) others.add((Class<?>) own[next++]);
        }
        if ((flags & LambdaMetafactory.FLAG_BRIDGES) != 0) {
            int count = (Integer) own[next++];
            for (int i = 0; i < count; i++) types.add((MethodType) own[next++]);
        }
        return link(
                lookup, type, new Implemented(type.returnType(), others, method, types), arguments);
    }

    private static CallSite link(
            MethodHandles.Lookup lookup,
            MethodType type,
            Implemented implemented,
            Object[] arguments)
            throws Throwable {
        MethodHandle plain = (MethodHandle) arguments[3];
        boolean resumable = arguments[1] instanceof MethodHandle;
        MethodHandle twin =
                arguments[1] instanceof MethodHandle given ? twin(lookup, given) : plain;
        List<MethodHandle> handles = new ArrayList<>();
        for (MethodType each : implemented.types()) {
            MethodType whole = each.insertParameterTypes(0, type.parameterList());
            handles.add(plain.asType(whole));
            if (resumable)
                handles.add(Conversion.adapt(twin, whole.appendParameterTypes(Strand.class)));
        }
        byte[] bytes = new Spinner(lookup.lookupClass(), type, implemented, resumable).spin();
        MethodHandles.Lookup made =
                lookup.defineHiddenClassWithClassData(
                        bytes, handles, true, MethodHandles.Lookup.ClassOption.NESTMATE);
        ORIGINS.get(made.lookupClass())[0] =
                new Origin(lookup.lookupClass(), (String) arguments[0], getters(made, type));
        MethodHandle constructor =
                made.findConstructor(made.lookupClass(), type.changeReturnType(void.class))
                        .asType(type);
        if (type.parameterCount() > 0) return new ConstantCallSite(constructor);
        return new ConstantCallSite(
                MethodHandles.constant(type.returnType(), constructor.invoke()));
    }

    private static List<MethodHandle> getters(MethodHandles.Lookup made, MethodType type)
            throws ReflectiveOperationException {
        List<MethodHandle> getters = new ArrayList<>();
        for (int i = 0; i < type.parameterCount(); i++) {
            getters.add(made.findGetter(made.lookupClass(), "c" + i, type.parameterType(i)));
        }
        return getters;
    }

    private static MethodHandle twin(MethodHandles.Lookup lookup, MethodHandle given)
            throws ReflectiveOperationException {
        MethodType type = given.type();
        if (type.parameterList().contains(Strand.class)) return withoutFrame(given);
        String name = lookup.revealDirect(given).getName();
        return Linkage.call(lookup, name, type.appendParameterTypes(Strand.class), given)
                .dynamicInvoker();
    }

    /** The static method of a static one's resumable code takes a frame last: none. */
    private static MethodHandle withoutFrame(MethodHandle twin) {
        int last = twin.type().parameterCount() - 1;
        return twin.type().parameterType(last) == Frame.class
                ? MethodHandles.insertArguments(twin, last, (Object) null)
                : twin;
    }

    /** Writes the class of one lambda expression. */
    private static final class Spinner {
        private final ClassDesc self;
        private final MethodType captured;
        private final Implemented implemented;
        private final boolean resumable;

        Spinner(Class<?> host, MethodType captured, Implemented implemented, boolean resumable) {
            String name = host.getName();
            int hidden = name.indexOf('/');
            self = ClassDesc.of((hidden < 0 ? name : name.substring(0, hidden)) + "$$Woven");
            this.captured = captured;
            this.implemented = implemented;
            this.resumable = resumable;
        }

        byte[] spin() {
            return ClassFile.of().build(self, this::write);
        }

        private void write(ClassBuilder b) {
            List<ClassDesc> interfaces = new ArrayList<>(List.of(desc(implemented.type())));
            for (Class<?> other : implemented.others()) interfaces.add(desc(other));
            b.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC | ClassFile.ACC_SUPER);
            b.withInterfaceSymbols(interfaces.stream().distinct().toList());
            for (int i = 0; i < captured.parameterCount(); i++) {
                b.withField("c" + i, capturedType(i), ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
            }
            MethodTypeDesc init = desc(captured.changeReturnType(void.class));
            b.withMethodBody(INIT_NAME, init, ClassFile.ACC_PRIVATE, this::writeConstructor);
            int handle = 0;
            for (MethodType type : implemented.types()) {
                writeMethod(b, type, handle++);
                if (resumable) writeMethod(b, type.appendParameterTypes(Strand.class), handle++);
            }
        }

        private void writeConstructor(CodeBuilder b) {
            b.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void);
            int slot = 1;
            for (int i = 0; i < captured.parameterCount(); i++) {
                TypeKind kind = TypeKind.from(capturedType(i));
                b.aload(0).loadLocal(kind, slot).putfield(self, "c" + i, capturedType(i));
                slot += kind.slotSize();
            }
            b.return_();
        }

        private void writeMethod(ClassBuilder b, MethodType type, int handle) {
            b.withMethodBody(
                    implemented.method(),
                    desc(type),
                    ClassFile.ACC_PUBLIC,
                    c -> write(c, type, handle));
        }

        private void write(CodeBuilder b, MethodType type, int handle) {
            b.loadConstant(DynamicConstantDesc.ofNamed(CLASS_DATA, "_", CD_MethodHandle, handle));
            for (int i = 0; i < captured.parameterCount(); i++) {
                b.aload(0).getfield(self, "c" + i, capturedType(i));
            }
            int slot = 1;
            for (Class<?> parameter : type.parameterArray()) {
                TypeKind kind = TypeKind.from(parameter);
                b.loadLocal(kind, slot);
                slot += kind.slotSize();
            }
            MethodType whole = type.insertParameterTypes(0, captured.parameterList());
            b.invokevirtual(CD_MethodHandle, "invokeExact", desc(whole));
            b.return_(TypeKind.from(type.returnType()));
        }

        private ClassDesc capturedType(int index) {
            return desc(captured.parameterType(index));
        }

        private static ClassDesc desc(Class<?> type) {
            return type.describeConstable().orElseThrow();
        }

        private static MethodTypeDesc desc(MethodType type) {
            return type.describeConstable().orElseThrow();
        }
    }
}
