package dev.corona.weave;

import dev.corona.weave.analysis.ClassIndex;
import dev.corona.weave.analysis.Suspensions;
import dev.corona.weave.transform.ClassWeaver;
import dev.corona.weave.transform.ClassWeaver.Refused;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes methods resumable: gives them, beside the code that they have, a form that can leave at a suspension point and go on
 * there later. Classes that call each other are woven together, so that all ways to a suspension point are seen.
 *
 * <p>A method becomes resumable if it is marked by {@code dev.corona.Resumable}, itself or by its class or package, or if one of its calls
 * can reach a suspension point. Constructors, class initializers, native and {@code synchronized} methods never are.
 *
 * <p>Immutable; safe for use by any thread.
 */
public final class Weaver {
    /**
     * What to weave, and where to look.
     *
     * @param everything whether all methods count as marked
     * @param classPath gives the class file of an internal name, such as {@code java/util/List}; null if there is none
     */
    public record Options(boolean everything, Function<String, byte @Nullable []> classPath) {
        /** Marked methods and those that reach a suspension point; other classes are found as {@code loader}'s resources. */
        public static Options marked(ClassLoader loader) {
            return new Options(false, name -> read(loader, name));
        }

        public Options withEverything() {
            return new Options(true, classPath);
        }

        private static byte @Nullable [] read(ClassLoader loader, String name) {
            try (InputStream in = loader.getResourceAsStream(name + ".class")) {
                return in == null ? null : in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read class " + name, e);
            }
        }
    }

    private final Options options;

    private Weaver(Options options) {
        this.options = options;
    }

    public static Weaver of(Options options) {
        return new Weaver(options);
    }

    /** Weaves the classes together. Nothing is thrown for a method that cannot be woven: it keeps its plain form. */
    public WovenSet weave(Collection<byte[]> classes) {
        ClassIndex index = new ClassIndex(classes, options.classPath());
        Suspensions suspensions = new Suspensions(index, options.everything());
        List<Report> reports = new ArrayList<>();
        Map<String, byte[]> woven = new HashMap<>();
        int refused;
        do {
            refused = reports.size();
            woven.clear();
            for (ClassModel c : index.classes()) weave(c, suspensions, woven, reports);
        } while (reports.size() > refused);
        Map<String, byte[]> all = new HashMap<>();
        for (byte[] bytes : classes) all.put(name(ClassFile.of().parse(bytes)), bytes);
        all.putAll(woven);
        return new WovenSet(all, woven.size(), suspensions.size(), reports);
    }

    private static void weave(
            ClassModel model,
            Suspensions suspensions,
            Map<String, byte[]> woven,
            List<Report> reports) {
        ClassWeaver weaver = new ClassWeaver(model, suspensions);
        if (!ClassIndex.isNewEnough(model) || !weaver.isNeeded()) return;
        try {
            woven.put(name(model), weaver.weave());
        } catch (RuntimeException e) {
            List<Refused> refusals = weaver.refusals();
            if (refusals.isEmpty()) throw e;
            for (Refused r : refusals) {
                suspensions.refuse(model, r.method());
                reports.add(
                        new Report(name(model), r.method().methodName().stringValue(), r.reason()));
            }
        }
    }

    private static String name(ClassModel model) {
        return model.thisClass().asInternalName().replace('/', '.');
    }
}
