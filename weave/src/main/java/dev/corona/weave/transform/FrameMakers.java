package dev.corona.weave.transform;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.corona.weave.analysis.Twins;
import dev.corona.weave.transform.FrameAccess.Field;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The static methods of one class that make frames: for each method one for each list of what it keeps, whichever of its calls
 * are left with it. They take the values, the strand and the number of the site, if there are several, and return what a
 * method that is left returns: null, 0 or nothing.
 */
final class FrameMakers {
    /** A method has 255 words of parameters; two are the strand and the number. */
    private static final int MOST_WORDS = 253;

    private static final MethodTypeDesc PUSH = MethodTypeDesc.of(CD_void, Twins.FRAME);

    private final ClassDesc owner;
    private final boolean isInterface;
    private final Map<Maker, String> names = new LinkedHashMap<>();

    FrameMakers(ClassDesc owner, boolean isInterface) {
        this.owner = owner;
        this.isInterface = isInterface;
    }

    /**
     * What one of them does.
     *
     * @param fields where each value goes, null for one that is not kept
     */
    record Maker(BodyPlan plan, List<@Nullable Field> fields) {
        /** What is kept at a site: the entries of the operand stack, then the variables. */
        static Maker of(BodyPlan plan, Site site) {
            List<@Nullable Field> alike = new ArrayList<>();
            for (@Nullable Field f : site.stack) alike.add(f == null ? null : f.withoutClass());
            for (Site.Kept k : site.locals) alike.add(k.field().withoutClass());
            return new Maker(plan, Collections.unmodifiableList(alike));
        }

        private static ClassDesc typeOf(@Nullable Field field) {
            return field == null
                    ? CD_Object
                    : FrameAccess.kindOfSlot(field.type()).asLoadable().upperBound();
        }

        private int words() {
            return fields.stream().mapToInt(f -> TypeKind.from(typeOf(f)).slotSize()).sum();
        }

        boolean isCallable() {
            return words() <= MOST_WORDS;
        }

        private MethodTypeDesc type() {
            List<ClassDesc> types = new ArrayList<>();
            for (@Nullable Field f : fields) types.add(typeOf(f));
            types.add(Twins.WAY_OUT);
            if (!plan.hasOneSite()) types.add(CD_int);
            return MethodTypeDesc.of(plan.method.type().returnType(), types);
        }

        /** The method's code. */
        private void write(CodeBuilder b) {
            int[] slots = new int[fields.size()];
            int next = 0;
            for (int i = 0; i < slots.length; i++) {
                slots[i] = next;
                next += TypeKind.from(typeOf(fields.get(i))).slotSize();
            }
            int number = next + 1;
            write(b, slots, next, number + 1, c -> c.iload(number));
        }

        /**
         * Writes what makes the frame and returns.
         *
         * @param slots the local variables with the values
         * @param free the first local variable that is not in use
         * @param number leaves the number of the site on the stack
         */
        void write(
                CodeBuilder b,
                int[] slots,
                int strandSlot,
                int free,
                Consumer<CodeBuilder> number) {
            FrameAccess access = new FrameAccess(plan.shape, free);
            access.create(b);
            b.astore(free).aload(free);
            plan.loadCode(b);
            b.putfield(Twins.FRAME, "code", Twins.CODE);
            for (int i = 0; i < slots.length; i++) {
                Field field = fields.get(i);
                if (field != null) access.store(b, field, slots[i]);
            }
            if (!plan.hasOneSite()) {
                b.aload(free);
                number.accept(b);
                b.putfield(Twins.FRAME, "pc", CD_int);
            }
            b.aload(strandSlot).aload(free).invokevirtual(Twins.WAY_OUT, "push", PUSH);
            Results.returnNone(b, plan.method.type());
        }
    }

    /** Writes the call; the arguments are on the stack. */
    void call(CodeBuilder b, Maker maker) {
        String name = names.computeIfAbsent(maker, m -> Twins.MAKER + names.size());
        b.invokestatic(owner, name, maker.type(), isInterface);
    }

    /** Adds those that are called. */
    void addTo(ClassBuilder b) {
        names.forEach(
                (maker, name) ->
                        b.withMethodBody(
                                name,
                                maker.type(),
                                ClassFile.ACC_PRIVATE
                                        | ClassFile.ACC_STATIC
                                        | ClassFile.ACC_SYNTHETIC,
                                maker::write));
    }
}
