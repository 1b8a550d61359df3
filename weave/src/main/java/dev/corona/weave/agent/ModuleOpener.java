package dev.corona.weave.agent;

import org.jspecify.annotations.Nullable;

import java.lang.instrument.Instrumentation;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/** Gives Corona's core the access to modules with woven classes that a build would ask for by {@code opens}. */
final class ModuleOpener {
    private static final String STRAND = "dev.corona.woven.Strand";

    private final Instrumentation jvm;
    private final Set<Module> opened =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    ModuleOpener(Instrumentation jvm) {
        this.jvm = jvm;
    }

    /**
     * Lets {@code module} and Corona's core see each other.
     *
     * @throws ClassNotFoundException if the module's loader has no core
     */
    void open(@Nullable Module module, ClassLoader loader) throws ClassNotFoundException {
        if (module == null || !module.isNamed() || !opened.add(module)) return;
        Module core = Class.forName(STRAND, false, loader).getModule();
        Map<String, Set<Module>> packages = new HashMap<>();
        for (String each : module.getPackages()) packages.put(each, Set.of(core));
        jvm.redefineModule(module, Set.of(core), Map.of(), packages, Set.of(), Map.of());
    }
}
