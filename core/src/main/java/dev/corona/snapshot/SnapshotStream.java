package dev.corona.snapshot;

import dev.corona.errors.SnapshotException;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;

/** A stream of serialized objects that loads no class but {@link Snapshot}. */
final class SnapshotStream extends ObjectInputStream {
    private static final long DEEPEST = 2;

    static final ObjectInputFilter FILTER = SnapshotStream::check;

    SnapshotStream(InputStream in) throws IOException {
        super(in);
        setObjectInputFilter(FILTER);
    }

    private static Status check(ObjectInputFilter.FilterInfo info) {
        Class<?> type = info.serialClass();
        if (info.depth() > DEEPEST) return Status.REJECTED;
        if (type == null) return Status.UNDECIDED;
        return type == Snapshot.class || type == byte[].class ? Status.ALLOWED : Status.REJECTED;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass named)
            throws IOException, ClassNotFoundException {
        String name = named.getName();
        if (name.equals(Snapshot.class.getName())) return Snapshot.class;
        if (name.equals(byte[].class.getName())) return byte[].class;
        throw new SnapshotException.Forbidden(name);
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaces) {
        throw new SnapshotException.Forbidden("of a proxy for " + String.join(", ", interfaces));
    }
}
