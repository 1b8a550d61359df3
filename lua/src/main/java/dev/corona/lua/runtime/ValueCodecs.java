package dev.corona.lua.runtime;

import dev.corona.snapshot.SnapshotCodec;
import dev.corona.snapshot.SnapshotReader;
import dev.corona.snapshot.SnapshotWriter;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

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
                new Filled<>(
                        "Lua table",
                        LuaTable.class,
                        LuaTable::new,
                        TableFormat::write,
                        (table, in) -> TableFormat.read(table, in, later)),
                new Contents(later),
                new Filled<>(
                        "Lua error",
                        LuaError.class,
                        LuaError::restored,
                        LuaError::write,
                        LuaError::read),
                new Filled<>(
                        "level of a Lua stack",
                        Level.class,
                        Level::restored,
                        Level::write,
                        Level::read),
                new Filled<>(
                        "end of a Lua coroutine",
                        Killed.class,
                        Killed::new,
                        Killed::write,
                        Killed::read),
                new Filled<>(
                        "end of a Lua program",
                        Exiting.class,
                        Exiting::restored,
                        Exiting::write,
                        Exiting::read));
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

    /** Of objects that are made empty, so that they may be part of a circle, and filled then. */
    private record Filled<T>(
            String name,
            Class<T> type,
            Supplier<T> empty,
            BiConsumer<T, SnapshotWriter> writer,
            BiConsumer<T, SnapshotReader> reader)
            implements SnapshotCodec<T> {
        @Override
        public boolean accepts(Object object) {
            return type.isInstance(object);
        }

        @Override
        public void write(T object, SnapshotWriter out) {
            writer.accept(object, out);
        }

        @Override
        public T create(SnapshotReader in) {
            return empty.get();
        }

        @Override
        public void fill(T object, SnapshotReader in) {
            reader.accept(object, in);
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
}
