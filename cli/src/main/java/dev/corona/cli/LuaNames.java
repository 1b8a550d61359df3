package dev.corona.cli;

import dev.corona.lua.io.LuaLoop;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.Metamethod;

import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Completes keywords, globals and fields. Looks at tables and at tables behind {@code __index}, and runs no Lua code. */
final class LuaNames implements Completer {
    private static final int MOST_METATABLES = 10;
    private static final List<String> KEYWORDS =
            List.of(
                    "and",
                    "break",
                    "do",
                    "else",
                    "elseif",
                    "end",
                    "false",
                    "for",
                    "function",
                    "goto",
                    "if",
                    "in",
                    "local",
                    "nil",
                    "not",
                    "or",
                    "repeat",
                    "return",
                    "then",
                    "true",
                    "until",
                    "while");

    private final LuaLoop loop;
    private final LuaState state;

    LuaNames(LuaLoop loop, LuaState state) {
        this.loop = loop;
        this.state = state;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        for (String name : loop.ask(() -> completions(line.word())))
            candidates.add(new Candidate(name, name, null, null, null, null, false));
    }

    /** What a word may be the beginning of, in order; for the thread that runs Lua code. */
    List<String> completions(String word) {
        int last = Math.max(word.lastIndexOf('.'), word.lastIndexOf(':'));
        String beginning = word.substring(last + 1);
        SortedSet<String> found = new TreeSet<>();
        if (last < 0) {
            addFields(state.globals(), "", beginning, false, found);
            for (String keyword : KEYWORDS) if (keyword.startsWith(beginning)) found.add(keyword);
        } else {
            boolean methods = word.charAt(last) == ':';
            addFields(
                    value(word.substring(0, last)),
                    word.substring(0, last + 1),
                    beginning,
                    methods,
                    found);
        }
        return List.copyOf(found);
    }

    private @Nullable Object value(String path) {
        Object value = state.globals();
        for (String name : path.split("[.:]", -1)) value = field(value, LuaString.of(name));
        return value;
    }

    private @Nullable Object field(@Nullable Object object, LuaString name) {
        Object holder = object;
        for (int i = 0; i < MOST_METATABLES && holder != null; i++) {
            Object found = holder instanceof LuaTable t ? t.get(name) : null;
            if (found != null) return found;
            holder = behind(holder);
        }
        return null;
    }

    /** The table that {@code __index} leads to; null if it leads to none. */
    private @Nullable Object behind(Object holder) {
        LuaTable meta = state.metatable(holder);
        return meta != null && meta.get(Metamethod.INDEX.key) instanceof LuaTable t ? t : null;
    }

    private void addFields(
            @Nullable Object object,
            String prefix,
            String beginning,
            boolean methods,
            SortedSet<String> found) {
        Object holder = object;
        for (int i = 0; i < MOST_METATABLES && holder != null; i++) {
            if (holder instanceof LuaTable t) addKeys(t, prefix, beginning, methods, found);
            holder = behind(holder);
        }
    }

    private static void addKeys(
            LuaTable table,
            String prefix,
            String beginning,
            boolean methods,
            SortedSet<String> found) {
        for (int p = table.nextPlace(0); p >= 0; p = table.nextPlace(p + 1)) {
            if (!(table.keyAt(p) instanceof LuaString key)) continue;
            if (methods && !(table.valueAt(p) instanceof LuaFunction)) continue;
            String name = key.toString();
            boolean fits = name.startsWith(beginning) && name.matches("[A-Za-z_][A-Za-z0-9_]*");
            if (fits) found.add(prefix + name);
        }
    }
}
