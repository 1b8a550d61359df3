package dev.corona.snapshot;

import dev.corona.errors.SnapshotException;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.List;
import java.util.function.Supplier;

/**
 * Suspended coroutines as bytes: to be kept in a file or sent elsewhere, and to go on in another process of the same program.
 *
 * <pre>{@code
 * SnapshotOptions options = SnapshotOptions.of(loader).withAllowed("com.acme.*");
 * Files.write(file, Snapshot.of(generator, options).toBytes());
 * // in the next process
 * Generator<?> generator = Snapshot.ofBytes(Files.readAllBytes(file)).restore(Generator.class, options);
 * }</pre>
 *
 * <p><b>What it holds.</b> One object and all that it refers to: a generator, a coexpression, a symmetric coroutine that is ready,
 * or a collection or record of them and of anything else that can be stored. Shared references and circles stay. A coroutine must
 * be woven and not be running; it may also be new or finished. The original is not changed, and may go on.
 *
 * <p><b>What can be stored</b> beside coroutines: strings, boxes, arrays, enums, records, class objects; serializable objects, by
 * their own serialization; objects of classes with woven methods, by their fields; lambdas of woven classes, and those that are
 * serializable; what the {@link SnapshotOptions} name. What cannot be stored is named in the error, with its path.
 *
 * <p><b>What is refused on the way back.</b> In this order, before any class is loaded: what is no snapshot, what was damaged, what
 * a given key did not seal, what names a class that is not allowed. Then, before any object is made and any class is
 * initialized: what was suspended in a method whose code has changed, by the method's name.
 *
 * <p><b>Java serialization.</b> A snapshot is serializable as such: the stream has its bytes. To read a stream from elsewhere, use
 * {@link #ofSerialized}, or {@link #filter()} for a stream of your own.
 *
 * <p><b>Threads.</b> Immutable. Whoever makes one must not let the coroutine run meanwhile.
 *
 * <p><b>Errors.</b> {@link SnapshotException}, by its subclasses.
 */
public final class Snapshot implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final byte[] NOTHING = new byte[0];

    @SuppressWarnings("serial") // never changed
    private final byte[] bytes;

    private Snapshot(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Stores {@code root} and all that it refers to.
     *
     * @throws SnapshotException.Unstorable if something cannot be stored
     */
    public static Snapshot of(Object root, SnapshotOptions options) {
        return of(root, options, () -> NOTHING);
    }

    /**
     * {@link #of(Object, SnapshotOptions)} with an attachment: what a restoration has to know before it can make objects, such as the source
     * of classes that were made at run time.
     *
     * @param attachment is asked when everything that the object refers to has been found
     */
    public static Snapshot of(Object root, SnapshotOptions options, Supplier<byte[]> attachment) {
        List<Item> items = Scan.of(root, options);
        return new Snapshot(Format.write(items, attachment.get(), options.key()));
    }

    /**
     * The snapshot that {@link #toBytes} gave. Looks at its beginning only; {@link #restore} looks at the rest.
     *
     * @throws SnapshotException.Damaged if it is none
     */
    public static Snapshot ofBytes(byte[] bytes) {
        Format.requireHeader(bytes);
        return new Snapshot(bytes.clone());
    }

    /**
     * The snapshot that an {@code ObjectOutputStream} wrote to {@code in} as one object. Another class is refused by its name,
     * before it is loaded.
     *
     * @throws SnapshotException.Forbidden if the stream names another class
     * @throws IOException if the stream cannot be read
     */
    public static Snapshot ofSerialized(InputStream in) throws IOException {
        try (ObjectInputStream objects = new SnapshotStream(in)) {
            if (objects.readObject() instanceof Snapshot found) return found;
            throw new SnapshotException.Damaged("the stream has none");
        } catch (ClassNotFoundException e) {
            throw new AssertionError("only classes that are there are looked up", e);
        }
    }

    /** Allows snapshots and nothing else in a stream. (The JDK asks a filter about a class after loading it.) */
    public static ObjectInputFilter filter() {
        return SnapshotStream.FILTER;
    }

    /**
     * The attachment; empty if there is none.
     *
     * @throws SnapshotException.Damaged if the snapshot is not as it was written, or not sealed by the options' key
     */
    public byte[] attachment(SnapshotOptions options) {
        Format.requireSeal(bytes, options.key());
        return Format.attachment(bytes);
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    /**
     * Makes the objects again; each call makes new ones.
     *
     * @throws SnapshotException.Damaged if it is not as it was written, or not sealed by the options' key
     * @throws SnapshotException.Forbidden if it names a class that is not allowed
     * @throws SnapshotException.Changed if the program is another one
     * @throws SnapshotException.Unresolved if a host object has no name here
     * @throws ClassCastException if the root is no {@code type}
     */
    public <T> T restore(Class<T> type, SnapshotOptions options) {
        return type.cast(Rebuild.run(Format.read(bytes, options), 1));
    }

    /**
     * The methods in which its coroutines are suspended, by class, name and descriptor. Loads no class; what it says is to be
     * trusted as far as the bytes are.
     */
    public List<String> methods() {
        return Format.types(bytes).stream()
                .filter(t -> t.kind() == Type.Kind.FRAME)
                .map(Type::details)
                .map(d -> d.get(0) + "." + d.get(1) + d.get(2))
                .toList();
    }

    @Override
    public String toString() {
        return "snapshot of %d bytes".formatted(bytes.length);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        Format.requireHeader(bytes);
    }
}
