package dev.corona.bench.woven;

import java.util.List;

/** The names of the programs that are measured, in the order of the table. Each runs a number of steps; a peer has some. */
final class Programs {
    /** A generator whose loop stands a number of calls below its body; unboxed. */
    static final String INTS = "ints 1";

    static final String INTS_10 = "ints 10";
    static final String INTS_100 = "ints 100";

    /** The same with boxed values. */
    static final String BOXED = "boxed 1";

    static final String BOXED_10 = "boxed 10";
    static final String BOXED_100 = "boxed 100";

    /** A generator that delegates to one that delegates, and so on: 100 generators. */
    static final String DELEGATED_100 = "delegated 100";

    /** A walk over a tree by recursive calls; boxed. */
    static final String TREE = "tree";

    /** The same, each subtree a generator that is delegated to. */
    static final String TREE_DELEGATED = "tree by delegation";

    static final String TREE_OF_INTS = "tree of ints";

    /** Each step goes down ten calls, yields there, and returns through all of them; boxed. */
    static final String BOUNCE = "bounce 10";

    static final String BOUNCE_OF_INTS = "bounce of ints";

    /** Two that hand control to each other. */
    static final String TRANSFER = "transfer";

    /** A value in and a value out. */
    static final String COEXPRESSION = "coexpression";

    static final List<String> ALL =
            List.of(
                    INTS,
                    INTS_10,
                    INTS_100,
                    BOXED,
                    BOXED_10,
                    BOXED_100,
                    DELEGATED_100,
                    TREE,
                    TREE_DELEGATED,
                    TREE_OF_INTS,
                    BOUNCE,
                    BOUNCE_OF_INTS,
                    TRANSFER,
                    COEXPRESSION);

    /** Those that every peer can run which steps in and out of calls. */
    static final List<String> BY_CALLS =
            List.of(BOXED, BOXED_10, BOXED_100, TREE, BOUNCE, TRANSFER);

    private Programs() {}
}
