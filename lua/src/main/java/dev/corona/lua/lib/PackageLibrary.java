package dev.corona.lua.lib;

import dev.corona.Resumable;
import dev.corona.lua.runtime.Conversions;
import dev.corona.lua.runtime.Host;
import dev.corona.lua.runtime.LuaErrors;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.Operations;
import dev.corona.lua.runtime.Tables;
import dev.corona.lua.runtime.Values;

import org.jspecify.annotations.Nullable;

/** The library {@code package} and {@code require}. */
@Resumable
final class PackageLibrary {
    private static final LuaString PRELOADED = LuaString.of(":preload:");
    private static final LuaString SEARCHERS = LuaString.of("searchers");
    private static final LuaString PATH = LuaString.of("path");
    private static final LuaString CPATH = LuaString.of("cpath");
    private static final LuaString CONFIG = LuaString.of("/\n;\n?\n!\n-\n");
    private static final String ROOT = "/usr/local/";
    private static final LuaString DEFAULT_PATH =
            LuaString.of(
                    ROOT
                            + "share/lua/5.4/?.lua;"
                            + ROOT
                            + "share/lua/5.4/?/init.lua;"
                            + ROOT
                            + "lib/lua/5.4/?.lua;"
                            + ROOT
                            + "lib/lua/5.4/?/init.lua;./?.lua;./?/init.lua");

    private final LuaState state;
    private final LuaTable library = new LuaTable(0, 8);
    private final LuaTable loaded = new LuaTable(0, 16);
    private final LuaTable preload = new LuaTable();

    private PackageLibrary(LuaState state) {
        this.state = state;
    }

    /** Installs it with the one searcher that needs no files. */
    static PackageLibrary install(LuaState state) {
        PackageLibrary p = new PackageLibrary(state);
        state.name("package", p.library);
        state.name("package.loaded", p.loaded);
        state.name("package.preload", p.preload);
        p.library.set(LuaString.of("loaded"), p.loaded);
        p.library.set(LuaString.of("preload"), p.preload);
        p.library.set(LuaString.of("config"), CONFIG);
        p.library.set(SEARCHERS, LuaTable.ofArray(new @Nullable Object[] {p.searchPreload()}));
        LibraryFunction.register(state.globals(), p.require());
        state.registry().set(LuaString.of("_LOADED"), p.loaded);
        state.registry().set(LuaString.of("_PRELOAD"), p.preload);
        return p;
    }

    LuaTable library() {
        return library;
    }

    LuaTable loaded() {
        return loaded;
    }

    /** Adds what looks for files. */
    void installFiles(Host host, Loader loader) {
        String path = host.environment("LUA_PATH_5_4");
        if (path == null) path = host.environment("LUA_PATH");
        String standard = DEFAULT_PATH.toString();
        library.set(PATH, path == null ? DEFAULT_PATH : LuaString.of(expanded(path, standard)));
        library.set(CPATH, LuaString.EMPTY);
        LibraryFunction.register(library, searchPath(host), loadLibrary());
        LuaTable searchers =
                LuaTable.ofArray(
                        new @Nullable Object[] {searchPreload(), searchFiles(host, loader)});
        library.set(SEARCHERS, searchers);
    }

    /** With the standard path in place of two semicolons in a row. */
    private static String expanded(String path, String standard) {
        String marked = path.replace(";;", ";\1;");
        String filled = marked.replace("\1", standard);
        String open = filled.startsWith(";") ? filled.substring(1) : filled;
        return open.endsWith(";") ? open.substring(0, open.length() - 1) : open;
    }

    // ---- require

    private Library1 require() {
        return new Library1("require") {
            @Override
            @Nullable Object run(@Nullable Object module) {
                LuaString name = Args.string(1, module);
                Object known = Access.get(state, loaded, name);
                if (Tables.truth(known)) return known;
                Object found = find(name);
                Object loader = Values.at(found, 0);
                Object extra = Values.at(found, 1);
                LuaFunction f = Operations.callable(state, loader, null);
                Object value = Values.first(f.call(name, extra));
                if (value != null) loaded.set(name, value);
                else if (loaded.get(name) == null) loaded.set(name, true);
                return Values.of(loaded.get(name), extra);
            }
        };
    }

    /** What the first searcher that knows the module returns. */
    private @Nullable Object find(LuaString name) {
        Object list = library.get(SEARCHERS);
        if (!(list instanceof LuaTable searchers)) {
            throw LuaErrors.located("'package.searchers' must be a table");
        }
        StringBuilder message = new StringBuilder();
        for (long i = 1; ; i++) {
            Object searcher = searchers.get(i);
            if (searcher == null) break;
            Object found = Operations.callable(state, searcher, null).call(name);
            Object first = Values.first(found);
            if (first instanceof LuaFunction) return found;
            if (first instanceof LuaString s) message.append("\n\t").append(s.toLatin1());
        }
        throw LuaErrors.located("module '" + name.toLatin1() + "' not found:" + message);
    }

    private Library1 searchPreload() {
        return new Library1("package.searchers") {
            @Override
            @Nullable Object run(@Nullable Object module) {
                LuaString name = Args.string(1, module);
                Object f = preload.get(name);
                if (f != null) return Values.of(f, PRELOADED);
                return LuaString.of("no field package.preload['")
                        .concat(name)
                        .concat(LuaString.of("']"));
            }
        };
    }

    private Library1 searchFiles(Host host, Loader loader) {
        return new Library1("package.searchers") {
            @Override
            @Nullable Object run(@Nullable Object module) {
                LuaString name = Args.string(1, module);
                LuaString path = Conversions.text(library.get(PATH));
                if (path == null) throw LuaErrors.located("'package.path' must be a string");
                Object found = search(host, name.toString(), path.toString(), ".", "/");
                if (!(found instanceof LuaString file)) return Values.at(found, 1);
                Object loaded = SourceFiles.load(host, loader, file, "bt", state.globals());
                if (loaded instanceof LuaFunction) return Values.of(loaded, file);
                throw LuaErrors.located(
                        "error loading module '"
                                + name.toLatin1()
                                + "' from file '"
                                + file.toLatin1()
                                + "':\n\t"
                                + Values.at(loaded, 1));
            }
        };
    }

    private LibraryN searchPath(Host host) {
        return new LibraryN("package.searchpath") {
            @Override
            @Nullable Object run(@Nullable Object[] arguments) {
                String name = Args.string(1, Args.at(arguments, 1)).toString();
                String path = Args.string(2, Args.at(arguments, 2)).toString();
                LuaString separator = Args.stringOrNil(3, Args.at(arguments, 3));
                LuaString replacement = Args.stringOrNil(4, Args.at(arguments, 4));
                String from = separator == null ? "." : separator.toString();
                return search(
                        host, name, path, from, replacement == null ? "/" : replacement.toString());
            }
        };
    }

    /** The first file of the path; or nil and a message that names all. */
    private static @Nullable Object search(
            Host host, String name, String path, String separator, String replacement) {
        String file = separator.isEmpty() ? name : name.replace(separator, replacement);
        StringBuilder message = new StringBuilder();
        for (String template : path.split(";", -1)) {
            String candidate = template.replace("?", file);
            if (host.files().isReadable(candidate)) return LuaString.of(candidate);
            if (message.length() > 0) message.append("\n\t");
            message.append("no file '").append(candidate).append('\'');
        }
        return Values.of(null, LuaString.of(message.toString()));
    }

    private static Library2 loadLibrary() {
        return new Library2("package.loadlib") {
            @Override
            @Nullable Object run(@Nullable Object path, @Nullable Object name) {
                Args.string(1, path);
                Args.string(2, name);
                return Values.of(
                        null,
                        LuaString.of("dynamic libraries not enabled; check your Lua installation"),
                        LuaString.of("absent"));
            }
        };
    }
}
