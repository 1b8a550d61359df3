package dev.corona.weave.analysis;

import java.lang.constant.ClassDesc;

/** What the verifier knows of one local variable or one entry of the operand stack. */
public sealed interface Slot {
    /** The types without a class. A long or double takes two slots, of which the upper is SECOND. */
    enum Simple implements Slot {
        TOP,
        INT,
        LONG,
        FLOAT,
        DOUBLE,
        NULL,
        SECOND
    }

    /** A reference to an object or array of {@code type}. */
    record Reference(ClassDesc type) implements Slot {}

    /** An object whose constructor has not run: made by the {@code new} at that index of the method's elements. */
    record Uninitialized(int index, ClassDesc type) implements Slot {}

    /** Whether it takes two slots, of which this is the lower. */
    default boolean isWide() {
        return this == Simple.LONG || this == Simple.DOUBLE;
    }
}
