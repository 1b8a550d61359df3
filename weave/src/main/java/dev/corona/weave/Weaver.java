package dev.corona.weave;

import dev.corona.weave.analysis.ClassIndex;
import dev.corona.weave.analysis.Escapes;
import dev.corona.weave.analysis.Suspensions;
import dev.corona.weave.analysis.Twins;
import dev.corona.weave.transform.ClassWeaver;
import dev.corona.weave.transform.ClassWeaver.Refused;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.LineNumber;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

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
     * @param everything whether all methods count as marked; then no call is reported as an escape
     * @param classPath gives the class file of an internal name, such as {@code java/util/List}; null if there is none
     * @param accepted whether code that can suspend may be handed to a method that is not woven, asked for by its class and
     *     name, such as {@code java.util.List.forEach}, without a report
     */
    public record Options(
            boolean everything,
            Function<String, byte @Nullable []> classPath,
            Predicate<String> accepted) {
        /** Marked methods and those that reach a suspension point; other classes are found as {@code loader}'s resources. */
        public static Options marked(ClassLoader loader) {
            return marked(name -> read(loader, name));
        }

        /** Marked methods and those that reach a suspension point; {@code classPath} is described at the component. */
        public static Options marked(Function<String, byte @Nullable []> classPath) {
            return new Options(false, classPath, callee -> false);
        }

        public Options withEverything() {
            return new Options(true, classPath, accepted);
        }

        public Options withAccepted(Predicate<String> callees) {
            return new Options(everything, classPath, callees);
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

    /**
     * Weaves the classes together. Nothing is thrown for a method that cannot be woven: it keeps its plain form. Classes that are
     * woven already stay as they are, and the others can suspend in them, as in woven classes of the class path.
     */
    public WovenSet weave(Collection<byte[]> classes) {
        Map<String, byte[]> done = new HashMap<>();
        List<byte[]> plain = new ArrayList<>();
        for (byte[] bytes : classes) {
            if (Twins.areIn(bytes))
                done.put(ClassFile.of().parse(bytes).thisClass().asInternalName(), bytes);
            else plain.add(bytes);
        }
        ClassIndex index =
                new ClassIndex(
                        plain,
                        internalName -> {
                            byte[] known = done.get(internalName);
                            return known == null ? options.classPath().apply(internalName) : known;
                        });
        Suspensions suspensions = new Suspensions(index, options.everything());
        List<Report> reports = new ArrayList<>();
        Map<String, byte[]> woven = new HashMap<>();
        boolean gaveUp;
        do {
            gaveUp = false;
            woven.clear();
            for (ClassModel c : index.classes()) gaveUp |= !weave(c, suspensions, woven, reports);
        } while (gaveUp);
        if (!options.everything()) {
            for (ClassModel c : index.classes()) reportEscapes(c, suspensions, reports);
        }
        Map<String, byte[]> all = new HashMap<>();
        for (byte[] bytes : classes) all.put(name(ClassFile.of().parse(bytes)), bytes);
        all.putAll(woven);
        return new WovenSet(all, woven.size(), suspensions.size(), reports);
    }

    /** Returns false if something had to be given up, so that all classes are to be woven anew. */
    private static boolean weave(
            ClassModel model,
            Suspensions suspensions,
            Map<String, byte[]> woven,
            List<Report> reports) {
        ClassWeaver weaver = new ClassWeaver(model, suspensions);
        if (!ClassIndex.isNewEnough(model) || suspensions.isRefused(model) || !weaver.isNeeded())
            return true;
        try {
            woven.put(name(model), weaver.weave());
            return true;
        } catch (RuntimeException e) {
            List<Refused> refusals = weaver.refusals();
            for (Refused r : refusals) refuse(model, r, suspensions, reports);
            if (!refusals.isEmpty()) return false;
            if (!(e instanceof IllegalArgumentException)) throw e;
            if (!suspensions.giveUpDirectForms(model))
                refuse(model, e.getMessage(), suspensions, reports);
            return false;
        }
    }

    private static void refuse(
            ClassModel model, Refused refused, Suspensions suspensions, List<Report> reports) {
        suspensions.refuse(model, refused.method());
        reports.add(
                new Report(
                        Report.Kind.NOT_RESUMABLE,
                        name(model),
                        refused.method().methodName().stringValue(),
                        firstLine(refused.method()),
                        refused.reason()));
    }

    /** Each of its methods could be woven, but not all: it stays as it is. */
    private static void refuse(
            ClassModel model,
            @Nullable String limit,
            Suspensions suspensions,
            List<Report> reports) {
        suspensions.refuse(model);
        reports.add(
                new Report(
                        Report.Kind.NOT_WOVEN,
                        name(model),
                        "",
                        -1,
                        "with the resumable forms of its methods it would be too large for a class file (%s); split it"
                                .formatted(limit)));
    }

    private static int firstLine(MethodModel method) {
        return method.code().stream()
                .flatMap(CodeModel::elementStream)
                .mapMulti(
                        (CodeElement e, Consumer<Integer> out) -> {
                            if (e instanceof LineNumber number) out.accept(number.line());
                        })
                .findFirst()
                .orElse(-1);
    }

    private void reportEscapes(ClassModel model, Suspensions suspensions, List<Report> reports) {
        if (!ClassIndex.isNewEnough(model)) return;
        for (Escapes.Escape escape : Escapes.of(model, suspensions)) {
            if (options.accepted().test(escape.callee())) continue;
            reports.add(
                    new Report(
                            Report.Kind.ESCAPE,
                            name(model),
                            escape.method().methodName().stringValue(),
                            escape.line(),
                            "a lambda that can suspend is handed to %s, which is not woven; if that calls it, it cannot suspend: write a loop instead, or weave that method too"
                                    .formatted(escape.callee())));
        }
    }

    private static String name(ClassModel model) {
        return model.thisClass().asInternalName().replace('/', '.');
    }
}
