package dev.corona.woven;

import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_Throwable;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/**
 * One woven method as its frames know it: how to enter it again, what it is called, and what its frames hold. Immutable;
 * one object a method, made when it suspends for the first time.
 */
public abstract class Code {
    /** A live local variable at a site: its name and descriptor, and the field of the frame that holds it. */
    public record Variable(String name, String descriptor, String field) {}

    /** A call at which the method may suspend. */
    public record Site(int line, List<Variable> variables) {}

    private static final ClassDesc CD_Class = java.lang.constant.ConstantDescs.CD_Class;
    private static final ClassDesc CODE = ClassDesc.of(Code.class.getName());
    private static final MethodTypeDesc RESUME =
            MethodTypeDesc.of(
                    CD_boolean,
                    ClassDesc.of(Frame.class.getName()),
                    ClassDesc.of(Strand.class.getName()),
                    CD_Throwable);
    private static final MethodTypeDesc INIT =
            MethodTypeDesc.of(CD_void, CD_Class, CD_String, CD_String, CD_String, CD_String);
    private static final MethodType CONSTRUCTOR =
            MethodType.methodType(
                    void.class,
                    Class.class,
                    String.class,
                    String.class,
                    String.class,
                    String.class);

    private final Class<?> owner;
    private final String method;
    private final String descriptor;
    private final String source;
    private final String table;

    protected Code(Class<?> owner, String method, String descriptor, String source, String table) {
        this.owner = owner;
        this.method = method;
        this.descriptor = descriptor;
        this.source = source;
        this.table = table;
    }

    /**
     * Goes on in {@code frame}; when the method ends, its result is in the strand's field of its kind.
     *
     * @param thrown what the call threw at which the method was left; null if that returned
     * @return whether the method was left again and the same frame, to which nothing was pushed, is all that there is of it
     */
    protected abstract boolean resume(Frame frame, Strand strand, @Nullable Throwable thrown);

    /**
     * Links the constant that a woven method puts into its frames.
     *
     * @param entry the static method that enters it again, of the shape of {@link #resume}
     * @param descriptor of the method as it was before weaving
     * @param source the source file's name; empty if unknown
     * @param table its sites as {@link #sites()} reads them
     */
    public static CallSite link(
            MethodHandles.Lookup lookup,
            String method,
            MethodType type,
            MethodHandle entry,
            String descriptor,
            String source,
            String table)
            throws Throwable {
        MethodHandles.Lookup spun =
                lookup.defineHiddenClass(
                        spin(lookup, lookup.revealDirect(entry).getName()),
                        false,
                        MethodHandles.Lookup.ClassOption.NESTMATE);
        Object code =
                spun.findConstructor(spun.lookupClass(), CONSTRUCTOR)
                        .invoke(lookup.lookupClass(), method, descriptor, source, table);
        return new ConstantCallSite(MethodHandles.constant(type.returnType(), code));
    }

    /** A class of its own for each method, so that entering one is a plain virtual call. */
    private static byte[] spin(MethodHandles.Lookup lookup, String entry) {
        Class<?> owner = lookup.lookupClass();
        String name = owner.getName();
        int hidden = name.indexOf('/');
        ClassDesc self = ClassDesc.of((hidden < 0 ? name : name.substring(0, hidden)) + "$$Code");
        return ClassFile.of()
                .build(
                        self,
                        b -> {
                            b.withSuperclass(CODE);
                            b.withFlags(
                                    ClassFile.ACC_FINAL
                                            | ClassFile.ACC_SYNTHETIC
                                            | ClassFile.ACC_SUPER);
                            b.withMethodBody(INIT_NAME, INIT, 0, Code::writeConstructor);
                            b.withMethodBody(
                                    "resume",
                                    RESUME,
                                    ClassFile.ACC_PROTECTED,
                                    c -> writeResume(c, owner, entry));
                        });
    }

    private static void writeConstructor(CodeBuilder b) {
        b.aload(0).aload(1).aload(2).aload(3).aload(4).aload(5);
        b.invokespecial(CODE, INIT_NAME, INIT).return_();
    }

    private static void writeResume(CodeBuilder b, Class<?> owner, String entry) {
        ClassDesc type = owner.describeConstable().orElseThrow();
        b.aload(1).aload(2).aload(3);
        b.invokestatic(type, entry, RESUME, owner.isInterface()).ireturn();
    }

    /** The code of frames that are written by hand and have one site. */
    public static Code of(Class<?> owner, String method, String descriptor, Resumption resumption) {
        return new Code(owner, method, descriptor, "", "-1") {
            @Override
            protected boolean resume(Frame frame, Strand strand, @Nullable Throwable thrown) {
                strand.giveThrown(thrown);
                resumption.resume(frame, strand);
                return false;
            }
        };
    }

    public Class<?> owner() {
        return owner;
    }

    public String method() {
        return method;
    }

    /** The method's descriptor as it was before weaving. */
    public String descriptor() {
        return descriptor;
    }

    /**
     * The calls at which it may suspend, in the order of {@link Frame#pc}. The table has one part for each, ended by a line
     * feed: the line number, then for each variable a tab and its name, descriptor and field, with blanks between.
     */
    public List<Site> sites() {
        List<Site> sites = new ArrayList<>();
        for (String part : table.split("\n")) sites.add(site(part));
        return List.copyOf(sites);
    }

    private static Site site(String part) {
        String[] words = part.split("\t");
        List<Variable> variables = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            String[] variable = words[i].split(" ");
            variables.add(new Variable(variable[0], variable[1], variable[2]));
        }
        return new Site(Integer.parseInt(words[0]), List.copyOf(variables));
    }

    StackTraceElement position(int pc) {
        List<Site> sites = sites();
        int line = pc < sites.size() ? sites.get(pc).line() : -1;
        return new StackTraceElement(
                owner.getClassLoader() == null ? null : owner.getClassLoader().getName(),
                owner.getModule().getName(),
                null,
                owner.getName(),
                method,
                source.isEmpty() ? null : source,
                line);
    }

    @Override
    public String toString() {
        return owner.getName() + "." + method + descriptor;
    }
}
