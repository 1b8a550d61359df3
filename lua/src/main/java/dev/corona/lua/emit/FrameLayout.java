package dev.corona.lua.emit;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.corona.lua.analysis.Kind;

import java.lang.constant.ClassDesc;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the frames of a body keep, and in which of their fields: for each group of sites the same. */
final class FrameLayout {
    /** A constant string of a class file may have 65535 bytes. */
    private static final int MAX_TABLE = 60_000;

    private final Sites.Frames frames;
    private final Map<Integer, Kind> kinds = new LinkedHashMap<>();
    final List<SiteGroup> groups = new ArrayList<>();

    FrameLayout(Sites.Frames frames) {
        this.frames = frames;
    }

    /** A register is kept at some site. */
    void know(int register) {
        kinds.put(frames.slot(register), frames.kind(register));
    }

    /** Local variables that are kept at no site of this body have the kinds of another. */
    void knowAlso(FrameLayout other) {
        other.kinds.forEach(kinds::putIfAbsent);
    }

    FrameShape shape() {
        FrameShape shape = new FrameShape(0, 0);
        for (SiteGroup g : groups) shape = shape.or(shape(g));
        return shape;
    }

    private FrameShape shape(SiteGroup group) {
        int longs = 0;
        int references = fixed();
        for (int s = group.slots.nextSetBit(0); s >= 0; s = group.slots.nextSetBit(s + 1)) {
            if (isNumber(s)) longs++;
            else references++;
        }
        return new FrameShape(longs, references);
    }

    /** How many references every frame holds first. */
    int fixed() {
        return frames.varArgsSlot() < 0 ? 1 : 2;
    }

    Kind kindOf(int slot) {
        return kinds.getOrDefault(slot, Kind.ANY);
    }

    boolean isNumber(int slot) {
        return kindOf(slot).isNumber();
    }

    ClassDesc typeOf(int slot) {
        return switch (kindOf(slot)) {
            case INTEGER -> CD_long;
            case FLOAT -> CD_double;
            default -> CD_Object;
        };
    }

    /** The description of the sites that {@code Code} reads. */
    String table() {
        StringBuilder table = new StringBuilder();
        for (SiteGroup g : groups) {
            for (Site s : g.sites) {
                table.append(s.line);
                describe(table, g, s);
                table.append('\n');
            }
        }
        boolean fits = table.toString().getBytes(StandardCharsets.UTF_8).length < MAX_TABLE;
        return fits ? table.toString() : shortTable();
    }

    private void describe(StringBuilder table, SiteGroup group, Site site) {
        Map<Integer, String> fields = new LinkedHashMap<>();
        int references = fixed();
        int longs = 0;
        for (int s = group.slots.nextSetBit(0); s >= 0; s = group.slots.nextSetBit(s + 1)) {
            fields.put(s, isNumber(s) ? "j" + longs++ : "a" + references++);
        }
        BitSet live = site.registers;
        for (int r = live.nextSetBit(0); r >= 0; r = live.nextSetBit(r + 1)) {
            Kind kind = frames.kind(r);
            String type =
                    kind == Kind.INTEGER ? "J" : kind == Kind.FLOAT ? "D" : "Ljava/lang/Object;";
            table.append('\t').append(frames.name(r)).append(' ').append(type);
            table.append(' ').append(fields.get(frames.slot(r)));
        }
    }

    /** Lines only, for functions of which the whole would not fit into a constant. */
    private String shortTable() {
        StringBuilder table = new StringBuilder();
        for (SiteGroup g : groups) for (Site s : g.sites) table.append(s.line).append('\n');
        return table.toString();
    }
}
