package dev.corona.lua.runtime;

import dev.corona.snapshot.SnapshotReader;
import dev.corona.snapshot.SnapshotWriter;

/**
 * Unwinds a program that {@code os.exit} ends and closes. Coroutines that it passes on its way keep their to-be-closed
 * variables, as those have that are suspended.
 */
final class Exiting extends Ending {
    private int status;

    Exiting(int status) {
        this.status = status;
    }

    /** One that is filled by {@link #read}. */
    static Exiting restored() {
        return new Exiting(0);
    }

    int status() {
        return status;
    }

    @Override
    void write(SnapshotWriter out) {
        out.writeInt(status);
        super.write(out);
    }

    @Override
    void read(SnapshotReader in) {
        status = in.readInt();
        super.read(in);
    }
}
