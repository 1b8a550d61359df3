package dev.corona.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.lua.LuaOptions.Profile;
import dev.corona.lua.runtime.LuaString;
import dev.corona.lua.runtime.LuaTable;
import dev.corona.lua.runtime.LuaUserdata;

import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.TreeSet;

/** What programs find in each profile, to the last name. */
class ProfilesTest {
    private static final Set<String> PURE =
            words(
                    """
                    _G _VERSION assert error getmetatable ipairs next pairs pcall rawequal rawget rawlen rawset select
                    setmetatable tonumber tostring type xpcall
                    math math.abs math.acos math.asin math.atan math.atan2 math.ceil math.cos math.cosh math.deg math.exp math.floor
                    math.fmod math.frexp math.huge math.ldexp math.log math.log10 math.max math.maxinteger math.min math.mininteger
                    math.modf math.pi math.pow math.rad math.random math.randomseed math.sin math.sinh math.sqrt math.tan math.tanh
                    math.tointeger math.type math.ult
                    string string.byte string.char string.dump string.find string.format string.gmatch string.gsub string.len
                    string.lower string.match string.pack string.packsize string.rep string.reverse string.sub string.unpack
                    string.upper
                    table table.concat table.insert table.move table.pack table.remove table.sort table.unpack
                    utf8 utf8.char utf8.charpattern utf8.codepoint utf8.codes utf8.len utf8.offset""");

    private static final Set<String> STANDARD =
            words(
                    """
                    collectgarbage load print require warn
                    coroutine coroutine.close coroutine.create coroutine.isyieldable coroutine.resume coroutine.running
                    coroutine.status coroutine.wrap coroutine.yield
                    os os.clock os.date os.difftime os.time
                    package package.config package.loaded package.preload package.searchers""");

    private static final Set<String> FULL =
            words(
                    """
                    dofile loadfile
                    debug debug.debug debug.gethook debug.getinfo debug.getlocal debug.getmetatable debug.getregistry
                    debug.getupvalue debug.getuservalue debug.setcstacklimit debug.sethook debug.setlocal debug.setmetatable
                    debug.setupvalue debug.setuservalue debug.traceback debug.upvalueid debug.upvaluejoin
                    io io.close io.flush io.input io.lines io.open io.output io.popen io.read io.stderr io.stdin io.stdout
                    io.tmpfile io.type io.write
                    os.execute os.exit os.getenv os.remove os.rename os.setlocale os.tmpname
                    package.cpath package.loadlib package.path package.searchpath""");

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        Set<String> all = new TreeSet<>();
        for (Set<String> each : sets) all.addAll(each);
        return all;
    }

    private static Set<String> words(String text) {
        return new TreeSet<>(Set.of(text.trim().split("\\s+")));
    }

    private static LuaRuntime runtime(Profile profile) {
        return LuaRuntime.create(LuaOptions.standard().withProfile(profile));
    }

    /** The names of a runtime's globals and of the fields of its libraries. */
    private static Set<String> names(Profile profile) {
        Set<String> names = new TreeSet<>();
        LuaTable globals = runtime(profile).globals();
        for (int p = globals.nextPlace(0); p >= 0; p = globals.nextPlace(p + 1)) {
            String name = String.valueOf(globals.keyAt(p));
            names.add(name);
            boolean library = globals.valueAt(p) instanceof LuaTable t && t != globals;
            if (library) addFields(names, name, (LuaTable) globals.valueAt(p));
        }
        return names;
    }

    private static void addFields(Set<String> names, String library, LuaTable fields) {
        for (int p = fields.nextPlace(0); p >= 0; p = fields.nextPlace(p + 1)) {
            names.add(library + "." + fields.keyAt(p));
        }
    }

    @Test
    void noneHasNothingAtAll() {
        assertThat(names(Profile.NONE)).isEmpty();
        LuaRuntime lua = runtime(Profile.NONE);
        assertThat(lua.run("return ('x' .. 1), 7 // 2, #{1, 2}")).containsExactly("x1", 3L, 2L);
        assertThatThrownBy(() -> lua.run("return ('x'):rep(2)")).isInstanceOf(LuaException.class);
        lua.close();
        assertThatThrownBy(lua::closing).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void pureComputes() {
        assertThat(names(Profile.PURE)).isEqualTo(PURE);
    }

    @Test
    void standardLoadsPrintsAndTellsTheTime() {
        assertThat(names(Profile.STANDARD)).isEqualTo(union(PURE, STANDARD));
    }

    @Test
    void fullHasAll() {
        assertThat(names(Profile.FULL)).isEqualTo(union(PURE, STANDARD, FULL));
    }

    @Test
    void nothingOfTheHostCanBeReachedInStandard() {
        LuaRuntime lua = runtime(Profile.STANDARD);
        assertThatThrownBy(() -> lua.run("require 'os.path'"))
                .isInstanceOf(LuaException.class)
                .hasMessageContaining("module 'os.path' not found");
        assertThat(reachableUserdata(lua)).isZero();
    }

    /** By a walk through all tables and metatables. */
    private static long reachableUserdata(LuaRuntime lua) {
        Set<Object> seen = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
        java.util.ArrayDeque<Object> pending = new java.util.ArrayDeque<>();
        pending.add(lua.globals());
        pending.add(lua.state().registry());
        pending.add(java.util.Objects.requireNonNull(lua.state().metatable(LuaString.EMPTY)));
        long found = 0;
        while (!pending.isEmpty()) {
            Object next = pending.pop();
            if (!seen.add(next)) continue;
            if (next instanceof LuaUserdata) found++;
            if (!(next instanceof LuaTable t)) continue;
            if (t.metatable() != null) pending.add(t.metatable());
            for (int p = t.nextPlace(0); p >= 0; p = t.nextPlace(p + 1)) {
                pending.add(java.util.Objects.requireNonNull(t.keyAt(p)));
                pending.add(java.util.Objects.requireNonNull(t.valueAt(p)));
            }
        }
        assertThat(seen).hasSizeGreaterThan(100);
        return found;
    }
}
