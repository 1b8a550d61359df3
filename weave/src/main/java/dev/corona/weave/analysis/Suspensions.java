package dev.corona.weave.analysis;

import dev.corona.weave.analysis.ClassIndex.ClassInfo;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which methods of the set may suspend, and so get a resumable form: those that are marked, and those from which a call
 * can reach a suspension point. A call reaches what it names and everything that overrides that: a method of the set, or a
 * lambda's. What one method overrides becomes resumable with it, so that a call through the supertype finds it.
 */
public final class Suspensions {
    /** How a resumable method makes a call. */
    public enum Call {
        /** As it stands: nothing in it can suspend. */
        PLAIN,
        /** To the static method that holds the resumable code. */
        STATIC,
        /** To the twin that the class or interface declares. */
        VIRTUAL,
        /** To the twin of a method of Corona that takes a frame, which is none, so that no other call means it. */
        FRAMED,
        /** To a twin of the receiver's class if there is one, which only shows at run time. */
        LINKED
    }

    /** A lambda or method reference: the interface method that it implements, and its code. */
    public record Lambda(MethodKey implemented, MethodKey code) {}

    private static final ClassDesc METAFACTORY = ClassDesc.of("java.lang.invoke.LambdaMetafactory");
    private static final Set<String> CALLED_BACK =
            Set.of("java/lang/Runnable", "java/util/Iterator", "java/util/concurrent/Callable");

    private final ClassIndex index;
    private final boolean all;
    private final Set<MethodKey> suspending = new HashSet<>();
    private final Set<String> refused = new HashSet<>();

    /** Methods outside of the set that something in the set overrides by a suspending one. */
    private final Set<MethodKey> outside = new HashSet<>();

    /** Methods that a class inherits, and those of its interfaces that they implement there. */
    private record Inherited(MethodKey implementing, MethodKey implemented) {}

    private final List<Inherited> inherited = new ArrayList<>();
    private final Marks marks;
    private final HandedOut handedOut;

    /**
     * @param all whether every method counts as marked
     */
    public Suspensions(ClassIndex index, boolean all) {
        this.index = index;
        this.all = all;
        handedOut = new HandedOut(index);
        marks = new Marks(index);
        for (ClassModel c : index.classes()) {
            for (MethodModel m : c.methods()) {
                if (ClassIndex.isWeavable(c, m) && (all || marks.isMarked(key(c, m))))
                    add(key(c, m));
            }
        }
        for (ClassModel c : index.classes()) findInherited(c);
        do {
            boolean changed = true;
            while (changed) changed = pass();
        } while (settleConflicts());
    }

    /** A method that overrides those of several interfaces inherits a resumable form from each, so it needs one of its own. */
    private boolean settleConflicts() {
        int before = suspending.size();
        for (ClassModel c : index.classes()) {
            for (MethodModel m : c.methods()) {
                MethodKey key = key(c, m);
                if (!suspending.contains(key) && ClassIndex.isWeavable(c, m) && isInConflict(key))
                    add(key);
            }
        }
        return suspending.size() > before;
    }

    private boolean isInConflict(MethodKey key) {
        ClassInfo owner = index.find(key.owner());
        if (owner == null || !ClassIndex.isOverridable(owner, key.signature())) return false;
        return index.overridden(key).stream().filter(this::isFormOfInterface).count() > 1;
    }

    private boolean isFormOfInterface(MethodKey declaration) {
        ClassInfo declaring = index.find(declaration.owner());
        return declaring != null
                && declaring.isInterface()
                && (suspending.contains(declaration) || hasTwin(declaring, declaration));
    }

    private static MethodKey key(ClassModel c, MethodModel m) {
        return MethodKey.of(c.thisClass().asInternalName(), m);
    }

    private void findInherited(ClassModel c) {
        ClassInfo heir = index.find(c.thisClass().asInternalName());
        if (heir == null || heir.isInterface()) return;
        for (String direct : heir.interfaces()) {
            for (String type : index.supertypes(direct)) findInherited(heir, index.find(type));
        }
    }

    private void findInherited(ClassInfo heir, @Nullable ClassInfo type) {
        if (type == null) return;
        for (String signature : type.methods().keySet()) {
            ClassInfo from = index.inheritedFrom(heir, signature);
            if (from == null || !ClassIndex.isOverridable(type, signature)) continue;
            MethodKey implemented = MethodKey.of(type.name(), signature);
            inherited.add(new Inherited(implemented.in(from.name()), implemented));
        }
    }

    private boolean pass() {
        int before = suspending.size() + outside.size();
        for (ClassModel c : index.classes()) {
            for (MethodModel m : c.methods()) visit(c, m);
        }
        for (Inherited i : inherited) {
            if (suspending.contains(i.implementing())) addImplemented(i.implemented());
        }
        return suspending.size() + outside.size() > before;
    }

    private void visit(ClassModel c, MethodModel m) {
        if (m.code().isEmpty()) return;
        MethodKey key = key(c, m);
        boolean known = suspending.contains(key) || !ClassIndex.isWeavable(c, m);
        if (known
                && m.code()
                        .get()
                        .elementStream()
                        .noneMatch(InvokeDynamicInstruction.class::isInstance)) return;
        MethodBody body = new MethodBody(c.thisClass().asSymbol(), m);
        Monitors monitors = new Monitors(body);
        boolean locked = m.flags().has(AccessFlag.SYNCHRONIZED);
        for (int i = 0; i < body.elements().size(); i++) {
            CodeElement element = body.elements().get(i);
            if (element instanceof InvokeDynamicInstruction d) lambda(d).ifPresent(this::add);
            if (known || locked || monitors.isHeldAt(i)) continue;
            if (element instanceof InvokeInstruction call && classify(call, key) != Call.PLAIN) {
                add(key);
                known = true;
            }
        }
    }

    private void add(Lambda lambda) {
        if (!suspends(lambda.code())) return;
        addImplemented(lambda.implemented());
        String owner = lambda.implemented().owner();
        index.overridden(lambda.implemented().in(owner)).forEach(this::addImplemented);
    }

    private void add(MethodKey key) {
        if (!suspending.add(key)) return;
        ClassInfo info = index.find(key.owner());
        if (info == null || !ClassIndex.isOverridable(info, key.signature())) return;
        index.overridden(key).forEach(this::addImplemented);
    }

    private void addImplemented(MethodKey declaration) {
        if (index.isInSet(declaration.owner()) && !index.isTooOld(declaration.owner()))
            add(declaration);
        else if (!declaration.owner().equals("java/lang/Object")) outside.add(declaration);
    }

    /** Whether a lambda with this code, or a reference to this method, can suspend. */
    boolean suspends(MethodKey code) {
        ClassInfo declaring = index.resolve(code);
        if (declaring == null || code.name().startsWith("<")) return false;
        MethodKey key = code.in(declaring.name());
        return suspending.contains(key) || hasTwin(declaring, key) || isLinkable(declaring, key);
    }

    /** Whether only the receiver's class shows if a method that is referred to can suspend. */
    public boolean isLinked(Lambda lambda) {
        ClassInfo declaring = index.resolve(lambda.code());
        if (declaring == null) return false;
        MethodKey key = lambda.code().in(declaring.name());
        return !suspending.contains(key) && !hasTwin(declaring, key) && isLinkable(declaring, key);
    }

    /** Whether code of {@code from} may name {@code type}. */
    public boolean canName(ClassDesc from, ClassDesc type) {
        return index.canName(from, type);
    }

    private static boolean hasTwin(ClassInfo declaring, MethodKey key) {
        boolean isStatic = declaring.hasMethodFlag(key.signature(), ClassFile.ACC_STATIC);
        return declaring.declares(Twins.signature(key, true))
                || (!isStatic && declaring.declares(Twins.signature(key, false)));
    }

    /** Whether the method is one that gets a resumable form. */
    public boolean isSuspending(ClassModel owner, MethodModel method) {
        return suspending.contains(key(owner, method));
    }

    /** Gives up on a method: it keeps its plain form only. */
    public void refuse(ClassModel owner, MethodModel method) {
        suspending.remove(key(owner, method));
    }

    /** Gives up on a class: it stays as it is. */
    public void refuse(ClassModel owner) {
        refused.add(owner.thisClass().asInternalName());
        for (MethodModel m : owner.methods()) refuse(owner, m);
    }

    /** Whether the class is one that stays as it is. */
    public boolean isRefused(ClassModel owner) {
        return refused.contains(owner.thisClass().asInternalName());
    }

    /** Whether objects of the class can be written by Java's serialization. */
    public boolean isSerializable(ClassModel type) {
        return index.supertypes(type.thisClass().asInternalName()).contains("java/io/Serializable");
    }

    /** Whether the class is one of those that are woven together. */
    boolean isInSet(String name) {
        return index.isInSet(name);
    }

    /** How many methods get a resumable form. */
    public int size() {
        return suspending.size();
    }

    /** How the resumable form of {@code caller}, a method of {@code owner}, makes the call. */
    public Call classify(InvokeInstruction call, ClassDesc owner, MethodModel caller) {
        return classify(call, MethodKey.of(Types.nameOf(owner), caller));
    }

    private Call classify(InvokeInstruction call, MethodKey caller) {
        MethodKey key = MethodKey.of(call);
        if (key.name().startsWith("<")) return Call.PLAIN;
        ClassInfo declaring = index.resolve(key);
        if (declaring == null) return Call.PLAIN;
        MethodKey declared = key.in(declaring.name());
        if (suspending.contains(declared) || hasTwin(declaring, declared)) {
            if (call.opcode() == Opcode.INVOKESTATIC) return Call.STATIC;
            return isFramed(declaring, declared) ? Call.FRAMED : Call.VIRTUAL;
        }
        return isLinked(call, declaring, declared, caller) ? Call.LINKED : Call.PLAIN;
    }

    /** Whether what is called is a method with a direct form, and not an interface's own code that is asked for. */
    public boolean isDirect(InvokeInstruction call) {
        MethodKey key = MethodKey.of(call);
        ClassInfo declaring = index.resolve(key);
        return declaring != null
                && hasDirectForm(key.in(declaring.name()))
                && !(call.opcode() == Opcode.INVOKESPECIAL && declaring.isInterface());
    }

    /** Whether the method gets a direct form. */
    public boolean hasDirectForm(ClassModel owner, MethodModel method) {
        return hasDirectForm(key(owner, method));
    }

    /** Leaves the methods of a class without direct forms, which need room in it; returns whether any had one. */
    public boolean giveUpDirectForms(ClassModel owner) {
        boolean had = false;
        for (MethodModel m : owner.methods()) {
            had |= hasDirectForm(owner, m);
            marks.giveUpDirect(key(owner, m));
        }
        return had;
    }

    private boolean hasDirectForm(MethodKey method) {
        return suspending.contains(method) && marks.wantsDirect(method);
    }

    private boolean isFramed(ClassInfo declaring, MethodKey declared) {
        return !suspending.contains(declared)
                && declaring.declares(Twins.signature(declared, true));
    }

    /** Whether the resumable form of a method that is referred to takes a frame: as static ones do, and few others. */
    public boolean takesFrame(Lambda lambda, boolean isStatic) {
        ClassInfo declaring = index.resolve(lambda.code());
        return isStatic
                || (declaring != null && isFramed(declaring, lambda.code().in(declaring.name())));
    }

    private boolean isLinked(
            InvokeInstruction call, ClassInfo declaring, MethodKey declared, MethodKey caller) {
        if (call.opcode() != Opcode.INVOKEINTERFACE && call.opcode() != Opcode.INVOKEVIRTUAL)
            return false;
        return isLinkable(declaring, declared)
                || (isOpen(declaring, declared) && mayGetWoven(caller, declaring));
    }

    /** Whether objects of {@code type} in that method may be woven, although nothing in the set shows it. */
    private boolean mayGetWoven(MethodKey method, ClassInfo type) {
        return handedOut.has(method, type.name()) || (marks.isMarked(method) && isForCallers(type));
    }

    /** Whether it is a type that code is written for to be called back, so that a marked method may be given a woven one. */
    private static boolean isForCallers(ClassInfo type) {
        String name = type.name();
        return name.startsWith("java/util/function/")
                || name.startsWith("java/util/concurrent/Flow$")
                || CALLED_BACK.contains(name);
    }

    /** Whether a call may reach a class that is not known here, and is no call of the set. */
    private boolean isOpen(ClassInfo declaring, MethodKey declared) {
        if (index.isInSet(declaring.name()) && !index.isTooOld(declaring.name())) return false;
        return !declaring.isFinal()
                && ClassIndex.isOverridable(declaring, declared.signature())
                && declaring.hasMethodFlag(declared.signature(), ClassFile.ACC_PUBLIC);
    }

    private boolean isLinkable(ClassInfo declaring, MethodKey declared) {
        if (!isOpen(declaring, declared)) return false;
        return outside.contains(declared)
                || (all && declaring.isInterface() && !declaring.name().startsWith("java/lang/"));
    }

    /** The lambda or method reference that an instruction makes, if it makes one. */
    public static Optional<Lambda> lambda(InvokeDynamicInstruction i) {
        boolean makesLambda =
                i.bootstrapMethod().owner().equals(METAFACTORY)
                        && i.bootstrapArgs().size() >= 3
                        && i.bootstrapArgs().get(0) instanceof MethodTypeDesc
                        && i.bootstrapArgs().get(1) instanceof DirectMethodHandleDesc;
        if (!makesLambda) return Optional.empty();
        MethodKey implemented =
                new MethodKey(
                        Types.nameOf(i.typeSymbol().returnType()),
                        i.name().stringValue(),
                        ((MethodTypeDesc) i.bootstrapArgs().get(0)).descriptorString());
        MethodKey code = MethodKey.of((DirectMethodHandleDesc) i.bootstrapArgs().get(1));
        return Optional.of(new Lambda(implemented, code));
    }

    /** Whether the lambda is to be made by the weaver's own factory, in both forms. */
    public boolean isResumable(Lambda lambda) {
        return suspends(lambda.code());
    }
}
