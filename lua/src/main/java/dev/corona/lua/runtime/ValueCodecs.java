package dev.corona.lua.runtime;

import dev.corona.snapshot.SnapshotCodec;
import dev.corona.snapshot.SnapshotReader;
import dev.corona.snapshot.SnapshotWriter;

import java.util.List;

/** How the values of Lua are stored that are more than their fields. */
public final class ValueCodecs {
    private ValueCodecs() {}

    /**
     * The codecs; new ones for each snapshot that is written or read.
     *
     * @param later gets what is to be done when all objects have been made
     */
    public static List<SnapshotCodec<?>> all(List<Runnable> later) {
        return List.of(
                new Strings(),
                new TableCodec(later),
                new Contents(later),
                new Errors(),
                new Levels(),
                new Kills());
    }

    /** The content of a table that the runtime itself has: it is found by its name, and filled. */
    public static final class Content {
        private final String name;
        private final LuaTable table;

        /**
         * @param name by which the other runtime has the table
         */
        public Content(String name, LuaTable table) {
            this.name = name;
            this.table = table;
        }
    }

    private record Strings() implements SnapshotCodec<LuaString> {
        @Override
        public String name() {
            return "Lua string";
        }

        @Override
        public boolean accepts(Object object) {
            return object instanceof LuaString;
        }

        @Override
        public void write(LuaString string, SnapshotWriter out) {
            out.writeBytes(string.toByteArray());
        }

        @Override
        public LuaString create(SnapshotReader in) {
            return LuaString.wrap(in.readBytes());
        }
    }

    private record TableCodec(List<Runnable> later) implements SnapshotCodec<LuaTable> {
        @Override
        public String name() {
            return "Lua table";
        }

        @Override
        public boolean accepts(Object object) {
            return object instanceof LuaTable;
        }

        @Override
        public void write(LuaTable table, SnapshotWriter out) {
            TableFormat.write(table, out);
        }

        @Override
        public LuaTable create(SnapshotReader in) {
            return new LuaTable();
        }

        @Override
        public void fill(LuaTable table, SnapshotReader in) {
            TableFormat.read(table, in, later);
        }
    }

    private record Contents(List<Runnable> later) implements SnapshotCodec<Content> {
        @Override
        public String name() {
            return "content of a Lua table";
        }

        @Override
        public boolean accepts(Object object) {
            return object instanceof Content;
        }

        @Override
        public void write(Content content, SnapshotWriter out) {
            out.writeReference(content.name, content.table);
            out.writeString(content.name);
            TableFormat.write(content.table, out);
        }

        @Override
        public boolean needsReferences() {
            return true;
        }

        @Override
        public Content create(SnapshotReader in) {
            LuaTable table = (LuaTable) in.readReference();
            if (table == null) throw new IllegalArgumentException("the content of no table");
            String name = in.readString();
            TableFormat.read(table, in, later);
            return new Content(name, table);
        }
    }

    /** Errors that are on their way while the program is paused, or that coroutines have ended by. */
    private record Errors() implements SnapshotCodec<LuaError> {
        @Override
        public String name() {
            return "Lua error";
        }

        @Override
        public boolean accepts(Object object) {
            return object instanceof LuaError;
        }

        @Override
        public void write(LuaError error, SnapshotWriter out) {
            error.write(out);
        }

        @Override
        public LuaError create(SnapshotReader in) {
            return LuaError.restored();
        }

        @Override
        public void fill(LuaError error, SnapshotReader in) {
            error.read(in);
        }
    }

    private record Levels() implements SnapshotCodec<Level> {
        @Override
        public String name() {
            return "level of a Lua stack";
        }

        @Override
        public boolean accepts(Object object) {
            return object instanceof Level;
        }

        @Override
        public void write(Level level, SnapshotWriter out) {
            level.write(out);
        }

        @Override
        public Level create(SnapshotReader in) {
            return Level.restored();
        }

        @Override
        public void fill(Level level, SnapshotReader in) {
            level.read(in);
        }
    }

    private record Kills() implements SnapshotCodec<Killed> {
        @Override
        public String name() {
            return "end of a Lua coroutine";
        }

        @Override
        public boolean accepts(Object object) {
            return object instanceof Killed;
        }

        @Override
        public void write(Killed killed, SnapshotWriter out) {
            out.writeReference("the error", killed.replaced());
        }

        @Override
        public Killed create(SnapshotReader in) {
            return new Killed();
        }

        @Override
        public void fill(Killed killed, SnapshotReader in) {
            if (in.readReference() instanceof LuaError error) killed.replace(error);
        }
    }
}
