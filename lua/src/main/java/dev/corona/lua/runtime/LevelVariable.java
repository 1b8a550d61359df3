package dev.corona.lua.runtime;

import dev.corona.woven.Code;
import dev.corona.woven.Frame;

import org.jspecify.annotations.Nullable;

/** A local variable of an active function. Valid as long as the level is. */
public sealed interface LevelVariable {
    String name();

    /** Its value; nil also if that is not known. */
    @Nullable Object value();

    /** Gives it another value; without effect where that is not possible. */
    void set(@Nullable Object value);

    /** One whose value nobody has kept. */
    record Unknown(String name) implements LevelVariable {
        @Override
        public @Nullable Object value() {
            return null;
        }

        @Override
        public void set(@Nullable Object value) {}
    }

    /** One of a function that is interpreted. */
    record InRegister(String name, Activation activation, int register) implements LevelVariable {
        @Override
        public @Nullable Object value() {
            return register < 0 ? null : shown(activation.register(register));
        }

        @Override
        public void set(@Nullable Object value) {
            if (register < 0) return;
            if (activation.register(register) instanceof Cell c) c.value = value;
            else activation.register(register, value);
        }
    }

    /** One of a compiled function that waits. */
    record InFrame(String name, Frame frame, Code.Variable field) implements LevelVariable {
        @Override
        public @Nullable Object value() {
            Object kept = FrameFields.get(frame, field.field());
            if (field.descriptor().equals("D") && kept instanceof Long bits) {
                return Double.longBitsToDouble(bits);
            }
            return shown(kept);
        }

        @Override
        public void set(@Nullable Object value) {
            if (FrameFields.get(frame, field.field()) instanceof Cell c) c.value = value;
            else if (field.field().charAt(0) == 'a') FrameFields.set(frame, field.field(), value);
        }
    }

    /** An argument beyond the parameters. */
    record Argument(@Nullable Object[] all, int index) implements LevelVariable {
        @Override
        public String name() {
            return "(vararg)";
        }

        @Override
        public @Nullable Object value() {
            return all[index];
        }

        @Override
        public void set(@Nullable Object value) {
            all[index] = value;
        }
    }

    private static @Nullable Object shown(@Nullable Object kept) {
        return kept instanceof Cell c ? c.value : kept;
    }
}
