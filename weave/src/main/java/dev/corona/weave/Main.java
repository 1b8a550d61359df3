package dev.corona.weave;

import dev.corona.weave.analysis.Patterns;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * The weaver as a command: weaves the class files of a folder in place. Build tools run it; see {@link #USAGE}. Exit codes: 0 if the
 * folder is woven, 1 if it could not be or if warnings count as errors, 2 for wrong usage.
 */
public final class Main {
    private static final String USAGE =
            """
            usage: java -cp corona-weave.jar dev.corona.weave.Main [options] FOLDER
              FOLDER               of class files, which are woven in place
              --class-path PATH    where the classes that they use are looked up
              --state FOLDER       where the plain class files are kept (default: beside FOLDER, NAME-weave)
              --include PATTERN    weaves these classes and no others; may be repeated
              --exclude PATTERN    leaves classes as they are: com.acme.Report, com.acme.*, com.acme.**; may be repeated
              --accept CALLEE      does not warn of code that can suspend and is handed to it: java.util.List.forEach, java.util.*; may be repeated
              --everything         gives all methods a resumable form
              --warnings-as-errors exits with 1 if there is a warning
              --quiet              prints warnings only
            """;

    private final PrintStream out;
    private final PrintStream err;
    private final List<String> included = new ArrayList<>();
    private final List<String> excluded = new ArrayList<>();
    private final List<String> accepted = new ArrayList<>();
    private String folder = "";
    private String classPath = "";
    private String state = "";
    private boolean everything;
    private boolean strict;
    private boolean quiet;

    private Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs the command and ends the process. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** Runs the command; answers its exit code. */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        return new Main(out, err).run(arguments);
    }

    private int run(List<String> arguments) {
        try {
            String mistake = parse(new ArrayDeque<>(arguments));
            if (!mistake.isEmpty()) {
                err.println("corona-weave: " + mistake);
                err.print(USAGE);
                return 2;
            }
            return weave();
        } catch (WeaveException e) {
            err.println("corona-weave: " + e.getMessage());
            return 1;
        } catch (IOException e) {
            err.println("corona-weave: cannot read the class path: " + e.getMessage());
            return 1;
        }
    }

    /** Takes the arguments; answers what is wrong with them, nothing if all is well. */
    private String parse(Deque<String> arguments) {
        while (!arguments.isEmpty()) {
            String argument = arguments.remove();
            switch (argument) {
                case "--everything" -> everything = true;
                case "--warnings-as-errors" -> strict = true;
                case "--quiet" -> quiet = true;
                case "--class-path", "--state", "--include", "--exclude", "--accept" -> {
                    if (arguments.isEmpty()) return argument + " needs a value";
                    set(argument, arguments.remove());
                }
                default -> {
                    if (argument.startsWith("--")) return "unknown option " + argument;
                    if (!folder.isEmpty())
                        return "one folder is woven at a time, but there are %s and %s"
                                .formatted(folder, argument);
                    folder = argument;
                }
            }
        }
        if (folder.isEmpty()) return "a folder of class files is missing";
        return Files.isDirectory(Path.of(folder)) ? "" : folder + " is not a folder";
    }

    private void set(String option, String value) {
        switch (option) {
            case "--class-path" -> classPath = value;
            case "--state" -> state = value;
            case "--include" -> included.add(value);
            case "--exclude" -> excluded.add(value);
            default -> accepted.add(value);
        }
    }

    private int weave() throws IOException {
        Path target = Path.of(folder).toAbsolutePath().normalize();
        Path kept =
                state.isEmpty()
                        ? target.resolveSibling(target.getFileName() + "-weave")
                        : Path.of(state);
        Files.createDirectories(kept);
        try (ClassPath path = new ClassPath(classPath, target)) {
            Weaver.Options options =
                    Weaver.Options.marked(name -> find(name, path, target))
                            .withAccepted(Patterns.of(accepted));
            if (everything) options = options.withEverything();
            String settings =
                    everything + "\n" + included + excluded + accepted + "\n" + path.fingerprint();
            InPlace.Result result =
                    new InPlace(target, kept, wanted(), new WholeFiles())
                            .weave(Weaver.of(options), settings);
            print(result);
            return strict && !result.reports().isEmpty() ? 1 : 0;
        }
    }

    /** Classes of the folder that stay as they are can be called by the others. */
    private byte @Nullable [] find(String internalName, ClassPath path, Path target) {
        Path file = target.resolve(internalName + ".class");
        if (wanted().test(internalName.replace('/', '.')) || !Files.isRegularFile(file))
            return path.find(internalName);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new WeaveException("cannot read class " + file, e);
        }
    }

    private Predicate<String> wanted() {
        Predicate<String> wanted = included.isEmpty() ? name -> true : Patterns.of(included);
        return wanted.and(Patterns.of(excluded).negate());
    }

    private void print(InPlace.Result result) {
        result.reports().forEach(report -> err.println("warning: " + report));
        if (quiet) return;
        int changed = result.changed();
        if (!result.fresh()) out.println("Woven: nothing to do");
        else out.println("Woven: %d class%s".formatted(changed, changed == 1 ? "" : "es"));
    }
}
