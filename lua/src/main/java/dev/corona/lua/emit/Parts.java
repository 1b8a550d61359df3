package dev.corona.lua.emit;

import dev.corona.lua.ir.Ir;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What the instructions of a function consist of: these themselves, and the records, lists, registers, labels and regions in them. */
final class Parts {
    private final Map<Object, Boolean> seen = new IdentityHashMap<>();
    private final List<Object> parts = new ArrayList<>();

    private Parts() {}

    /** In the order of the instructions; what a part consists of comes behind it. */
    static List<Object> of(Ir.Function function) {
        Parts all = new Parts();
        for (Ir.Instruction each : function.code) all.add(each);
        return List.copyOf(all.parts);
    }

    private void add(Object part) {
        boolean isPart =
                part instanceof Record
                        || part instanceof List
                        || part instanceof Ir.Register
                        || part instanceof Ir.Label
                        || part instanceof Ir.Region;
        if (!isPart || seen.put(part, true) != null) return;
        parts.add(part);
        if (part instanceof List<?> list) for (Object each : list) add(each);
        if (part instanceof Record) addComponents(part);
    }

    private void addComponents(Object part) {
        for (RecordComponent c : part.getClass().getRecordComponents()) {
            try {
                Method accessor = c.getAccessor();
                Object value = accessor.invoke(part);
                if (value != null) add(value);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new AssertionError("the records of the IR are public", e);
            }
        }
    }
}
