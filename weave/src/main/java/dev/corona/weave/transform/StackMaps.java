package dev.corona.weave.transform;

import dev.corona.weave.analysis.Slot;
import dev.corona.weave.analysis.Slot.Simple;
import dev.corona.weave.analysis.State;

import java.lang.classfile.Label;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.UninitializedVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The stack maps of the method that is being written, in the order of its code. */
final class StackMaps {
    private final List<StackMapFrameInfo> frames = new ArrayList<>();
    private final Function<Slot.Uninitialized, Label> labelOfNew;

    /**
     * @param labelOfNew the label before the {@code new} of an object whose constructor has not run
     */
    StackMaps(Function<Slot.Uninitialized, Label> labelOfNew) {
        this.labelOfNew = labelOfNew;
    }

    /** The types at {@code label}: local variables slot by slot, then the stack without upper halves. */
    void add(Label label, List<Slot> locals, List<Slot> stack) {
        frames.add(StackMapFrameInfo.of(label, convertLocals(locals), convert(stack)));
    }

    private List<VerificationTypeInfo> convertLocals(List<Slot> locals) {
        int end = locals.size();
        while (end > 0 && locals.get(end - 1) == Simple.TOP) end--;
        return convert(locals.subList(0, end));
    }

    private List<VerificationTypeInfo> convert(List<Slot> types) {
        return types.stream().filter(t -> t != Simple.SECOND).map(this::convert).toList();
    }

    private VerificationTypeInfo convert(Slot type) {
        return switch (type) {
            case Slot.Reference r -> ObjectVerificationTypeInfo.of(r.type());
            case Slot.Uninitialized u -> UninitializedVerificationTypeInfo.of(labelOfNew.apply(u));
            case Simple simple ->
                    switch (simple) {
                        case INT -> SimpleVerificationTypeInfo.INTEGER;
                        case LONG -> SimpleVerificationTypeInfo.LONG;
                        case FLOAT -> SimpleVerificationTypeInfo.FLOAT;
                        case DOUBLE -> SimpleVerificationTypeInfo.DOUBLE;
                        case NULL -> SimpleVerificationTypeInfo.NULL;
                        default -> SimpleVerificationTypeInfo.TOP;
                    };
        };
    }

    static List<Slot> localsOf(State state) {
        List<Slot> locals = new ArrayList<>();
        for (int i = 0; i < state.localCount(); i++) locals.add(state.local(i));
        return locals;
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    StackMapTableAttribute table() {
        return StackMapTableAttribute.of(frames);
    }
}
