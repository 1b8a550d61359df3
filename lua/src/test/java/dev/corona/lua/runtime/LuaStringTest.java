package dev.corona.lua.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LuaStringTest {
    @Test
    void keepsEveryPrefixWhenItGrowsByAppending() {
        LuaString s = LuaString.of("start-of-a-string-that-is-long-enough-to-share-its-room;");
        String model = s.toString();
        for (int i = 0; i < 2000; i++) {
            LuaString before = s;
            String modelBefore = model;
            s = s.concat(LuaString.of(i + ","));
            model += i + ",";
            LuaString other = before.concat(LuaString.of("x"));
            assertThat(other.toString()).isEqualTo(modelBefore + "x");
            assertThat(before.toString()).isEqualTo(modelBefore);
        }
        assertThat(s.toString()).isEqualTo(model);
        assertThat(s).isEqualTo(LuaString.of(model)).hasSameHashCodeAs(LuaString.of(model));
    }

    @Test
    void growsInLinearTime() {
        LuaString piece = LuaString.of("0123456789");
        LuaString s = LuaString.EMPTY;
        for (int i = 0; i < 1_000_000; i++) s = s.concat(piece);
        assertThat(s.length()).isEqualTo(10_000_000);
    }

    @Test
    void keepsAnyBytes() {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) all[i] = (byte) i;
        LuaString s = LuaString.wrap(all.clone());
        assertThat(LuaString.ofLatin1(s.toLatin1())).isEqualTo(s);
        assertThat(s.toByteArray()).isEqualTo(all);
        assertThat(LuaString.of("ä€😀").toString()).isEqualTo("ä€😀");
    }

    @Test
    void comparesAsUnsignedBytes() {
        assertThat(LuaString.ofLatin1("\u00ff")).isGreaterThan(LuaString.of("a"));
        assertThat(LuaString.of("a")).isLessThan(LuaString.of("a\0"));
    }
}
