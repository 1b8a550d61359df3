package dev.corona.lua.ir;

import dev.corona.lua.ir.Ir.Function;
import dev.corona.lua.ir.Ir.Local;
import dev.corona.lua.ir.Ir.Register;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The variables of a function that are visible while it is lowered, and what keeps them if they are to be kept. */
final class Locals {
    private final Function function;
    private final boolean kept;
    private final List<Local> visible = new ArrayList<>();

    /**
     * @param kept whether variables are kept to the end of their scope
     */
    Locals(Function function, boolean kept) {
        this.function = function;
        this.kept = kept;
    }

    int count() {
        return visible.size();
    }

    void begin(String name, @Nullable Register register) {
        Local local = new Local(name, register, function.code.size());
        visible.add(local);
        function.locals.add(local);
    }

    /** Makes all but the first {@code count} invisible. */
    void endTo(int count) {
        if (visible.size() <= count) return;
        keep();
        while (visible.size() > count) visible.removeLast().end(function.code.size());
    }

    /** Keeps what is visible to here, where the program leaves. */
    void keep() {
        if (!kept) return;
        List<Register> registers = new ArrayList<>();
        for (Local l : visible) if (l.register() != null) registers.add(l.register());
        if (!registers.isEmpty()) function.code.add(new Ir.Keep(List.copyOf(registers)));
    }
}
