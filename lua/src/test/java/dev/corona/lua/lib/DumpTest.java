package dev.corona.lua.lib;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corona.lua.LuaOptions;
import dev.corona.lua.LuaRuntime;
import dev.corona.lua.runtime.LuaString;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

/** Dumps that are whole load anywhere; any others are refused, and never more than that. */
class DumpTest {
    private static final LuaOptions FULL =
            LuaOptions.standard().withProfile(LuaOptions.Profile.FULL);

    private static byte[] dump(String function) {
        LuaRuntime lua = LuaRuntime.create(FULL);
        lua.run("dumped = string.dump(" + function + ")");
        return ((LuaString) java.util.Objects.requireNonNull(lua.get("dumped"))).toByteArray();
    }

    private static List<Object> load(byte[] dump) {
        LuaRuntime lua = LuaRuntime.create(FULL);
        lua.globals().set(LuaString.of("dumped"), LuaString.wrap(dump));
        return lua.run("local f, m = load(dumped, '=d', 'b') return f ~= nil, m, f and f(20, 1)");
    }

    @Test
    void aDumpLoadsInAnotherRuntime() {
        assertThat(load(dump("function(a, b) return 2 * a + b end")))
                .containsExactly(true, null, 41L);
    }

    @Test
    void everyBeginningOfADumpIsRefused() {
        byte[] whole = dump("function(a, b) return a end");
        for (int length = 1; length < whole.length; length++) {
            List<Object> outcome = load(java.util.Arrays.copyOf(whole, length));
            assertThat(outcome.getFirst()).as("beginning of %d bytes", length).isEqualTo(false);
            assertThat((String) outcome.get(1)).startsWith("d: bad binary format (");
        }
    }

    @Test
    void aDumpThatWasTamperedWithIsRefusedOrAProgramLikeAnyOther() {
        byte[] whole = dump("function(a, b) return a end");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        LuaRuntime lua = LuaRuntime.create(FULL);
        for (int i = 0; i < 300; i++) {
            byte[] bad = whole.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            lua.globals().set(LuaString.of("dumped"), LuaString.wrap(bad));
            Object kind = lua.run("return type((load(dumped, '=d', 'b')))").getFirst();
            assertThat(kind).as("seed %d, round %d", seed, i).isIn("nil", "function");
        }
    }

    @Test
    void theReferencesOwnBinaryChunksAreRefused() {
        LuaRuntime lua = LuaRuntime.create(FULL);
        assertThat(lua.run("return load('\\27Lua\\x54\\0\\x19\\x93\\r\\n\\x1a\\n', '=d')"))
                .containsExactly(null, "d: bad binary format (not a binary chunk)");
    }
}
