package dev.corona.lua.emit;

import dev.corona.lua.ir.Ir;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.Prototype;

import org.jspecify.annotations.Nullable;

import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The constants that the classes of one chunk share, and the names of these classes. */
final class ChunkConstants {
    /** Tells 1 from 1.0. */
    private record Key(Class<?> type, Object value) {}

    private final ChunkText text;
    private final String packageName;
    private final List<@Nullable Object> values = new ArrayList<>();
    private final Map<Key, Integer> indices = new HashMap<>();
    private final Map<Ir.Function, Integer> prototypes = new IdentityHashMap<>();
    private final Map<Ir.Function, ClassDesc> classes = new IdentityHashMap<>();

    ChunkConstants(ChunkText text) {
        this.text = text;
        packageName = text.packageName();
    }

    int index(Object value) {
        Key key = new Key(value.getClass(), value);
        Integer known = indices.get(key);
        if (known != null) return known;
        values.add(value instanceof String s ? LuaString.ofLatin1(s) : value);
        indices.put(key, values.size() - 1);
        return values.size() - 1;
    }

    int prototype(Ir.Function function) {
        return prototypes.computeIfAbsent(
                function,
                f -> {
                    values.add(make(f));
                    return values.size() - 1;
                });
    }

    Prototype prototypeOf(Ir.Function function) {
        Object made = values.get(prototype(function));
        if (made instanceof Prototype p) return p;
        throw new AssertionError("no prototype but " + made);
    }

    private Prototype make(Ir.Function f) {
        TreeSet<Integer> lines = new TreeSet<>();
        for (Ir.Instruction i : f.code)
            if (i instanceof Ir.Line l && l.number() > 0) lines.add(l.number());
        return new Prototype(
                f.name,
                text.source(),
                text.chunk(),
                f.line,
                f.lastLine,
                List.copyOf(f.parameterNames),
                f.isVararg,
                f.upvalues.stream().map(Ir.Upvalue::name).toList(),
                text.isStripped() ? List.of() : List.copyOf(lines),
                text.isStripped());
    }

    ClassDesc classOf(Ir.Function function) {
        return classes.computeIfAbsent(
                function, f -> ClassDesc.of(packageName, readable(f) + "$" + classes.size()));
    }

    /** The name of a function's class, with dots. */
    String nameOf(Ir.Function function) {
        ClassDesc type = classOf(function);
        return type.packageName() + "." + type.displayName();
    }

    private static String readable(Ir.Function f) {
        if (f.line == 0) return "main";
        String name = f.name.replaceAll("[^A-Za-z0-9_]", "_");
        return name.isEmpty() ? "function" : name;
    }

    @Nullable Object[] values() {
        return values.toArray();
    }
}
