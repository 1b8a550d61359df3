package dev.corona.js.graal;

import com.oracle.truffle.js.runtime.JSContext;
import com.oracle.truffle.js.runtime.JSException;
import com.oracle.truffle.js.runtime.JSRealm;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The way from a module's specifier to what it names: a module of Corona ({@code corona:net}), or a file, relative to the
 * importing one or absolute. {@code require} adds endings and looks into folders as Node's does; {@code import} takes the
 * name as it is.
 */
public final class Resolver {
    /** How a module is loaded. */
    public enum Kind {
        BUILTIN,
        ES_MODULE,
        COMMON_JS,
        JSON
    }

    /**
     * A module that was found.
     *
     * @param id absolute path, or the name of a module of Corona; the key of the caches
     */
    public record Module(String id, Kind kind) {}

    /** A specifier that names nothing; the message is what a user reads. */
    public static final class NotFound extends Exception {
        private static final long serialVersionUID = 1L;

        NotFound(String message) {
            super(message);
        }
    }

    private static final List<String> ENDINGS = List.of(".js", ".cjs", ".mjs", ".json");
    private static final Pattern COMMENT = Pattern.compile("//[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

    /** A line that only a module can have: an import or export statement. */
    private static final Pattern MODULE_SYNTAX =
            Pattern.compile(
                    "^\\s*(import\\s*([\\w$]+[\\s,]|\\{|\\*|[\"'])|export\\s+(default|const|let|var|function|class|async)\\b|export\\s*[{*])",
                    Pattern.MULTILINE);

    private static final Pattern PACKAGE_TYPE =
            Pattern.compile("\"type\"\\s*:\\s*\"(module|commonjs)\"");

    private final Set<String> builtins;
    private final Map<Path, String> packageTypes = new HashMap<>();

    public Resolver(Set<String> builtins) {
        this.builtins = builtins;
    }

    /** What {@code import} of {@code specifier} in a file of {@code folder} names. */
    public Module resolveImport(String specifier, Path folder) throws NotFound {
        return resolve(specifier, folder, false);
    }

    /** What {@code require} of {@code specifier} in a file of {@code folder} names. */
    public Module resolveRequire(String specifier, Path folder) throws NotFound {
        return resolve(specifier, folder, true);
    }

    private Module resolve(String specifier, Path folder, boolean require) throws NotFound {
        if (builtins.contains(specifier)) return new Module(specifier, Kind.BUILTIN);
        Path wanted = pathOf(specifier, folder);
        Path found =
                require ? findWithEndings(wanted) : Files.isRegularFile(wanted) ? wanted : null;
        if (found == null)
            throw new NotFound("Cannot find module '" + specifier + "'" + hint(specifier, wanted));
        return new Module(found.toString(), kindOf(found));
    }

    private Path pathOf(String specifier, Path folder) throws NotFound {
        if (specifier.startsWith("file:")) return Path.of(URI.create(specifier)).normalize();
        if (specifier.startsWith("./")
                || specifier.startsWith("../")
                || specifier.startsWith("/")
                || specifier.equals(".")
                || specifier.equals("..")) {
            return folder.resolve(specifier).normalize();
        }
        throw new NotFound("Cannot find module '" + specifier + "'" + bareHint(specifier));
    }

    private String bareHint(String specifier) {
        if (specifier.startsWith("node:"))
            return ": Corona does not have Node's modules yet; it has " + known();
        if (specifier.startsWith("corona:")) return ": Corona's modules are " + known();
        return ": packages are not supported yet; a file begins with ./ or ../, and Corona's modules are "
                + known();
    }

    private String known() {
        return String.join(" and ", builtins.stream().sorted().toList());
    }

    private static String hint(String specifier, Path wanted) {
        Path near = findWithEndings(wanted);
        if (near == null) return "";
        String better = specifier + near.toString().substring(wanted.toString().length());
        return ": import takes the whole name; did you mean '" + better + "'?";
    }

    private static @Nullable Path findWithEndings(Path wanted) {
        if (Files.isRegularFile(wanted)) return wanted;
        for (String ending : ENDINGS) {
            Path file = Path.of(wanted + ending);
            if (Files.isRegularFile(file)) return file;
        }
        for (String ending : ENDINGS) {
            Path file = wanted.resolve("index" + ending);
            if (Files.isRegularFile(file)) return file;
        }
        return null;
    }

    /** How the file at {@code path}, which exists, is loaded. */
    public Kind kindOf(Path path) {
        String name = path.getFileName().toString();
        if (name.endsWith(".mjs")) return Kind.ES_MODULE;
        if (name.endsWith(".cjs")) return Kind.COMMON_JS;
        if (name.endsWith(".json")) return Kind.JSON;
        return switch (packageType(path.getParent())) {
            case "module" -> Kind.ES_MODULE;
            case "commonjs" -> Kind.COMMON_JS;
            default -> kindOfText(read(path));
        };
    }

    /** How source text that says nothing of its kind is loaded: as a module if it has an import or export statement. */
    public static Kind kindOfText(String text) {
        if (!text.contains("import") && !text.contains("export")) return Kind.COMMON_JS;
        return MODULE_SYNTAX.matcher(COMMENT.matcher(text).replaceAll("")).find() && !isScript(text)
                ? Kind.ES_MODULE
                : Kind.COMMON_JS;
    }

    /** Whether the engine takes it as a script, in which what looks like such a statement is part of a string. */
    private static boolean isScript(String text) {
        JSContext context = JSRealm.get(null).getContext();
        try {
            context.getEvaluator()
                    .checkFunctionSyntax(
                            context,
                            context.getParserOptions(),
                            "",
                            Sources.withoutHashbang(text),
                            false,
                            false,
                            "");
            return true;
        } catch (JSException e) {
            return false;
        }
    }

    private String packageType(@Nullable Path folder) {
        if (folder == null) return "";
        String known = packageTypes.get(folder);
        if (known != null) return known;
        Path file = folder.resolve("package.json");
        String type =
                Files.isRegularFile(file) ? typeIn(read(file)) : packageType(folder.getParent());
        packageTypes.put(folder, type);
        return type;
    }

    private static String typeIn(String json) {
        var match = PACKAGE_TYPE.matcher(json);
        return match.find() ? match.group(1) : "";
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
