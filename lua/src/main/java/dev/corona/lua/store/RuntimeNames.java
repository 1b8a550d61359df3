package dev.corona.lua.store;

import dev.corona.lua.runtime.Activation;
import dev.corona.lua.runtime.FrameFields;
import dev.corona.lua.runtime.Host;
import dev.corona.lua.runtime.InterpretedClosure.Interpreter;
import dev.corona.lua.runtime.LuaClosure;
import dev.corona.lua.runtime.LuaCode;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.Values;
import dev.corona.snapshot.HostObjects;
import dev.corona.woven.Frame;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names of what a runtime has of its own: its state, its library, the functions of its host. In a stored program the name stands for that
 * object of the runtime in which the program goes on. For one snapshot.
 *
 * <p><b>Functions of the library</b> go by their class and name, and only those that a runtime has from the beginning: the function that
 * {@code string.gmatch} returns has a state, which belongs to the program.
 */
final class RuntimeNames implements HostObjects {
    private static final String OF_HOST = "host: ";
    private static final String INTERPRETER = "interpreter: ";
    private static final String PART = "part: ";

    private final HostObjects hosts;
    private final Class<? extends LuaFunction> hostFunction;
    private final Map<String, Object> objects = new HashMap<>();
    private final Map<Object, String> names = new IdentityHashMap<>();

    /** The functions that a new runtime has, by their names here. */
    private final Map<String, LuaFunction> functions = new HashMap<>();

    private final Set<LuaCode> chunks = new LinkedHashSet<>();
    private final Map<String, Interpreter> interpreters = new HashMap<>();

    /** Finds the chunks of a program that is being restored; null while one is stored. */
    private final @Nullable StoredChunks restored;

    /**
     * @param fresh a state with the same library in which no program has run; when a program is restored, the one that it is restored to
     * @param host what the state's library has as the outside world
     * @param hostFunction the class of the functions that a host has defined
     * @param hosts the names that the host gives
     */
    RuntimeNames(
            LuaState state,
            LuaState fresh,
            Host host,
            Class<? extends LuaFunction> hostFunction,
            HostObjects hosts,
            @Nullable StoredChunks restored) {
        this.hosts = hosts;
        this.hostFunction = hostFunction;
        this.restored = restored;
        add("state", state);
        add("host", host);
        add("the host's input", host.in());
        add("the host's errors", host.err());
        add("the host's output", host.out());
        add("main thread", state.mainThread());
        add("finalizers", state.finalizers());
        add("no value", Values.NONE);
        add("no values", Values.NO_VALUES);
        tables(state).forEach(this::add);
        state.named().forEach(this::add);
        state.exposed().forEach((type, metatable) -> add("class " + type.getName(), metatable));
        collectFunctions(fresh);
    }

    /** The tables that a runtime has by name, and whose content belongs to programs. */
    static Map<String, LuaTable> tables(LuaState state) {
        Map<String, LuaTable> tables = new LinkedHashMap<>();
        tables.put("globals", state.globals());
        tables.put("registry", state.registry());
        state.named()
                .forEach(
                        (name, object) -> {
                            if (object instanceof LuaTable t) tables.put(name, t);
                        });
        return tables;
    }

    private void add(String name, Object object) {
        objects.put(name, object);
        names.put(object, name);
    }

    // ---- functions

    private void collectFunctions(LuaState fresh) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<LuaTable> tables = new ArrayDeque<>(tables(fresh).values());
        for (Object value : List.of(true, 0L, Values.NO_VALUES))
            addTable(fresh.metatable(value), tables);
        addTable(fresh.metatable(LuaString.EMPTY), tables);
        fresh.named().values().forEach(this::addFunction);
        while (!tables.isEmpty()) {
            LuaTable table = tables.removeFirst();
            if (!seen.add(table)) continue;
            addTable(table.metatable(), tables);
            for (int p = table.nextPlace(0); p >= 0; p = table.nextPlace(p + 1)) {
                Object value = table.valueAt(p);
                addFunction(value);
                if (value instanceof LuaTable t) tables.addLast(t);
            }
        }
    }

    private static void addTable(@Nullable LuaTable table, Deque<LuaTable> tables) {
        if (table != null) tables.addLast(table);
    }

    private void addFunction(@Nullable Object value) {
        if (value instanceof LuaFunction f && !(f instanceof LuaClosure))
            functions.putIfAbsent(nameOfFunction(f), f);
    }

    private static String nameOfFunction(LuaFunction f) {
        return "function " + f.name() + " (" + f.getClass().getName() + ")";
    }

    // ---- what stores asks

    @Override
    public @Nullable String nameOf(Object object) {
        String own = names.get(object);
        if (own != null) return own;
        String ofHost = hosts.nameOf(object);
        if (ofHost != null) return OF_HOST + ofHost;
        if (object instanceof Frame frame) note(frame);
        if (object instanceof LuaClosure closure) noteCode(closure.getClass());
        if (object instanceof Interpreter interpreter) return name(interpreter);
        if (object instanceof LuaFunction f && !(f instanceof LuaClosure)) return name(f);
        return null;
    }

    private @Nullable String name(LuaFunction f) {
        String name = nameOfFunction(f);
        return functions.containsKey(name) || hostFunction.isInstance(f) ? name : null;
    }

    private void note(Frame frame) {
        noteCode(frame.code.owner());
        if (!Interpreter.class.isAssignableFrom(frame.code.owner())) return;
        for (Object each : FrameFields.references(frame)) {
            if (each instanceof Activation a) name(a.interpreter());
        }
    }

    private void noteCode(Class<?> type) {
        LuaCode code = LuaCode.of(type);
        if (code != null) chunks.add(code);
    }

    /** The name of an interpreter, whose parts have names from now on. */
    private String name(Interpreter interpreter) {
        String type = interpreter.type();
        Interpreter known = interpreters.putIfAbsent(type, interpreter);
        if (known != interpreter) {
            names.put(interpreter, INTERPRETER + type);
            List<Object> parts = interpreter.parts();
            for (int i = 0; i < parts.size(); i++) {
                names.putIfAbsent(parts.get(i), PART + i + " of " + type);
            }
        }
        return INTERPRETER + type;
    }

    /** The chunks of all functions that were met. */
    Collection<LuaCode> chunks() {
        return chunks;
    }

    // ---- what restorations ask

    @Override
    public @Nullable Object resolve(String name) {
        Object own = objects.get(name);
        if (own != null) return own;
        if (name.startsWith(OF_HOST)) return hosts.resolve(name.substring(OF_HOST.length()));
        if (name.startsWith(INTERPRETER)) return interpreter(name.substring(INTERPRETER.length()));
        if (name.startsWith(PART)) return part(name.substring(PART.length()));
        return functions.get(name);
    }

    private @Nullable Interpreter interpreter(String type) {
        return interpreters.computeIfAbsent(
                type, t -> restored == null ? null : restored.interpreter(t));
    }

    private @Nullable Object part(String place) {
        int of = place.indexOf(" of ");
        Interpreter interpreter = of < 0 ? null : interpreter(place.substring(of + 4));
        if (interpreter == null) return null;
        List<Object> parts = interpreter.parts();
        int index = Integer.parseInt(place, 0, of, 10);
        return index >= 0 && index < parts.size() ? parts.get(index) : null;
    }
}
