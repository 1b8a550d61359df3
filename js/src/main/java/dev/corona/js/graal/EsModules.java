package dev.corona.js.graal;

import com.oracle.js.parser.ir.Module.ModuleRequest;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.js.runtime.Errors;
import com.oracle.truffle.js.runtime.JSException;
import com.oracle.truffle.js.runtime.JSRealm;
import com.oracle.truffle.js.runtime.objects.AbstractModuleRecord;
import com.oracle.truffle.js.runtime.objects.JSModuleLoader;
import com.oracle.truffle.js.runtime.objects.JSModuleRecord;
import com.oracle.truffle.js.runtime.objects.ScriptOrModule;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The loader of ES modules: what {@code import} gives. A CommonJS or built-in module is imported through a small module that
 * is made for it: its {@code default} is what {@code require} returns, and each property of that is a named export.
 */
public final class EsModules implements JSModuleLoader {
    /** The global function, known to the modules made here, that requires by id. */
    public static final String REQUIRE = "corona.require";

    private static final String MODULE_TYPE = "application/javascript+module";

    private final JSRealm realm;
    private final Resolver resolver;
    private final Path cwd;
    private final Function<String, List<String>> exportNames;
    private final Map<String, AbstractModuleRecord> loaded = new HashMap<>();
    private final Map<String, String> virtual = new HashMap<>();

    private EsModules(
            JSRealm realm,
            Resolver resolver,
            Path cwd,
            Function<String, List<String>> exportNames) {
        this.realm = realm;
        this.resolver = resolver;
        this.cwd = cwd;
        this.exportNames = exportNames;
    }

    /**
     * Makes this the loader of the context that is entered on this thread.
     *
     * @param exportNames requires the module with an id and answers the names of its properties
     */
    public static EsModules install(
            Resolver resolver, Path cwd, Function<String, List<String>> exportNames) {
        JSRealm realm = JSRealm.get(null);
        EsModules loader = new EsModules(realm, resolver, cwd, exportNames);
        try {
            Field field = JSRealm.class.getDeclaredField("moduleLoader");
            field.setAccessible(true);
            field.set(realm, loader);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this GraalJS keeps its module loader elsewhere", e);
        }
        return loader;
    }

    /** Lets {@code text} be imported under {@code id}, an absolute path that need not exist. */
    public void define(String id, String text) {
        virtual.put(id, text);
    }

    @Override
    public AbstractModuleRecord resolveImportedModule(
            ScriptOrModule referrer, ModuleRequest request) {
        String specifier = request.specifier().toJavaStringUncached();
        if (virtual.containsKey(specifier)) return load(specifier, Resolver.Kind.ES_MODULE);
        Source source = referrer.getSource();
        try {
            Resolver.Module module = resolver.resolveImport(specifier, folderOf(source.getName()));
            return load(module.id(), module.kind());
        } catch (Resolver.NotFound e) {
            String from = source.isInternal() ? "" : "\nImported from " + source.getName();
            throw withCode(Errors.createError(e.getMessage() + from), "ERR_MODULE_NOT_FOUND");
        }
    }

    /** The engine's note of what it has linked to what; this loader has its own. */
    @Override
    public AbstractModuleRecord addLoadedModule(
            ModuleRequest request, AbstractModuleRecord record) {
        return record;
    }

    private Path folderOf(String sourceName) {
        Path parent = Path.of(sourceName).getParent();
        return parent == null || !parent.isAbsolute() ? cwd : parent;
    }

    private AbstractModuleRecord load(String id, Resolver.Kind kind) {
        AbstractModuleRecord known = loaded.get(id);
        if (known != null) return known;
        boolean own = kind == Resolver.Kind.ES_MODULE;
        Source source =
                Source.newBuilder("js", own ? read(id) : bridgeTo(id), id)
                        .mimeType(MODULE_TYPE)
                        .uri(Path.of(id).toUri())
                        .internal(!own)
                        .build();
        AbstractModuleRecord record =
                new JSModuleRecord(
                        realm.getContext().getEvaluator().envParseModule(realm, source), this);
        loaded.put(id, record);
        return record;
    }

    private String read(String id) {
        String text = virtual.get(id);
        if (text != null) return text;
        try {
            return Sources.withoutHashbang(Files.readString(Path.of(id)));
        } catch (IOException e) {
            throw withCode(
                    Errors.createError("Cannot read module '" + id + "': " + e.getMessage()),
                    "EIO");
        }
    }

    private String bridgeTo(String id) {
        StringBuilder text = new StringBuilder("const m = globalThis[Symbol.for('");
        text.append(REQUIRE)
                .append("')](")
                .append(Sources.quote(id))
                .append(");\nexport default m;\n");
        int index = 0;
        for (String name : exportNames.apply(id)) {
            if (name.equals("default")) continue;
            String local = "e" + index++;
            text.append("const ")
                    .append(local)
                    .append(" = m[")
                    .append(Sources.quote(name))
                    .append("];\n");
            text.append("export { ")
                    .append(local)
                    .append(" as ")
                    .append(Sources.quote(name))
                    .append(" };\n");
        }
        return text.toString();
    }

    private static JSException withCode(JSException error, @Nullable String code) {
        if (error.getErrorObject()
                instanceof com.oracle.truffle.js.runtime.objects.JSDynamicObject object) {
            com.oracle.truffle.js.runtime.objects.JSObject.set(
                    object,
                    com.oracle.truffle.js.runtime.Strings.fromJavaString("code"),
                    com.oracle.truffle.js.runtime.Strings.fromJavaString(code));
        }
        return error;
    }
}
