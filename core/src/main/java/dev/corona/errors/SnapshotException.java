package dev.corona.errors;

/**
 * A suspended coroutine could not be stored, or what was stored could not be restored. Each case has a subclass; the message
 * names the thing, what was seen, the rule and the remedy. Storing changes nothing; a restoration that fails leaves nothing
 * behind but classes that it loaded.
 */
public sealed class SnapshotException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private SnapshotException(String message) {
        super(message);
    }

    private SnapshotException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Something that the coroutine holds cannot be stored. */
    public static final class Unstorable extends SnapshotException {
        private static final long serialVersionUID = 1L;

        private final String path;

        /**
         * @param what the object
         * @param path how the coroutine holds it, from the root
         */
        public Unstorable(String what, String path, String remedy) {
            super("cannot store %s, which is held by %s: %s".formatted(what, path, remedy));
            this.path = path;
        }

        /** How the coroutine holds it: coroutine, frame, variable and fields, from the root. */
        public String path() {
            return path;
        }
    }

    /** The bytes are no snapshot, or not the one that was written. */
    public static final class Damaged extends SnapshotException {
        private static final long serialVersionUID = 1L;

        public Damaged(String what) {
            super(
                    "cannot read the snapshot: %s; use the bytes as they were written"
                            .formatted(what));
        }

        public Damaged(String what, Throwable cause) {
            super("cannot restore the snapshot: %s (%s)".formatted(what, cause), cause);
        }
    }

    /** The snapshot names a class that the caller did not allow. None of its classes was loaded. */
    public static final class Forbidden extends SnapshotException {
        private static final long serialVersionUID = 1L;

        public Forbidden(String className) {
            super(
                    ("cannot restore the snapshot: it names class %s, which is not allowed;"
                                    + " allow it in the options if this snapshot is your program's own")
                            .formatted(className));
        }
    }

    /** The program is not the one that wrote the snapshot. */
    public static final class Changed extends SnapshotException {
        private static final long serialVersionUID = 1L;

        public Changed(String what, String how) {
            super(
                    ("cannot restore the snapshot: %s %s since it was written;"
                                    + " restore it with the program that wrote it")
                            .formatted(what, how));
        }
    }

    /** A host object is not known under the name that stands for it. */
    public static final class Unresolved extends SnapshotException {
        private static final long serialVersionUID = 1L;

        public Unresolved(String name) {
            super(
                    ("cannot restore the snapshot: nothing is called \"%s\" here;"
                                    + " give the options the host objects that were there when it was written")
                            .formatted(name));
        }
    }
}
