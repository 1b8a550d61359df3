package dev.corona.weave.transform;

import dev.corona.weave.analysis.MethodBody;
import dev.corona.weave.analysis.Slot;
import dev.corona.weave.analysis.Types;
import dev.corona.weave.transform.FrameAccess.Field;
import dev.corona.weave.transform.FrameAccess.Kind;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.constant.ClassDesc;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The parameters that a method never assigns, {@code this} among them, as far as a site keeps them. Each has one field at all
 * sites, and is stored only into a new frame: one with which the method was entered holds it already. (Where such a variable
 * is live, it was so at each site before.)
 */
final class Constants {
    private final Map<Integer, Integer> numbers = new HashMap<>();
    private final int[] used = new int[Kind.values().length];

    /**
     * @param kept the variables that are live at any site
     */
    Constants(MethodBody method, BitSet kept) {
        BitSet assigned = assigned(method);
        int slot = 0;
        if (!method.isStatic()) add(slot++, Kind.REFERENCE, kept, assigned);
        for (ClassDesc parameter : method.type().parameterArray()) {
            add(slot, FrameAccess.kindOf(Types.slotOf(parameter)), kept, assigned);
            slot += TypeKind.from(parameter).slotSize();
        }
    }

    private void add(int slot, Kind kind, BitSet kept, BitSet assigned) {
        if (kept.get(slot) && !assigned.get(slot)) numbers.put(slot, used[kind.ordinal()]++);
    }

    private static BitSet assigned(MethodBody method) {
        BitSet slots = new BitSet();
        for (var element : method.elements()) {
            switch (element) {
                case StoreInstruction store -> {
                    slots.set(store.slot());
                    if (store.typeKind().slotSize() == 2) slots.set(store.slot() + 1);
                }
                case IncrementInstruction increment -> slots.set(increment.slot());
                default -> {}
            }
        }
        return slots;
    }

    boolean has(int slot) {
        return numbers.containsKey(slot);
    }

    /** The field of one of them, where it has the type {@code type}; null if it holds nothing there. */
    @Nullable Field field(int slot, Slot type) {
        Integer number = numbers.get(slot);
        return number == null || Site.holdsNothing(type)
                ? null
                : new Field(FrameAccess.kindOf(type), number, type);
    }

    /** How many fields of each kind they take: the first ones. */
    int[] used() {
        return used.clone();
    }
}
