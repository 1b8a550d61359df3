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
 * The static methods of one class that make frames: one for each list of what is kept, whichever methods' calls are left with
 * it. They take the values, the strand, the method's code and the number of the site.
 */
final class FrameMakers {
    /** A method has 255 words of parameters; three are the strand, the code and the number. */
    private static final int MOST_WORDS = 252;

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
    record Maker(Shape shape, List<@Nullable Field> fields) {
        static Maker of(Shape shape, List<@Nullable Field> fields) {
            List<@Nullable Field> alike = new ArrayList<>();
            for (@Nullable Field f : fields) alike.add(f == null ? null : f.withoutClass());
            return new Maker(shape.rounded(), Collections.unmodifiableList(alike));
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
            types.addAll(List.of(Twins.STRAND, Twins.CODE, CD_int));
            return MethodTypeDesc.of(CD_void, types);
        }

        /** The method's code. */
        private void write(CodeBuilder b) {
            int[] slots = new int[fields.size()];
            int next = 0;
            for (int i = 0; i < slots.length; i++) {
                slots[i] = next;
                next += TypeKind.from(typeOf(fields.get(i))).slotSize();
            }
            int code = next + 1;
            int number = next + 2;
            write(b, slots, next, next + 3, c -> c.aload(code), c -> c.iload(number));
            b.return_();
        }

        /**
         * Writes what makes the frame.
         *
         * @param slots the local variables with the values
         * @param free the first local variable that is not in use
         * @param code leaves the method's code on the stack
         * @param number leaves the number of the site on the stack
         */
        void write(
                CodeBuilder b,
                int[] slots,
                int strandSlot,
                int free,
                Consumer<CodeBuilder> code,
                Consumer<CodeBuilder> number) {
            FrameAccess access = new FrameAccess(shape, free);
            access.create(b);
            b.astore(free).aload(free);
            code.accept(b);
            b.putfield(Twins.FRAME, "code", Twins.CODE);
            for (int i = 0; i < slots.length; i++) {
                Field field = fields.get(i);
                if (field != null) access.store(b, field, slots[i]);
            }
            b.aload(free);
            number.accept(b);
            b.putfield(Twins.FRAME, "pc", CD_int);
            b.aload(strandSlot).aload(free).invokevirtual(Twins.STRAND, "push", PUSH);
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
