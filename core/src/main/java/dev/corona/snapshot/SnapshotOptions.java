package dev.corona.snapshot;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * How a snapshot is written and read: the same options serve for both. Immutable; {@code withX} methods give changed ones.
 *
 * <p>A restoration loads only classes that the options allow: values of the JDK (collections, times, numbers, exceptions), Corona's
 * own, and what {@link #withAllowed} adds. By default that is nothing else.
 */
public final class SnapshotOptions {
    private final @Nullable ClassLoader loader;
    private final Predicate<String> allowed;
    private final byte @Nullable [] key;
    private final HostObjects hosts;
    private final List<SnapshotCodec<?>> codecs;
    private final Predicate<Class<?>> fields;

    private SnapshotOptions(
            @Nullable ClassLoader loader,
            Predicate<String> allowed,
            byte @Nullable [] key,
            HostObjects hosts,
            List<SnapshotCodec<?>> codecs,
            Predicate<Class<?>> fields) {
        this.loader = loader;
        this.allowed = allowed;
        this.key = key;
        this.hosts = hosts;
        this.codecs = List.copyOf(codecs);
        this.fields = fields;
    }

    /** Options by which classes are found by {@code loader}; null stands for the system's. */
    public static SnapshotOptions of(@Nullable ClassLoader loader) {
        HostObjects none = HostObjects.of(java.util.Map.of());
        return new SnapshotOptions(loader, JdkClasses::isValue, null, none, List.of(), c -> false);
    }

    /**
     * Allows classes besides those that are allowed now.
     *
     * @param patterns names of classes with dots, which allow their nested classes too, or of packages with {@code .*}
     */
    public SnapshotOptions withAllowed(String... patterns) {
        List<String> all = List.of(patterns);
        return withAllowed(name -> all.stream().anyMatch(p -> matches(p, name)));
    }

    private static boolean matches(String pattern, String name) {
        if (!pattern.endsWith(".*")) return name.equals(pattern) || name.startsWith(pattern + "$");
        int length = pattern.length() - 1;
        return name.startsWith(pattern.substring(0, length)) && name.indexOf('.', length) < 0;
    }

    /** Allows classes besides those that are allowed now; asked for names with dots, before a class is loaded. */
    public SnapshotOptions withAllowed(Predicate<String> more) {
        return new SnapshotOptions(loader, allowed.or(more), key, hosts, codecs, fields);
    }

    /**
     * Seals what is written, and refuses to read what has no seal by the same key (HMAC-SHA-256). Without a key a snapshot has a
     * checksum, which shows damage, but whoever can write the file can forge it.
     *
     * @param newKey secret; 32 random bytes are good
     */
    public SnapshotOptions withKey(byte[] newKey) {
        if (newKey.length == 0) throw new IllegalArgumentException("a key has at least one byte");
        return new SnapshotOptions(loader, allowed, newKey.clone(), hosts, codecs, fields);
    }

    /** Replaces the host objects. */
    public SnapshotOptions withHosts(HostObjects newHosts) {
        return new SnapshotOptions(loader, allowed, key, newHosts, codecs, fields);
    }

    /** Adds a codec; those that were added first are asked first. */
    public SnapshotOptions withCodec(SnapshotCodec<?> codec) {
        List<SnapshotCodec<?>> more = new ArrayList<>(codecs);
        more.add(codec);
        return new SnapshotOptions(loader, allowed, key, hosts, more, fields);
    }

    /** Stores objects of these classes field by field, without their transient fields, though they are not serializable. */
    public SnapshotOptions withFields(Predicate<Class<?>> classes) {
        return new SnapshotOptions(loader, allowed, key, hosts, codecs, fields.or(classes));
    }

    /** Replaces the loader that finds classes; null stands for the system's. */
    public SnapshotOptions withLoader(@Nullable ClassLoader newLoader) {
        return new SnapshotOptions(newLoader, allowed, key, hosts, codecs, fields);
    }

    /** What finds classes; null stands for the system's. */
    public @Nullable ClassLoader loader() {
        return loader;
    }

    Predicate<String> allowed() {
        return allowed;
    }

    byte @Nullable [] key() {
        return key;
    }

    /** The host objects. */
    public HostObjects hosts() {
        return hosts;
    }

    List<SnapshotCodec<?>> codecs() {
        return codecs;
    }

    Predicate<Class<?>> fields() {
        return fields;
    }
}
