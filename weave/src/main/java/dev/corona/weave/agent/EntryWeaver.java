package dev.corona.weave.agent;

import dev.corona.weave.Weaver;
import dev.corona.weave.WovenSet;
import dev.corona.weave.analysis.Patterns;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/** Reads what belongs to a program and weaves it, each loader's classes against those of the loaders above. */
final class EntryWeaver {
    private static final byte[] CORONA = "dev/corona/".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WOVEN = "dev/corona/woven/".getBytes(StandardCharsets.US_ASCII);

    private final AgentOptions options;
    private final Notices notices;

    /** Guarded by itself; a loader that nobody needs any more takes its classes with it. */
    private final Map<ClassLoader, LoaderClasses> loaders = new WeakHashMap<>();

    EntryWeaver(AgentOptions options, Notices notices) {
        this.options = options;
        this.notices = notices;
    }

    LoaderClasses of(ClassLoader loader) {
        synchronized (loaders) {
            return loaders.computeIfAbsent(loader, l -> new LoaderClasses());
        }
    }

    /**
     * The class files to weave together, by internal name; of two with one name the first.
     *
     * @param problems takes what cannot be read
     */
    Map<String, byte[]> read(List<Entry> entries, List<String> problems) {
        Map<String, byte[]> all = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Map<String, byte[]> found = new LinkedHashMap<>();
            try {
                entry.read(options::wants, found::put);
            } catch (IOException | UncheckedIOException e) {
                problems.add(
                        "%s cannot be read (%s); its classes stay plain"
                                .formatted(entry.location(), e.getMessage()));
                continue;
            }
            found.entrySet().removeIf(each -> isBroken(each, entry, problems));
            if (options.isByUse() && found.values().stream().noneMatch(c -> contains(c, CORONA)))
                continue;
            found.forEach(all::putIfAbsent);
        }
        return all;
    }

    private static boolean isBroken(
            Map.Entry<String, byte[]> each, Entry entry, List<String> problems) {
        try {
            String inside = ClassFile.of().parse(each.getValue()).thisClass().asInternalName();
            if (inside.equals(each.getKey())) return false;
            problems.add(
                    "%s.class in %s holds class %s; it stays as it is"
                            .formatted(each.getKey(), entry.location(), inside.replace('/', '.')));
        } catch (IllegalArgumentException e) {
            problems.add(
                    "%s.class in %s is not a class file that Java %d reads (%s); it stays as it is"
                            .formatted(
                                    each.getKey(),
                                    entry.location(),
                                    Runtime.version().feature(),
                                    e.getMessage()));
        }
        return true;
    }

    WovenSet weave(Collection<byte[]> plain, ClassLoader loader) {
        return Weaver.of(weaverOptions(loader)).weave(plain);
    }

    /** Weaves a class whose file is another than the one that its callers were woven with: all its methods get a resumable form. */
    byte[] weaveAlone(String name, byte[] bytes, ClassLoader loader) {
        WovenSet set = Weaver.of(weaverOptions(loader).withEverything()).weave(List.of(bytes));
        notices.warn(set.reports());
        byte[] woven = set.classes().get(name.replace('/', '.'));
        return woven == null ? bytes : woven;
    }

    private Weaver.Options weaverOptions(ClassLoader loader) {
        Weaver.Options all =
                Weaver.Options.marked(name -> find(name, loader))
                        .withAccepted(Patterns.of(options.accepted()));
        return options.everything() ? all.withEverything() : all;
    }

    private byte @Nullable [] find(String name, ClassLoader loader) {
        for (ClassLoader each = loader; each != null; each = each.getParent()) {
            byte[] woven = of(each).woven(name);
            if (woven != null) return woven;
        }
        try (InputStream in = loader.getResourceAsStream(name + Entry.CLASS)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read class " + name.replace('/', '.'), e);
        }
    }

    /** Whether a class file is plain code that uses Corona. */
    static boolean usesCorona(byte[] classFile) {
        return contains(classFile, CORONA) && !contains(classFile, WOVEN);
    }

    private static boolean contains(byte[] text, byte[] part) {
        for (int i = 0; i <= text.length - part.length; i++) {
            int same = 0;
            while (same < part.length && text[i + same] == part[same]) same++;
            if (same == part.length) return true;
        }
        return false;
    }

    /** The patterns of classes to weave that no class of {@code found} matches. */
    List<String> withoutMatch(Map<String, byte[]> found) {
        List<String> without = new ArrayList<>();
        for (String pattern : options.wanted()) {
            var matches = Patterns.of(List.of(pattern));
            if (found.keySet().stream().noneMatch(name -> matches.test(name.replace('/', '.'))))
                without.add(pattern);
        }
        return without;
    }
}
