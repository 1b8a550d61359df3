package dev.corona.js.host;

import dev.corona.js.graal.Resolver;
import dev.corona.js.graal.Sources;

import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Resolution and compilation of CommonJS modules for {@code modules.js}. For the loop's thread. */
public final class Modules {
    private final Context context;
    private final Resolver resolver;
    private final Guest guest;
    private final Path cwd;

    /** Sources that are no files, by their names. */
    private final Map<String, String> texts = new HashMap<>();

    public Modules(Context context, Resolver resolver, Guest guest, Path cwd) {
        this.cwd = cwd;
        this.context = context;
        this.resolver = resolver;
        this.guest = guest;
    }

    /** Gives {@code text} to whoever compiles or prints the source called {@code name}. */
    public void define(String name, String text) {
        texts.put(name, text);
    }

    /** The text of a source that was loaded or can be read; null if there is none. */
    public @Nullable String textOf(String name) {
        String text = texts.get(name);
        if (text != null) return text;
        try {
            Path path = Path.of(name);
            return path.isAbsolute() && Files.isRegularFile(path) ? Files.readString(path) : null;
        } catch (java.io.IOException | java.nio.file.InvalidPathException e) {
            return null;
        }
    }

    /**
     * What {@code modules.js} calls. Functions, not exported methods: linking the first method of an object takes longer than
     * all else that a short script needs of this class.
     */
    public ProxyObject bridge() {
        Map<String, ProxyExecutable> functions =
                Map.of(
                        "resolve", a -> resolve(string(a, 0), string(a, 1), string(a, 2)),
                        "kind", a -> kind(string(a, 0)),
                        "read", a -> read(string(a, 0)),
                        "folder", a -> folder(string(a, 0)),
                        "text", a -> text(string(a, 0)));
        return ProxyObject.fromMap(new HashMap<>(functions));
    }

    private static String string(Value[] arguments, int index) {
        return arguments[index].asString();
    }

    /** The id of the module that {@code require(specifier)} in a file of {@code folder} names. */
    private String resolve(String specifier, String folder, String requireStack) {
        try {
            return resolver.resolveRequire(specifier, Path.of(folder)).id();
        } catch (Resolver.NotFound e) {
            throw guest.error("Error", e.getMessage() + requireStack, "MODULE_NOT_FOUND");
        }
    }

    /** One of {@code builtin}, {@code module}, {@code commonjs}, {@code json}. */
    private String kind(String id) {
        if (id.startsWith("corona:")) return "builtin";
        return switch (resolver.kindOf(Path.of(id))) {
            case BUILTIN -> "builtin";
            case ES_MODULE -> "module";
            case COMMON_JS -> "commonjs";
            case JSON -> "json";
        };
    }

    private String read(String id) {
        return guest.call(() -> Files.readString(Path.of(id)));
    }

    /** The folder of a file; the working directory for a source that is none. */
    private String folder(String id) {
        Path parent = Path.of(id).getParent();
        return (parent == null || !parent.isAbsolute() ? cwd : parent).toString();
    }

    /** The program text of the source called {@code id}. */
    private String text(String id) {
        String known = texts.get(id);
        return Sources.withoutHashbang(known == null ? read(id) : known);
    }

    /** The function that one of the runtime's own scripts is. */
    public Value internal(String resource) {
        return guest.call(
                () -> {
                    try (var in = Modules.class.getResourceAsStream("/dev/corona/js/" + resource)) {
                        if (in == null) throw new AssertionError("no script " + resource);
                        String text =
                                new String(
                                        in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                        return context.eval(
                                Source.newBuilder("js", text, "corona:internal/" + resource)
                                        .internal(true)
                                        .buildLiteral());
                    }
                });
    }
}
