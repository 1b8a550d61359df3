package dev.corona.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corona.Generator;
import dev.corona.errors.SnapshotException;
import dev.corona.snapshot.HostObjects;
import dev.corona.snapshot.Snapshot;
import dev.corona.snapshot.SnapshotOptions;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What cannot be stored, and what is not restored, and what the errors say. */
class SnapshotRefusalTest {
    private static final String PROGRAM =
            """
            class P {
                static { System.setProperty("corona.initialized", "yes"); }
                static final class Held implements java.io.Serializable {
                    static { System.setProperty("corona.initialized", "yes"); }
                    Object content;
                }
                static Generator<Object> make(Object content) {
                    return Generator.of("jobs", out -> work(out, content));
                }
                static void work(Generator.Yielder<Object> out, Object content) {
                    Held held = new Held();
                    held.content = content;
                    out.yield(1);
                    out.yield(held.content);
                }
                static Generator<Object> plain() { return make("text"); }
            }
            """;

    /** Remembers which classes it was asked for. */
    private static final class Asked extends ClassLoader {
        private final List<String> names = new ArrayList<>();

        Asked(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            names.add(name);
            return super.loadClass(name, resolve);
        }
    }

    private static Generator<?> started(Class<?> program, Object content) throws Exception {
        var make = program.getDeclaredMethod("make", Object.class);
        make.setAccessible(true);
        Generator<?> generator = (Generator<?>) make.invoke(null, content);
        generator.next();
        return generator;
    }

    private static SnapshotOptions options(Class<?> program) {
        return SnapshotOptions.of(program.getClassLoader()).withAllowed("P");
    }

    private static byte[] stored() throws Exception {
        Class<?> program = Compiled.woven(PROGRAM);
        return Snapshot.of(started(program, "text"), options(program)).toBytes();
    }

    private static void refusesBeforeLoading(
            byte[] bytes, SnapshotOptions options, Asked loader, String message) {
        System.clearProperty("corona.initialized");
        assertThatThrownBy(() -> Snapshot.ofBytes(bytes).restore(Generator.class, options))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining(message);
        assertThat(loader.names).isEmpty();
        assertThat(System.getProperty("corona.initialized")).isNull();
    }

    private static Asked fresh() {
        return new Asked(Compiled.woven(PROGRAM).getClassLoader());
    }

    @Test
    void initializesTheClassesOfAGoodOne() throws Exception {
        Asked loader = fresh();
        byte[] bytes = stored();
        System.clearProperty("corona.initialized");
        Generator<?> restored =
                Snapshot.ofBytes(bytes)
                        .restore(Generator.class, SnapshotOptions.of(loader).withAllowed("P"));
        assertThat(restored.next()).isEqualTo("text");
        assertThat(loader.names).contains("P", "P$Held");
        assertThat(System.getProperty("corona.initialized")).isEqualTo("yes");
    }

    @Test
    void refusesEveryDamagedByteBeforeAnyClassLoads() throws Exception {
        byte[] bytes = stored();
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 0x10;
            Asked loader = new Asked(getClass().getClassLoader());
            SnapshotOptions all = SnapshotOptions.of(loader).withAllowed(n -> true);
            refusesBeforeLoading(damaged, all, loader, "cannot read the snapshot");
        }
    }

    @Test
    void refusesEveryCutAndWhatIsNoSnapshot() throws Exception {
        byte[] bytes = stored();
        Asked loader = fresh();
        SnapshotOptions all = SnapshotOptions.of(loader).withAllowed(n -> true);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(bytes, length);
            refusesBeforeLoading(cut, all, loader, "cannot read the snapshot");
        }
        byte[] foreign = new byte[200];
        refusesBeforeLoading(foreign, all, loader, "it is none");
        bytes[8] = 9;
        refusesBeforeLoading(bytes, all, loader, "it has version 9, and only 3 is known");
    }

    @Test
    void refusesAClassThatIsNotAllowedBeforeAnyClassLoads() throws Exception {
        Asked loader = fresh();
        refusesBeforeLoading(
                stored(),
                SnapshotOptions.of(loader),
                loader,
                "names class P, which is not allowed");
        refusesBeforeLoading(
                stored(),
                SnapshotOptions.of(loader).withAllowed(n -> n.equals("P")),
                loader,
                "names class P$Held, which is not allowed");
    }

    /** Without a key anyone can compute the checksum; the allow-list still holds, and a key refuses it. */
    @Test
    void refusesAForgedFileBeforeAnyClassLoads() throws Exception {
        byte[] forged = stored();
        String text = new String(forged, StandardCharsets.ISO_8859_1).replace("P$Held", "P$Evil");
        byte[] content = text.getBytes(StandardCharsets.ISO_8859_1);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(content, 0, content.length - 32);
        System.arraycopy(digest.digest(), 0, content, content.length - 32, 32);
        Asked loader = fresh();
        SnapshotOptions some =
                SnapshotOptions.of(loader).withAllowed(n -> n.equals("P") || n.equals("P$Held"));
        refusesBeforeLoading(content, some, loader, "names class P$Evil, which is not allowed");
        refusesBeforeLoading(content, some.withKey(new byte[] {1}), loader, "it is not sealed");
    }

    @Test
    void refusesAnotherKeyAndAMissingSealBeforeAnyClassLoads() throws Exception {
        Class<?> program = Compiled.woven(PROGRAM);
        SnapshotOptions sealing = options(program).withKey(new byte[] {1, 2, 3});
        byte[] sealed = Snapshot.of(started(program, "text"), sealing).toBytes();
        assertThat(Snapshot.ofBytes(sealed).restore(Generator.class, sealing).next())
                .isEqualTo("text");
        Asked loader = fresh();
        SnapshotOptions all = SnapshotOptions.of(loader).withAllowed(n -> true);
        refusesBeforeLoading(sealed, all.withKey(new byte[] {1, 2}), loader, "not by this key");
        refusesBeforeLoading(sealed, all, loader, "sealed by a key, and none was given");
        refusesBeforeLoading(stored(), all.withKey(new byte[] {1}), loader, "it is not sealed");
    }

    @Test
    void refusesChangedCodeByTheNameOfTheMethodAndInitializesNothing() throws Exception {
        byte[] bytes = stored();
        Class<?> changed =
                Compiled.woven(PROGRAM.replace("out.yield(1);", "out.yield(1); out.yield(2);"));
        System.clearProperty("corona.initialized");
        assertThatExceptionOfType(SnapshotException.Changed.class)
                .isThrownBy(
                        () -> Snapshot.ofBytes(bytes).restore(Generator.class, options(changed)))
                .withMessageContaining(
                        "method P.work(Ldev/corona/Generator$Yielder;Ljava/lang/Object;)V has changed");
        assertThat(System.getProperty("corona.initialized")).isNull();
    }

    @Test
    void refusesAMethodThatIsGoneAndALambdaThatHasChanged() throws Exception {
        byte[] bytes = stored();
        Class<?> renamed = Compiled.woven(PROGRAM.replace("work(", "toil("));
        assertThatThrownBy(() -> Snapshot.ofBytes(bytes).restore(Generator.class, options(renamed)))
                .isInstanceOf(SnapshotException.Changed.class)
                .hasMessageContaining("P.")
                .hasMessageContaining("restore it with the program that wrote it");
        Class<?> field =
                Compiled.woven(PROGRAM.replace("Object content;", "Object content; int more;"));
        assertThatThrownBy(() -> Snapshot.ofBytes(bytes).restore(Generator.class, options(field)))
                .isInstanceOf(SnapshotException.Changed.class);
    }

    @Test
    void takesCodeThatIsTheSameOnOtherLines() throws Exception {
        byte[] bytes = stored();
        Class<?> moved =
                Compiled.woven(
                        PROGRAM.replace(
                                        "static Generator<Object> plain",
                                        "// a comment\n\n int more() { return 7; }\n static Generator<Object> plain")
                                .replace(
                                        "Held held = new Held();\n",
                                        "\n\n Held other = new Held();\n")
                                .replace("held.content", "other.content"));
        assertThat(Snapshot.ofBytes(bytes).restore(Generator.class, options(moved)).next())
                .isEqualTo("text");
    }

    @Test
    void namesWhatCannotBeStoredWithItsPath() throws Exception {
        Class<?> program = Compiled.woven(PROGRAM);
        try (Socket socket = new Socket()) {
            Generator<?> generator = started(program, Map.of("connection", socket));
            assertThatExceptionOfType(SnapshotException.Unstorable.class)
                    .isThrownBy(() -> Snapshot.of(generator, options(program)))
                    .withMessageStartingWith(
                            "cannot store java.net.Socket, which is held by generator jobs > frame P.work (line 16) > ")
                    .withMessageContaining(
                            "local variable held > field Held.content > an element of ")
                    .withMessageContaining("give it a name with HostObjects")
                    .satisfies(e -> assertThat(e.path()).contains("local variable held"));
            assertThat(generator.next()).as("it goes on").isInstanceOf(Map.class);
        }
    }

    @Test
    void namesALambdaOfAClassThatIsNotWoven() throws Exception {
        Class<?> program = Compiled.woven(PROGRAM);
        Runnable foreign = () -> {};
        Generator<?> generator = started(program, foreign);
        assertThatThrownBy(() -> Snapshot.of(generator, options(program)))
                .isInstanceOf(SnapshotException.Unstorable.class)
                .hasMessageContaining("this lambda is written in a class that is not woven");
    }

    @Test
    void namesACoroutineOfAnotherEngineAndOneThatRuns() throws Exception {
        Generator<Integer> unwoven = Generator.of(out -> out.yield(1));
        unwoven.next();
        assertThatThrownBy(() -> Snapshot.of(unwoven, options(getClass())))
                .isInstanceOf(SnapshotException.Unstorable.class)
                .hasMessageContaining("only woven coroutines can be stored, so weave the class");
        unwoven.close();
        Class<?> program =
                Compiled.woven(
                        """
                        class P {
                            static Object failure;
                            static Generator<Object> make() {
                                Generator<?>[] self = new Generator<?>[1];
                                Generator<Object> made = Generator.of("itself", out -> {
                                    try { Q.store(self[0]); } catch (Exception e) { failure = e; }
                                    out.yield(1);
                                });
                                self[0] = made;
                                made.next();
                                return made;
                            }
                            static Object run() { make(); return failure; }
                        }
                        class Q { static Object store(Object o) { return dev.corona.snapshot.Snapshot.of(o, dev.corona.snapshot.SnapshotOptions.of(null)); } }
                        """);
        assertThat((Throwable) Compiled.call(program, "run"))
                .isInstanceOf(SnapshotException.Unstorable.class)
                .hasMessageContaining("it is running; store it while it is suspended");
    }

    @Test
    void hostObjectsAreStoredByNameAndResolved() throws Exception {
        Class<?> program = Compiled.woven(PROGRAM);
        try (Socket socket = new Socket();
                Socket other = new Socket()) {
            SnapshotOptions here =
                    options(program).withHosts(HostObjects.of(Map.of("server", socket)));
            byte[] bytes = Snapshot.of(started(program, socket), here).toBytes();
            SnapshotOptions there =
                    options(program).withHosts(HostObjects.of(Map.of("server", other)));
            assertThat(Snapshot.ofBytes(bytes).restore(Generator.class, there).next())
                    .isSameAs(other);
            assertThatThrownBy(
                            () ->
                                    Snapshot.ofBytes(bytes)
                                            .restore(Generator.class, options(program)))
                    .isInstanceOf(SnapshotException.Unresolved.class)
                    .hasMessageContaining("nothing is called \"server\" here");
        }
    }

    @Test
    void javaSerializationCarriesSnapshotsAndRefusesOtherClassesBeforeTheyLoad() throws Exception {
        Class<?> program = Compiled.woven(PROGRAM);
        Snapshot snapshot = Snapshot.of(started(program, "text"), options(program));
        Snapshot read = Snapshot.ofSerialized(new ByteArrayInputStream(serialized(snapshot)));
        assertThat(read.restore(Generator.class, options(program)).next()).isEqualTo("text");
        byte[] foreign = serialized(new ArrayList<>(List.of(snapshot)));
        assertThatThrownBy(() -> Snapshot.ofSerialized(new ByteArrayInputStream(foreign)))
                .isInstanceOf(SnapshotException.Forbidden.class)
                .hasMessageContaining("java.util.ArrayList");
        ObjectInputStream filtered = new ObjectInputStream(new ByteArrayInputStream(foreign));
        filtered.setObjectInputFilter(Snapshot.filter());
        assertThatThrownBy(filtered::readObject).isInstanceOf(InvalidClassException.class);
        byte[] tampered = serialized(snapshot);
        tampered[tampered.length - 1] ^= 1;
        Snapshot damaged = Snapshot.ofSerialized(new ByteArrayInputStream(tampered));
        Asked loader = fresh();
        refusesBeforeLoading(
                damaged.toBytes(),
                SnapshotOptions.of(loader).withAllowed("P"),
                loader,
                "its checksum is wrong");
    }

    /** A stream that names a class which exists nowhere is refused by its name; looking for it would say that it is missing. */
    @Test
    void aForeignStreamIsNotEvenLookedUp() throws Exception {
        Class<?> program = Compiled.woven(PROGRAM);
        Object held = program.getClassLoader().loadClass("P$Held").getDeclaredConstructor();
        assertThat(held).isNotNull();
        var constructor = program.getClassLoader().loadClass("P$Held").getDeclaredConstructor();
        constructor.setAccessible(true);
        byte[] foreign = serialized(constructor.newInstance());
        System.clearProperty("corona.initialized");
        assertThatThrownBy(() -> Snapshot.ofSerialized(new ByteArrayInputStream(foreign)))
                .isInstanceOf(SnapshotException.Forbidden.class)
                .hasMessageContaining("P$Held");
        assertThat(System.getProperty("corona.initialized")).isNull();
    }

    private static byte[] serialized(Object object) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    @Test
    void methodsAreNamedWithoutLoadingThem() throws Exception {
        assertThat(Snapshot.ofBytes(stored()).methods())
                .anyMatch(m -> m.startsWith("P.work("))
                .anyMatch(m -> m.startsWith("P.lambda$make$0("));
    }
}
