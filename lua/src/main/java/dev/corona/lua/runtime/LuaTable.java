package dev.corona.lua.runtime;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/**
 * A Lua table. All access here is raw, that is without metamethods. For one thread at a time.
 *
 * <p><b>Two parts.</b> Every integer key from 1 to {@code array.length} lives in {@code array}. All others are in
 * {@code slots}, an open-addressing table with linear probing: key at an even index, its value behind it. When the hash part is full,
 * both are laid out anew: the array gets the largest power of two of which more than half would be in use.
 *
 * <p><b>Removal.</b> Assigning nil leaves the key in its slot, without a value, until the next layout, which only a new key can
 * cause. So a traversal may assign nil to any field.
 *
 * <p><b>Keys.</b> A float with an integer value is that integer. Strings are equal by content, other objects by identity.
 *
 * <p><b>Weak tables</b> keep everything in a {@link WeakStore} and leave both parts empty, so that strong tables pay nothing
 * for them: it is asked only where a key is not found.
 */
public final class LuaTable extends LuaObject {
    static final @Nullable Object[] NOTHING = new Object[0];

    /** One slot that never holds anything; its first insertion makes room. */
    static final @Nullable Object[] NO_SLOTS = new Object[2];

    // What others of this package may see of it is for TableFormat.
    @Nullable LuaTable metatable;
    @Nullable Object[] array;
    @Nullable Object[] slots;
    @Nullable WeakStore weak;

    /**
     * Which bits of a key's hash tell its first slot. A small table takes those by which no two of its keys have the same one, since
     * compiled code looks there only.
     */
    int shift;

    /** The last border that was found in the array part, or any other index into it. */
    int border;

    /** How many slots have a key, with those that have no value any more. */
    int used;

    /** The {@link Metamethod#bit bits} of those that this table is known not to have. */
    private int absent;

    void forgetMetamethods() {
        absent = 0;
    }

    public LuaTable() {
        array = NOTHING;
        slots = NO_SLOTS;
    }

    /** A table with room for elements 1 to {@code arraySize}, and for other fields. */
    public LuaTable(int arraySize, int fields) {
        array = arraySize == 0 ? NOTHING : new Object[arraySize];
        slots = fields == 0 ? NO_SLOTS : new Object[2 * slotsFor(fields)];
    }

    /**
     * {@link #LuaTable(int, int)} with a choice of the hashes' bits.
     *
     * @param shift what {@link #shiftFor} gives for the keys of the fields
     */
    public LuaTable(int arraySize, int fields, int shift) {
        this(arraySize, fields);
        this.shift = shift;
    }

    /** The shift by which no two of a table's first keys have the same first slot, if there is one. */
    public static int shiftFor(int fields, List<LuaString> keys) {
        int mask = 2 * slotsFor(fields) - 2;
        if (mask >= 2 * MOST_SHIFTED) return 0;
        for (int s = 0; s <= MAX_SHIFT; s++) {
            long seen = 0;
            for (LuaString key : keys) seen = with(seen, (key.hashCode() >>> s) & mask);
            if (seen >= 0) return s;
        }
        return 0;
    }

    /** Tables of more slots than this do not choose. */
    private static final int MOST_SHIFTED = 32;

    private static final int MAX_SHIFT = 24;

    /** A set of slots with one more, by its index; negative if it was there before. */
    private static long with(long slots, int index) {
        long bit = 1L << (index >> 1);
        return slots < 0 || (slots & bit) != 0 ? -1 : slots | bit;
    }

    /** {@link #shiftFor} for what has a value in slots, and some more keys. */
    private int shiftFor(@Nullable Object[] old, @Nullable Object[] more) {
        int mask = slots.length - 2;
        if (mask >= 2 * MOST_SHIFTED || mask == 0) return 0;
        for (int s = 0; s <= MAX_SHIFT; s++) {
            long seen = 0;
            for (int i = 0; i < old.length && seen >= 0; i += 2) {
                Object key = old[i];
                if (key == null || old[i + 1] == null || isElement(key)) continue;
                seen = with(seen, (hash(key) >>> s) & mask);
            }
            for (Object key : more) {
                if (key != null && !isElement(key)) seen = with(seen, (hash(key) >>> s) & mask);
            }
            if (seen >= 0) return s;
        }
        return 0;
    }

    private boolean isElement(Object key) {
        return key instanceof Long l && l >= 1 && l <= array.length;
    }

    /** A table of elements 1 to the array's length; the array is the table's from now on. It has room for a field. */
    public static LuaTable ofArray(@Nullable Object[] elements) {
        LuaTable t = new LuaTable(0, 1);
        t.array = elements;
        t.border = elements.length;
        return t;
    }

    private static int slotsFor(int fields) {
        int needed = fields + (fields >> 1) + 1;
        return needed <= 4 ? 4 : Integer.highestOneBit(needed - 1) << 1;
    }

    @Override
    protected LuaString type() {
        return LuaTypes.TABLE;
    }

    // ---- metatable

    public @Nullable LuaTable metatable() {
        return metatable;
    }

    /** Sets the metatable. Its {@code __mode} counts from now on; {@code __gc} is for {@link Finalizers}. */
    public void setMetatable(@Nullable LuaTable newMetatable) {
        metatable = newMetatable;
        if (newMetatable == null && weak == null) return;
        applyMode(newMetatable == null ? null : newMetatable.metamethod(Metamethod.MODE));
    }

    /** The metamethod that this table has as a metatable; null if it has none. */
    public @Nullable Object metamethod(Metamethod name) {
        if ((absent & name.bit) != 0) return null;
        Object value = get(name.key);
        if (value == null) absent |= name.bit;
        return value;
    }

    // ---- get

    public @Nullable Object get(@Nullable Object key) {
        if (key instanceof LuaString s) return get(s);
        if (key instanceof Long l) return get(l.longValue());
        if (key == null) return null;
        if (key instanceof Double d) return get(d.doubleValue());
        int at = find(key);
        if (at >= 0) return slots[at + 1];
        return weak == null ? null : weak.get(key);
    }

    public @Nullable Object get(long key) {
        long index = key - 1;
        @Nullable Object[] a = array;
        return index >= 0 && index < a.length ? a[(int) index] : getOutside(key);
    }

    private @Nullable Object getOutside(long key) {
        if (used == 0 && weak == null) return null;
        int at = find(key);
        if (at >= 0) return slots[at + 1];
        return weak == null ? null : weak.get(key);
    }

    private @Nullable Object get(double key) {
        long l = (long) key;
        if (l == key && l != Long.MAX_VALUE) return get(l);
        int at = find((Object) key);
        if (at >= 0) return slots[at + 1];
        return weak == null ? null : weak.get(key);
    }

    public @Nullable Object get(LuaString key) {
        @Nullable Object[] s = slots;
        // a hash that was never asked for is that of no key in here
        int i = (key.hash >>> shift) & (s.length - 2);
        return s[i] == key ? s[i + 1] : getElsewhere(key);
    }

    /** The field of a key that is not in its first slot as the same object. The key takes the place of one that is equal. */
    private @Nullable Object getElsewhere(LuaString key) {
        int at = find(key);
        if (at < 0) return weak == null ? null : weak.get(key);
        if (slots[at] != key && key.isExact()) slots[at] = key;
        return slots[at + 1];
    }

    /** Changes a field that has a value, if its key is in its first slot as the same object; false if nothing was done. */
    boolean replace(LuaString key, @Nullable Object value) {
        @Nullable Object[] s = slots;
        int i = (key.hash >>> shift) & (s.length - 2);
        if (s[i] != key || s[i + 1] == null) return false;
        s[i + 1] = value;
        return true;
    }

    /** The field of a table; null of anything else. In one method, since code in which it is inlined must stay small. */
    public static @Nullable Object field(@Nullable Object object, LuaString key) {
        if (!(object instanceof LuaTable t)) return null;
        @Nullable Object[] s = t.slots;
        int i = (key.hash >>> t.shift) & (s.length - 2);
        return s[i] == key ? s[i + 1] : t.getElsewhere(key);
    }

    // ---- the slot of a key

    private int find(LuaString key) {
        @Nullable Object[] s = slots;
        int mask = s.length - 2;
        int hash = key.hashCode();
        for (int i = (hash >>> shift) & mask; ; i = (i + 2) & mask) {
            Object k = s[i];
            if (k == key) return i;
            if (k == null) return -1;
            if (k instanceof LuaString t && t.hashCode() == hash && t.contentEquals(key)) return i;
        }
    }

    private int find(long key) {
        @Nullable Object[] s = slots;
        int mask = s.length - 2;
        for (int i = (hash(key) >>> shift) & mask; ; i = (i + 2) & mask) {
            Object k = s[i];
            if (k == null) return -1;
            if (k instanceof Long l && l == key) return i;
        }
    }

    /** The slot of a normalized key that is neither a string nor an integer. */
    private int find(Object key) {
        @Nullable Object[] s = slots;
        int mask = s.length - 2;
        boolean identity = !(key instanceof Double || key instanceof Boolean);
        for (int i = (hash(key) >>> shift) & mask; ; i = (i + 2) & mask) {
            Object k = s[i];
            if (k == null) return -1;
            if (k == key || (!identity && key.equals(k))) return i;
        }
    }

    /** The slot of any normalized key. */
    private int findAny(Object key) {
        if (key instanceof LuaString s) return find(s);
        return key instanceof Long l ? find(l.longValue()) : find(key);
    }

    private static int hash(long key) {
        int h = (int) (key ^ (key >>> 32)) * 0x9E3779B1;
        return h ^ (h >>> 15);
    }

    static int hash(Object key) {
        if (key instanceof LuaString s) return s.hashCode();
        if (key instanceof Long l) return hash(l.longValue());
        if (key instanceof Double d) return hash(Double.doubleToLongBits(d));
        if (key instanceof Boolean b) return b ? 1 : 2;
        int identity = key instanceof LuaObject o ? o.identity() : System.identityHashCode(key);
        int h = identity * 0x9E3779B1;
        return h ^ (h >>> 15);
    }

    // ---- set

    /**
     * Assigns a field; nil removes it.
     *
     * @throws LuaError if the key is nil or NaN
     */
    public void set(@Nullable Object key, @Nullable Object value) {
        if (key instanceof LuaString s) set(s, value);
        else if (key instanceof Long l) set(l.longValue(), value);
        else if (key instanceof Double d) setFloat(d, value);
        else if (key == null) throw LuaErrors.located("index is nil");
        else setAny(key, value);
    }

    private void setFloat(Double key, @Nullable Object value) {
        double d = key;
        long l = (long) d;
        if (l == d && l != Long.MAX_VALUE) set(l, value);
        else if (Double.isNaN(d)) throw LuaErrors.located("index is NaN");
        else setAny(key, value);
    }

    public void set(LuaString key, @Nullable Object value) {
        absent = 0;
        int at = find(key);
        if (at >= 0) slots[at + 1] = value;
        else insert(key, value);
    }

    public void set(long key, @Nullable Object value) {
        long index = key - 1;
        @Nullable Object[] a = array;
        if (index >= 0 && index < a.length) {
            a[(int) index] = value;
            if (index == border && value != null) border = (int) key;
        } else {
            setOutside(key, value);
        }
    }

    private void setOutside(long key, @Nullable Object value) {
        int at = used == 0 ? -1 : find(key);
        if (at >= 0) slots[at + 1] = value;
        else if (value == null && weak == null) return;
        else if (weak != null) insert(key, value);
        else if (key == array.length + 1L) append(key, value);
        else insert(key, value);
    }

    private void setAny(Object key, @Nullable Object value) {
        int at = find(key);
        if (at >= 0) slots[at + 1] = value;
        else insert(key, value);
    }

    /** Adds the element behind the array part, if that is dense enough to grow. */
    private void append(long key, @Nullable Object value) {
        int n = array.length;
        if (!isDense()) {
            // The array is dense then, and perhaps long enough for the key.
            layOut();
            set(key, value);
            return;
        }
        if (n >= (1 << 30)) throw new LuaError(LuaString.of("table overflow"));
        @Nullable Object[] grown = Arrays.copyOf(array, n == 0 ? 4 : n * 2);
        grown[n] = value;
        array = grown;
        if (border == n) border = n + 1;
        if (used > 0) moveIntegers();
    }

    /** Sets elements from {@code first} on. All have a place in the array part then, those that are nil too: a border is looked for there. */
    void append(int first, @Nullable Object[] values) {
        int end = first - 1 + values.length;
        if (end > array.length) {
            array = Arrays.copyOf(array, end);
            if (used > 0) moveIntegers();
        }
        System.arraycopy(values, 0, array, first - 1, values.length);
        border = array.length;
    }

    private boolean isDense() {
        int n = array.length;
        int missing = 0;
        for (int i = n - 1; i >= 0; i--) {
            if (array[i] == null && ++missing > n / 2) return false;
        }
        return true;
    }

    /** Moves the integer keys that the array part has room for now out of the hash part. */
    private void moveIntegers() {
        for (int i = 0; i < slots.length; i += 2) {
            if (slots[i] instanceof Long l && l >= 1 && l <= array.length && slots[i + 1] != null) {
                array[(int) (l - 1)] = slots[i + 1];
                slots[i + 1] = null;
            }
        }
    }

    private void insert(Object key, @Nullable Object value) {
        if (weak != null) {
            weak.set(key, value);
            return;
        }
        if (value == null) return;
        if (2 * (used + 1) > slots.length - slots.length / 4 - 1) {
            layOut(key);
            set(key, value);
            return;
        }
        put(key, value);
    }

    private void put(Object key, Object value) {
        int mask = slots.length - 2;
        int i = (hash(key) >>> shift) & mask;
        while (slots[i] != null) i = (i + 2) & mask;
        slots[i] = key;
        slots[i + 1] = value;
        used++;
    }

    // ---- layout

    /** Chooses the sizes of both parts for what the table holds. */
    private void layOut(@Nullable Object... more) {
        int[] counts = new int[32];
        int fields = countFields(counts, more);
        int newArray = bestArray(counts);
        for (int i = 0, limit = 1; i < 31 && limit <= newArray; i++, limit <<= 1)
            fields -= counts[i];
        // Where keys come and go, as many again may come before the next layout.
        if (used > fields) fields += fields / 2;
        @Nullable Object[] oldArray = array;
        @Nullable Object[] oldSlots = slots;
        array = newArray == 0 ? NOTHING : Arrays.copyOf(oldArray, newArray);
        slots = fields <= 0 ? NO_SLOTS : new Object[2 * slotsFor(fields)];
        shift = shiftFor(oldSlots, more);
        used = 0;
        border = Math.min(border, newArray);
        for (int i = newArray; i < oldArray.length; i++) {
            if (oldArray[i] != null) put(i + 1L, oldArray[i]);
        }
        for (int i = 0; i < oldSlots.length; i += 2) {
            if (oldSlots[i + 1] != null) place(oldSlots[i], oldSlots[i + 1]);
        }
    }

    private void place(Object key, Object value) {
        if (key instanceof Long l && l >= 1 && l <= array.length) array[(int) (l - 1)] = value;
        else put(key, value);
    }

    /** Counts what has a value; {@code counts[i]} those with an integer key in (2^(i-1), 2^i]. */
    private int countFields(int[] counts, @Nullable Object[] more) {
        int fields = 0;
        for (int i = 0; i < array.length; i++) {
            if (array[i] != null) {
                fields++;
                count(counts, i + 1L);
            }
        }
        for (int i = 0; i < slots.length; i += 2) {
            if (slots[i + 1] == null) continue;
            fields++;
            if (slots[i] instanceof Long l) count(counts, l);
        }
        for (Object key : more) {
            fields++;
            if (key instanceof Long l) count(counts, l);
        }
        return fields;
    }

    private static void count(int[] counts, long key) {
        if (key >= 1 && key <= (1 << 30)) counts[64 - Long.numberOfLeadingZeros(key - 1)]++;
    }

    /** The largest power of two of which more than half the indices are in use. */
    private static int bestArray(int[] counts) {
        int best = 0;
        int sum = 0;
        for (int i = 0; i <= 30; i++) {
            sum += counts[i];
            if (sum > (1 << i) / 2) best = 1 << i;
        }
        return best;
    }

    // ---- length

    /** A border: an index with a value before an index without one; 0 if element 1 has none. */
    public long length() {
        if (weak != null) return weak.length();
        @Nullable Object[] a = array;
        int b = border;
        if (a.length > 0 && a[a.length - 1] != null) {
            b = a.length;
        } else if (b > 0 && a[b - 1] == null) {
            b = b > 1 && a[b - 2] != null ? b - 1 : borderIn(0, b);
        } else if (b < a.length && a[b] != null) {
            b = borderIn(b + 1, a.length);
        }
        border = b;
        if (b < a.length || used == 0) return b;
        return get(b + 1L) == null ? b : borderInHash(b + 1L);
    }

    /** A border in the array part, where {@code low} is 0 or has a value and {@code high} has none. */
    private int borderIn(int low, int high) {
        int i = low;
        int j = high;
        while (j - i > 1) {
            int middle = (i + j) >>> 1;
            if (array[middle - 1] == null) j = middle;
            else i = middle;
        }
        return i;
    }

    private long borderInHash(long present) {
        long i = present;
        long j = i * 2;
        while (get(j) != null) {
            i = j;
            if (j > Long.MAX_VALUE / 2) return countUp();
            j *= 2;
        }
        while (j - i > 1) {
            long middle = (i + j) >>> 1;
            if (get(middle) == null) j = middle;
            else i = middle;
        }
        return i;
    }

    /** The border of a table that was built to defeat the search by doubling. */
    private long countUp() {
        long i = 1;
        while (get(i) != null) i++;
        return i - 1;
    }

    // ---- traversal

    /**
     * The place of the first field at or behind a place; 0 begins, -1 says that there are no more. Places stay as they are
     * until a new key is assigned.
     */
    public int nextPlace(int from) {
        if (weak != null) return weak.nextPlace(from);
        int i = from;
        for (; i < array.length; i++) if (array[i] != null) return i;
        for (int s = 2 * (i - array.length); s < slots.length; s += 2, i++) {
            if (slots[s + 1] != null) return i;
        }
        return -1;
    }

    /** A number above all places. */
    public int placeCount() {
        return array.length + slots.length / 2;
    }

    public @Nullable Object keyAt(int place) {
        if (weak != null) return weak.keyAt(place);
        if (place < array.length) return place + 1L;
        return slots[2 * (place - array.length)];
    }

    public @Nullable Object valueAt(int place) {
        if (weak != null) return weak.valueAt(place);
        if (place < array.length) return array[place];
        return slots[2 * (place - array.length) + 1];
    }

    /**
     * The place behind that of a key, to go on from; 0 for nil.
     *
     * @throws LuaError if the table never had the key
     */
    public int placeAfter(@Nullable Object key) {
        if (key == null) return 0;
        Object k = key;
        if (key instanceof Double d && (long) d.doubleValue() == d) k = (long) d.doubleValue();
        if (weak != null) return weak.placeAfter(k);
        if (k instanceof Long l && l >= 1 && l <= array.length) return (int) l.longValue();
        int at = findAny(k);
        if (at < 0) throw LuaErrors.located("invalid key to 'next'");
        return array.length + at / 2 + 1;
    }

    // ---- weak tables

    private void applyMode(@Nullable Object mode) {
        boolean keys = mode instanceof LuaString s && s.toLatin1().indexOf('k') >= 0;
        boolean values = mode instanceof LuaString s && s.toLatin1().indexOf('v') >= 0;
        if (weak == null && !keys && !values) return;
        if (weak != null && weak.hasMode(keys, values)) return;
        WeakStore target = keys || values ? new WeakStore(keys, values) : null;
        LuaTable old = new LuaTable();
        old.array = array;
        old.slots = slots;
        old.shift = shift;
        old.used = used;
        old.weak = weak;
        clear(target);
        for (int p = old.nextPlace(0); p >= 0; p = old.nextPlace(p + 1)) {
            Object key = old.keyAt(p);
            if (key != null) set(key, old.valueAt(p));
        }
    }

    private void clear(@Nullable WeakStore target) {
        array = NOTHING;
        slots = NO_SLOTS;
        shift = 0;
        used = 0;
        border = 0;
        weak = target;
    }

    /** Whether entries of this table may vanish when the JVM collects. */
    public boolean isWeak() {
        return weak != null;
    }

    /** Moves elements within or between tables' array parts, where both have room; false if it did nothing. */
    boolean shift(int from, int to, int count) {
        if (Math.min(from, to) < 1 || count < 0) return false;
        long end = Math.max((long) from, to) + count - 1;
        if (end > array.length) return false;
        System.arraycopy(array, from - 1, array, to - 1, count);
        return true;
    }

    /** About how many bytes the table takes, without what it refers to. */
    public long bytes() {
        return 40 + (array.length + slots.length) * 4L + 32;
    }

    @Override
    public String toString() {
        return String.format("table: 0x%08x", System.identityHashCode(this));
    }
}
