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

    /** Notes {@code what}, and suspends here if this point is one of the chosen; returns its number. */
    public int point(Object what) {
        trace.add(String.valueOf(what));
        int number = count++;
        if (self != null && suspending.get(number)) self.suspend();
        return number;
    }
}
