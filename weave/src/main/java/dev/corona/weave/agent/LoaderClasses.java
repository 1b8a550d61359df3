package dev.corona.weave.agent;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of the classes that one loader defines, by internal name. Its monitor is held while entries of the loader are woven, so
 * that classes which other threads load meanwhile wait for the result.
 */
final class LoaderClasses {
    /**
     * The woven form of a class that is to be defined.
     *
     * @param plainHash of the class file that it was made from
     */
    private record Form(byte[] plainHash, byte[] woven) {}

    /** What is made of a class file. */
    enum Match {
        /** Its class has no resumable methods. */
        PLAIN,
        /** It is the one that was woven. */
        SAME,
        /** Its class was woven from another one. */
        OTHER
    }

    private final Map<String, Form> forms = new ConcurrentHashMap<>();

    /** Classes that were defined as they are before it was known what they would be. */
    private final Set<String> passed = ConcurrentHashMap.newKeySet();

    /** Where classes come from that were woven, or cannot be; guarded by this. */
    private final Set<String> locations = new HashSet<>();

    /** Notes a location; answers whether it is new. */
    synchronized boolean isNew(String location) {
        return locations.add(location);
    }

    void pass(String name) {
        passed.add(name);
    }

    boolean hasPassed(String name) {
        return passed.contains(name);
    }

    void add(String name, byte[] plain, byte[] woven) {
        forms.put(name, new Form(hash(plain), woven));
    }

    Match match(String name, byte[] plain) {
        Form form = forms.get(name);
        if (form == null) return Match.PLAIN;
        return MessageDigest.isEqual(form.plainHash, hash(plain)) ? Match.SAME : Match.OTHER;
    }

    /** The woven form of a class; null if it stays as it is. */
    byte @Nullable [] woven(String name) {
        Form form = forms.get(name);
        return form == null ? null : form.woven;
    }

    private static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
