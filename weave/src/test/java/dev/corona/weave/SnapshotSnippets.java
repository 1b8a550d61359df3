package dev.corona.weave;

import dev.corona.Coexpression;
import dev.corona.Generator;
import dev.corona.snapshot.HostObjects;
import dev.corona.snapshot.Snapshot;
import dev.corona.snapshot.SnapshotOptions;
import dev.corona.snapshot.Snapshots;
import dev.corona.snapshot.SuspendedCall;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The code of docs/coroutines-as-values.md. */
final class SnapshotSnippets {
    private SnapshotSnippets() {}

    static void store(Generator<String> story, Path file, SnapshotOptions options)
            throws IOException {
        Files.write(file, Snapshot.of(story, options).toBytes());
    }

    static Generator<?> restore(Path file, SnapshotOptions options) throws IOException {
        return Snapshot.ofBytes(Files.readAllBytes(file)).restore(Generator.class, options);
    }

    static SnapshotOptions options(ClassLoader program, byte[] key, Socket server) {
        return SnapshotOptions.of(program)
                .withAllowed("com.acme.jobs.*", "com.acme.Money")
                .withKey(key)
                .withHosts(HostObjects.of(Map.of("server", server)));
    }

    static void explore(Coexpression<Boolean, String> story) {
        Coexpression<Boolean, String> other = Snapshots.copy(story);
        System.out.println("if so: " + story.yieldCall(true));
        System.out.println("if not: " + other.yieldCall(false));
    }

    static void show(Generator<String> story) {
        for (SuspendedCall call : Snapshots.calls(story)) System.out.println(call);
    }
}
