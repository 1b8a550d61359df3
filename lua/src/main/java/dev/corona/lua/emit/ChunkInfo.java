package dev.corona.lua.emit;

import dev.corona.lua.analysis.Liveness;
import dev.corona.lua.ir.Ir;
import dev.corona.lua.runtime.DebugInfo;
import dev.corona.lua.runtime.InterpretedClosure;
import dev.corona.lua.runtime.Prototype;

import org.jspecify.annotations.Nullable;

import java.lang.constant.ClassDesc;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of the instructions of a chunk: its text, and how its functions are numbered. The instructions themselves are made again
 * from the text if somebody asks for them long after.
 */
final class ChunkInfo implements DebugInfo {
    private final ChunkText text;

    /** The prototypes by the names of classes, and the places of the functions in the order of the text. */
    private final Map<String, Prototype> prototypes = new HashMap<>();

    private final Map<String, Integer> places = new HashMap<>();
    private SoftReference<List<Ir.Function>> functions;
    private final Map<String, Interpretation> interpreters = new ConcurrentHashMap<>();
    private final boolean accounted;

    /**
     * @param main what {@code text} was lowered to
     */
    ChunkInfo(ChunkText text, Ir.Function main, ChunkConstants constants, boolean accounted) {
        this.text = text;
        this.accounted = accounted;
        List<Ir.Function> all = inOrder(main);
        for (Ir.Function f : all) {
            String name = constants.nameOf(f);
            places.put(name, places.size());
            prototypes.put(name, constants.prototypeOf(f));
        }
        functions = new SoftReference<>(all);
    }

    /** A chunk's functions; those inside others come behind them. */
    static List<Ir.Function> inOrder(Ir.Function main) {
        List<Ir.Function> all = new ArrayList<>(List.of(main));
        for (int i = 0; i < all.size(); i++) all.addAll(all.get(i).inner);
        return all;
    }

    private synchronized List<Ir.Function> functions() {
        List<Ir.Function> all = functions.get();
        if (all == null) {
            all = inOrder(text.lower());
            functions = new SoftReference<>(all);
        }
        return all;
    }

    private int placeOf(String type) {
        Integer place = places.get(type);
        if (place == null) throw new AssertionError("no function of class " + type);
        return place;
    }

    /** The instructions of a class's function. */
    private Ir.Function function(String type) {
        return functions().get(placeOf(type));
    }

    @Override
    public @Nullable CallName callAt(String type, int instruction) {
        List<Ir.Instruction> code = function(type).code;
        boolean inside = instruction >= 0 && instruction < code.size();
        return inside ? CallNames.of(code.get(instruction)) : null;
    }

    @Override
    public Prototype prototype(String type) {
        Prototype prototype = prototypes.get(type);
        if (prototype == null) throw new AssertionError("no prototype of class " + type);
        return prototype;
    }

    @Override
    public List<LocalVariable> variablesAt(String type, int instruction) {
        List<LocalVariable> visible = new ArrayList<>();
        for (Ir.Local l : function(type).locals) {
            Ir.Register register = l.register();
            if (l.isVisibleAt(instruction)) {
                visible.add(new LocalVariable(l.name(), register == null ? -1 : register.number()));
            }
        }
        return visible;
    }

    @Override
    public int[] keptAt(String type, int instruction) {
        Ir.Function f = function(type);
        List<Ir.Region> regions = LiveSets.regions(f);
        return LiveSets.at(f, Liveness.of(f), instruction, regions).stream().toArray();
    }

    @Override
    public byte[] dump() {
        return Dump.write(text, 0, false);
    }

    @Override
    public byte[] dump(String type, boolean strip) {
        return Dump.write(text, placeOf(type), strip);
    }

    @Override
    public InterpretedClosure.Interpreter interpreter(String type) {
        return interpreters.computeIfAbsent(
                type,
                t -> {
                    List<Ir.Function> all = functions();
                    Ir.Function f = all.get(placeOf(t));
                    return new Interpretation(f, accounted, inner -> classOf(all, inner));
                });
    }

    /** The class of a function of one lowering. */
    private ClassDesc classOf(List<Ir.Function> all, Ir.Function f) {
        int place = all.indexOf(f);
        for (Map.Entry<String, Integer> e : places.entrySet()) {
            if (e.getValue() == place) return ClassDesc.of(e.getKey());
        }
        throw new AssertionError("no class of " + f.name);
    }
}
