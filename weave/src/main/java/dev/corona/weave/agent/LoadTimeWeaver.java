package dev.corona.weave.agent;

import dev.corona.weave.WovenSet;
import dev.corona.weave.analysis.Twins;

import org.jspecify.annotations.Nullable;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hands the JVM the woven form of each class that it defines. What is to be woven together is read and woven before the first class of
 * it is defined: the program's class path and modules by {@link #open()}, that of another loader when it defines a class. A class
 * that was defined before is taken as it is. Safe for use by any thread.
 */
final class LoadTimeWeaver implements ClassFileTransformer {
    private final AgentOptions options;
    private final Notices notices;
    private final Instrumentation jvm;
    private final EntryWeaver weaver;
    private final ModuleOpener modules;
    private final ClassLoader system = ClassLoader.getSystemClassLoader();

    /** Until it is open, classes are defined as they are, and noted. */
    private final Object gate = new Object();

    private volatile boolean open;

    LoadTimeWeaver(AgentOptions options, Notices notices, Instrumentation jvm) {
        this.options = options;
        this.notices = notices;
        this.jvm = jvm;
        weaver = new EntryWeaver(options, notices);
        modules = new ModuleOpener(jvm);
    }

    /** What weaving some entries gave. */
    private record Result(Map<String, byte[]> plain, WovenSet woven, List<String> problems) {
        /** Whether the class's form is another than its plain one. */
        boolean isChanged(String name) {
            byte[] before = plain.get(name);
            return before != null && woven.classes().get(name.replace('/', '.')) != before;
        }

        int warnings() {
            return problems.size() + woven.reports().size();
        }
    }

    /**
     * Weaves the program; from now on its classes are defined woven.
     *
     * @return how many warnings there were; with {@code warnings-as-errors} and any, nothing is woven
     */
    int open() {
        long start = System.nanoTime();
        LoaderClasses classes = weaver.of(system);
        List<Entry> entries = Entries.ofProgram();
        entries.forEach(entry -> classes.isNew(entry.location()));
        List<String> problems = new ArrayList<>();
        Map<String, byte[]> plain = weaver.read(entries, problems);
        for (String pattern : weaver.withoutMatch(plain))
            notices.note("weave=%s matches no class of the program so far".formatted(pattern));
        while (true) {
            Result result = weave(plain, system, classes, problems);
            synchronized (gate) {
                if (result.plain().keySet().stream()
                        .anyMatch(n -> result.isChanged(n) && classes.hasPassed(n))) continue;
                boolean fails = report(result);
                if (!fails) add(result, classes);
                open = true;
            }
            summarize(result, "the program", start);
            return result.warnings();
        }
    }

    /** Weaves what is not loaded yet; {@code plain} loses what is. */
    private Result weave(
            Map<String, byte[]> plain,
            ClassLoader loader,
            LoaderClasses classes,
            List<String> problems) {
        while (true) {
            Result result =
                    new Result(Map.copyOf(plain), weaver.weave(plain.values(), loader), problems);
            Set<String> loaded = loadedBy(loader);
            Set<String> late = new TreeSet<>();
            for (String name : plain.keySet()) {
                boolean isDefined = loaded.contains(name) || classes.hasPassed(name);
                if (isDefined && result.isChanged(name)) late.add(name);
            }
            if (late.isEmpty()) {
                problems.addAll(new Fit(plain, result.woven().classes()).problems());
                return result;
            }
            for (String name : late) {
                plain.remove(name);
                problems.add(
                        "%s was loaded before it could be woven; it stays plain: start the JVM with this agent, before any other"
                                .formatted(name.replace('/', '.')));
            }
        }
    }

    private Set<String> loadedBy(ClassLoader loader) {
        Set<String> names = new HashSet<>();
        for (Class<?> c : jvm.getAllLoadedClasses()) {
            if (c.getClassLoader() == loader && !c.isArray() && !c.isHidden())
                names.add(c.getName().replace('.', '/'));
        }
        return names;
    }

    /** Prints warnings; answers whether they keep the classes from being woven. */
    private boolean report(Result result) {
        result.problems().forEach(notices::warn);
        notices.warn(result.woven().reports());
        return options.strict() && result.warnings() > 0;
    }

    private static void add(Result result, LoaderClasses classes) {
        result.plain()
                .forEach(
                        (name, plain) -> {
                            if (!result.isChanged(name)) return;
                            byte[] woven = result.woven().classes().get(name.replace('/', '.'));
                            if (woven != null) classes.add(name, plain, woven);
                        });
    }

    private void summarize(Result result, String of, long start) {
        int changed = result.woven().changed();
        if (options.strict() && result.warnings() > 0) return;
        if (changed == 0) notices.note("nothing of %s is to be woven".formatted(of));
        else
            notices.note(
                    "%d of %d classes of %s woven in %d ms"
                            .formatted(
                                    changed,
                                    result.plain().size(),
                                    of,
                                    (System.nanoTime() - start) / 1_000_000));
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (loader == null || loader == ClassLoader.getPlatformClassLoader() || name == null)
            return null;
        try {
            return options.wants(name.replace('/', '.'))
                    ? form(module, loader, name, redefined, domain, bytes)
                    : null;
        } catch (Throwable e) {
            notices.error(
                    "%s could not be woven; it stays as it is".formatted(name.replace('/', '.')),
                    e);
            return null;
        }
    }

    private byte @Nullable [] form(
            @Nullable Module module,
            ClassLoader loader,
            String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes)
            throws ClassNotFoundException {
        LoaderClasses classes = weaver.of(loader);
        if (Thread.holdsLock(classes) || isClosed(classes, name)) {
            classes.pass(name);
            return null;
        }
        if (redefined != null) return redefine(classes, name);
        prepare(module, loader, name, domain, bytes);
        byte[] form =
                switch (classes.match(name, bytes)) {
                    case PLAIN -> null;
                    case SAME -> classes.woven(name);
                    case OTHER -> weaveOther(classes, loader, name, bytes);
                };
        if (form != null) modules.open(module, loader);
        return form;
    }

    private boolean isClosed(LoaderClasses classes, String name) {
        if (open) return false;
        synchronized (gate) {
            if (!open) classes.pass(name);
            return !open;
        }
    }

    /** The JVM lets nobody add or remove methods of a class that is loaded. */
    private byte @Nullable [] redefine(LoaderClasses classes, String name) {
        if (classes.woven(name) != null)
            notices.warn(
                    "%s is woven and cannot be exchanged while the program runs; start it again"
                            .formatted(name.replace('/', '.')));
        return null;
    }

    /** Weaves what belongs together with a class, if that was not done yet. */
    private void prepare(
            @Nullable Module module,
            ClassLoader loader,
            String name,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        LoaderClasses classes = weaver.of(loader);
        URL place = Entries.location(domain);
        String location = place == null ? "" : Entries.spelled(place);
        synchronized (classes) {
            if (!classes.isNew(location)) return;
            List<Entry> fresh = new ArrayList<>();
            boolean isFound = false;
            for (Entry entry : Entries.around(module, loader, domain)) {
                isFound |= entry.location().equals(location);
                if (entry.location().equals(location) || classes.isNew(entry.location()))
                    fresh.add(entry);
            }
            if (!isFound) warnOfNowhere(loader, name, location, bytes);
            if (!fresh.isEmpty()) weaveEntries(fresh, loader, classes);
        }
    }

    private void warnOfNowhere(ClassLoader loader, String name, String location, byte[] bytes) {
        boolean isNamed = !options.isByUse() || EntryWeaver.usesCorona(bytes);
        if (!isNamed || Twins.areIn(bytes)) return;
        notices.warn(
                "%s, as all that %s defines from %s, stays plain: the agent reads folders, jars and modules only; weave it in its build"
                        .formatted(
                                name.replace('/', '.'),
                                loader,
                                location.isEmpty() ? "no code source" : location));
    }

    private void weaveEntries(List<Entry> entries, ClassLoader loader, LoaderClasses classes) {
        long start = System.nanoTime();
        List<String> problems = new ArrayList<>();
        Map<String, byte[]> plain = weaver.read(entries, problems);
        if (plain.isEmpty() && problems.isEmpty()) return;
        Result result = weave(plain, loader, classes, problems);
        if (report(result)) {
            notices.error(
                    "warnings count as errors, so all classes of %s stay plain".formatted(loader),
                    null);
            return;
        }
        add(result, classes);
        summarize(result, loader.toString(), start);
    }

    /** The class file is not the one that was read: another agent or a compiler was there in between. */
    private byte @Nullable [] weaveOther(
            LoaderClasses classes, ClassLoader loader, String name, byte[] bytes) {
        byte[] expected = classes.woven(name);
        if (expected == null) throw new AssertionError("no form of " + name);
        byte[] woven = weaver.weaveAlone(name, bytes, loader);
        Set<String> missing = new TreeSet<>(Twins.signatures(expected));
        missing.removeAll(Twins.signatures(woven));
        if (missing.isEmpty()) return woven;
        notices.error(
                "%s is not as it was when its callers were woven: it has no resumable %s; start the program again, with this agent before any other"
                        .formatted(name.replace('/', '.'), missing),
                null);
        return woven;
    }
}
