import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The formatter of the build: {@code check} names the files that are not formatted, {@code write} formats them. */
public final class Format {
    private static final JavaFormatterOptions OPTIONS =
            JavaFormatterOptions.builder()
                    .style(JavaFormatterOptions.Style.AOSP)
                    .formatJavadoc(false)
                    .build();

    public static void main(String[] args) throws Exception {
        boolean write = args.length > 0 && args[0].equals("write");
        int wrong = 0;
        for (Path file : sources()) {
            String before = Files.readString(file);
            String after = format(before, file);
            if (after.equals(before)) continue;
            wrong++;
            if (write) Files.writeString(file, after);
            System.out.println((write ? "formatted " : "not formatted: ") + file);
        }
        if (wrong > 0 && !write) {
            System.out.println(
                    wrong + " file(s) are not formatted; run: mvn -N validate -Dformat.mode=write");
            System.exit(1);
        }
    }

    private static String format(String source, Path file) throws Exception {
        try {
            String ordered =
                    ImportOrderer.reorderImports(
                            RemoveUnusedImports.removeUnusedImports(source), OPTIONS.style());
            return new Formatter(OPTIONS).formatSource(ordered);
        } catch (com.google.googlejavaformat.java.FormatterException e) {
            throw new IOException(file + " cannot be parsed: " + e.getMessage(), e);
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("."))) {
            return all.filter(p -> p.toString().endsWith(".java"))
                    .filter(p -> !p.toString().contains("/target/"))
                    .sorted()
                    .toList();
        }
    }
}
