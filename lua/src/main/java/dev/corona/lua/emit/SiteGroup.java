package dev.corona.lua.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Sites that are left and entered by the same code. */
final class SiteGroup {
    /** About how many bytes the code takes that keeps and restores a slot, that clears one, and the rest of a group's. */
    private static final int SAVED = 14;

    private static final int CLEARED = 4;
    private static final int REST = 45;

    final List<Site> sites = new ArrayList<>();

    /** The local variables that are kept. */
    final BitSet slots;

    final Label restore;
    final Label save;

    private SiteGroup(CodeBuilder b, BitSet slots) {
        this.slots = slots;
        restore = b.newLabel();
        save = b.newLabel();
    }

    /** One without sites that keeps what another group keeps. */
    SiteGroup alike(CodeBuilder b) {
        return new SiteGroup(b, (BitSet) slots.clone());
    }

    /** Divides sites into groups so that there is little code, and numbers them. */
    static List<SiteGroup> of(CodeBuilder b, List<Site> sites) {
        List<SiteGroup> groups = new ArrayList<>();
        for (Site site : sites) {
            SiteGroup best = null;
            int bestCost = REST + SAVED * site.slots.cardinality();
            for (SiteGroup g : groups) {
                if (g.fits(site) && g.cost(site) < bestCost) {
                    best = g;
                    bestCost = g.cost(site);
                }
            }
            if (best == null) groups.add(best = new SiteGroup(b, new BitSet()));
            best.sites.add(site);
            best.slots.or(site.slots);
        }
        int number = 0;
        for (SiteGroup g : groups) for (Site s : g.sites) s.number = number++;
        return groups;
    }

    private boolean fits(Site site) {
        Site one = sites.getFirst();
        return one.result == site.result && one.regions.equals(site.regions);
    }

    /** About how many bytes it costs to add the site. */
    private int cost(Site site) {
        BitSet missing = (BitSet) site.slots.clone();
        missing.andNot(slots);
        BitSet unused = (BitSet) slots.clone();
        unused.andNot(site.slots);
        return missing.cardinality() * (SAVED + CLEARED * sites.size())
                + unused.cardinality() * CLEARED;
    }
}
