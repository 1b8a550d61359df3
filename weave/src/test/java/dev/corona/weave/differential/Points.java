package dev.corona.weave.differential;

import dev.corona.kernel.Continuation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The places of a program at which it may suspend, and what it did so far. Woven together with the programs. */
public final class Points {
    public final List<String> trace = new ArrayList<>();
    public Continuation self;
    public BitSet suspending = new BitSet();
    public int count;

    /** At this many points the program is ended, so that none runs for ever. */
    public int limit = Integer.MAX_VALUE;

    /** Ends a program that takes too long. */
    public static final class Exhausted extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Notes {@code what}, and suspends here if this point is one of the chosen; returns its number. */
    public int point(Object what) {
        if (count >= limit) throw new Exhausted();
        trace.add(String.valueOf(what));
        int number = count++;
        if (self != null && suspending.get(number)) self.suspend();
        return number;
    }
}
