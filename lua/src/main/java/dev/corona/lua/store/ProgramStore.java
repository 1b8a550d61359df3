package dev.corona.lua.store;

import dev.corona.errors.SnapshotException;
import dev.corona.lua.runtime.Host;
import dev.corona.lua.runtime.LuaCode;
import dev.corona.lua.runtime.LuaFunction;
import dev.corona.lua.runtime.LuaState;
import dev.corona.lua.runtime.Program;
import dev.corona.lua.runtime.StateParts;
import dev.corona.lua.runtime.ValueCodecs;
import dev.corona.snapshot.Snapshot;
import dev.corona.snapshot.SnapshotCodec;
import dev.corona.snapshot.SnapshotOptions;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Stores a paused program with what its runtime holds for it, and makes both again in another runtime. */
public final class ProgramStore {
    private static final String OWN = "dev.corona.lua.";
    private static final String COMPILED = "lua.c";

    private ProgramStore() {}

    /**
     * One of the two runtimes.
     *
     * @param fresh a state with the same library in which no program has run
     * @param host the outside world of its library
     * @param hostFunction the class of the functions that a host has defined
     * @param accounted whether its programs count ticks
     */
    public record Place(
            LuaState state,
            LuaState fresh,
            Host host,
            Class<? extends LuaFunction> hostFunction,
            boolean accounted) {}

    /** What a snapshot holds. */
    private record Stored(Program program, StateParts parts, List<ValueCodecs.Content> contents) {}

    /** The program and all that it leads to. */
    public static Snapshot store(Program program, Place place, SnapshotOptions options) {
        LuaState state = place.state();
        RuntimeNames names =
                new RuntimeNames(
                        state,
                        place.fresh(),
                        place.host(),
                        place.hostFunction(),
                        options.hosts(),
                        null);
        List<ValueCodecs.Content> contents = new ArrayList<>();
        RuntimeNames.tables(state)
                .forEach((name, table) -> contents.add(new ValueCodecs.Content(name, table)));
        Stored stored = new Stored(program, state.parts(), contents);
        return Snapshot.of(
                stored,
                complete(options, new ArrayList<>()).withHosts(names),
                () -> StoredChunks.write(names.chunks(), place.accounted()));
    }

    /**
     * The program in another runtime, in which none has run.
     *
     * @param compiler of chunks that were dumped
     */
    public static Program restore(
            Snapshot snapshot,
            Place place,
            SnapshotOptions options,
            Function<byte[], LuaCode> compiler) {
        byte[] attachment = snapshot.attachment(options);
        StoredChunks chunks =
                StoredChunks.read(attachment, place.accounted(), options.loader(), compiler);
        RuntimeNames names =
                new RuntimeNames(
                        place.state(),
                        place.fresh(),
                        place.host(),
                        place.hostFunction(),
                        options.hosts(),
                        chunks);
        List<Runnable> later = new ArrayList<>();
        Stored stored =
                snapshot.restore(
                        Stored.class, complete(options, later).withHosts(names).withLoader(chunks));
        later.forEach(Runnable::run);
        try {
            place.state().restore(stored.parts());
        } catch (IllegalArgumentException e) {
            throw new SnapshotException.Damaged("its runtime was another one", e);
        }
        return stored.program();
    }

    private static SnapshotOptions complete(SnapshotOptions options, List<Runnable> later) {
        SnapshotOptions all =
                options.withFields(type -> type.getName().startsWith(OWN))
                        .withAllowed(name -> name.startsWith(OWN) || name.startsWith(COMPILED));
        for (SnapshotCodec<?> each : ValueCodecs.all(later)) all = all.withCodec(each);
        return all;
    }
}
