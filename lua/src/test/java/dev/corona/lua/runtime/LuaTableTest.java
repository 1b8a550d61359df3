package dev.corona.lua.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

class LuaTableTest {
    @Test
    void behavesAsAMapUnderRandomUse() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            LuaTable table = new LuaTable();
            Map<Object, Object> model = new HashMap<>();
            int range = 1 + random.nextInt(60);
            for (int i = 0; i < 500; i++) {
                Object key = key(random, range);
                Object value = random.nextInt(3) == 0 ? null : (Object) (long) i;
                table.set(key, value);
                if (value == null) model.remove(key);
                else model.put(key, value);
            }
            assertThat(contents(table)).as("seed %d", seed).isEqualTo(model);
            model.forEach((k, v) -> assertThat(table.get(k)).as("seed %d", seed).isEqualTo(v));
            long n = table.length();
            assertThat(n == 0 || model.containsKey(n)).as("border, seed %d", seed).isTrue();
            assertThat(model.containsKey(n + 1)).as("border, seed %d", seed).isFalse();
        }
    }

    private static Object key(Random random, int range) {
        long n = random.nextInt(range);
        return switch (random.nextInt(5)) {
            case 0 -> LuaString.of("k" + n);
            case 1 -> n + 0.5;
            case 2 -> -n;
            default -> n;
        };
    }

    private static Map<Object, Object> contents(LuaTable table) {
        Map<Object, Object> found = new HashMap<>();
        for (int p = table.nextPlace(0); p >= 0; p = table.nextPlace(p + 1)) {
            assertThat(found.put(table.keyAt(p), table.valueAt(p))).isNull();
        }
        return found;
    }

    @Test
    void takesAFloatWithAnIntegerValueForTheInteger() {
        LuaTable table = new LuaTable();
        table.set((Object) 3.0, "x");
        assertThat(table.get(3L)).isEqualTo("x");
        assertThat(table.keyAt(table.nextPlace(0))).isEqualTo(3L);
        table.set((Object) 0x1p63, "large");
        assertThat(table.get(Long.MAX_VALUE)).isNull();
        assertThat(table.get((Object) 0x1p63)).isEqualTo("large");
    }

    @Test
    void rejectsNilAndNaNAsKeys() {
        LuaTable table = new LuaTable();
        assertThatThrownBy(() -> table.set((Object) null, 1L)).isInstanceOf(LuaError.class);
        assertThatThrownBy(() -> table.set((Object) Double.NaN, 1L)).isInstanceOf(LuaError.class);
        assertThat(table.get((Object) Double.NaN)).isNull();
    }

    @Test
    void survivesRemovalOfEveryFieldDuringTraversal() {
        LuaTable table = new LuaTable();
        for (long i = 1; i <= 100; i++) table.set(i, (Object) i);
        for (int i = 0; i < 100; i++) table.set(LuaString.of("f" + i), (long) i);
        List<Object> seen = new ArrayList<>();
        Object key = null;
        while (true) {
            int place = table.nextPlace(table.placeAfter(key));
            if (place < 0) break;
            key = table.keyAt(place);
            seen.add(key);
            table.set(key, null);
        }
        assertThat(seen).hasSize(200).doesNotHaveDuplicates();
        assertThat(table.nextPlace(0)).isEqualTo(-1);
        assertThat(table.length()).isZero();
    }

    @Test
    void staysSmallAsAQueue() {
        LuaTable queue = new LuaTable();
        for (long i = 1; i <= 100_000; i++) {
            queue.set(i, (Object) i);
            if (i > 10) queue.set(i - 10, null);
        }
        assertThat(queue.bytes()).isLessThan(2000);
    }

    @Test
    void forgetsAbsentMetamethodsWhenOneIsSet() {
        LuaTable meta = new LuaTable();
        assertThat(meta.metamethod(Metamethod.INDEX)).isNull();
        meta.set(Metamethod.INDEX.key, "handler");
        assertThat(meta.metamethod(Metamethod.INDEX)).isEqualTo("handler");
    }
}
