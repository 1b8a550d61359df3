package dev.corona.weave.analysis;

import dev.corona.weave.analysis.Slot.Simple;

import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The types of the local variables and of the operand stack at one point of a method, slot by slot. */
public final class State {
    private final Slot[] locals;
    private final List<Slot> stack;

    State(int maxLocals) {
        locals = new Slot[maxLocals];
        Arrays.fill(locals, Simple.TOP);
        stack = new ArrayList<>();
    }

    private State(State other) {
        locals = other.locals.clone();
        stack = new ArrayList<>(other.stack);
    }

    State copy() {
        return new State(this);
    }

    public int localCount() {
        return locals.length;
    }

    public Slot local(int slot) {
        return locals[slot];
    }

    /** The operand stack, the bottom first, without the upper halves of two-slot values. */
    public List<Slot> stack() {
        return stack.stream().filter(s -> s != Simple.SECOND).toList();
    }

    void setLocal(int slot, Slot type) {
        if (slot > 0 && locals[slot] == Simple.SECOND) locals[slot - 1] = Simple.TOP;
        if (locals[slot].isWide() && slot + 1 < locals.length) locals[slot + 1] = Simple.TOP;
        locals[slot] = type;
        if (type.isWide()) {
            if (slot + 2 < locals.length && locals[slot + 1].isWide())
                locals[slot + 2] = Simple.TOP;
            locals[slot + 1] = Simple.SECOND;
        }
    }

    void push(Slot type) {
        stack.add(type);
        if (type.isWide()) stack.add(Simple.SECOND);
    }

    void push(ClassDesc type) {
        if (!type.equals(java.lang.constant.ConstantDescs.CD_void)) push(Types.slotOf(type));
    }

    Slot pop() {
        Slot top = stack.removeLast();
        return top == Simple.SECOND ? stack.removeLast() : top;
    }

    void pop(int values) {
        for (int i = 0; i < values; i++) pop();
    }

    void clearStack() {
        stack.clear();
    }

    /** Copies the {@code count} topmost slots to below the {@code under} slots beneath them. */
    void duplicate(int count, int under) {
        int from = stack.size() - count;
        stack.addAll(from - under, new ArrayList<>(stack.subList(from, stack.size())));
    }

    void dropSlots(int count) {
        for (int i = 0; i < count; i++) stack.removeLast();
    }

    /** The constructor of {@code made} has run. */
    void initialized(Slot.Uninitialized made) {
        Slot done = new Slot.Reference(made.type());
        Arrays.setAll(locals, i -> locals[i].equals(made) ? done : locals[i]);
        stack.replaceAll(s -> s.equals(made) ? done : s);
    }
}
