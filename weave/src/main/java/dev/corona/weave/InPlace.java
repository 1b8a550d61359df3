package dev.corona.weave;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Weaves the class files of a folder where they lie. The plain ones are kept in a state folder, with a list of what was written: a file
 * that is still as it was written is woven anew from its plain form, and any other is plain, because a compiler has been there. If nothing
 * is new, gone or different, nothing is done.
 */
final class InPlace {
    /** Changes when the weaver writes other code for the same class. */
    private static final String FORMAT = "corona-weave 1";

    private static final String REPORT = "report: ";
    private static final String SETTING = "settings: ";

    private final Path folder;
    private final Path originals;
    private final Path list;
    private final Predicate<String> wanted;

    /** What was written last: hashes by path relative to the folder. */
    private final Map<String, String> written = new TreeMap<>();

    private final List<String> oldReports = new ArrayList<>();
    private String oldSettings = "";

    /**
     * @param folder of class files
     * @param state a folder of the weaver's own
     * @param wanted whether a class, by its name with dots, is woven
     */
    InPlace(Path folder, Path state, Predicate<String> wanted) {
        this.folder = folder;
        this.wanted = wanted;
        this.originals = state.resolve("plain");
        this.list = state.resolve("woven.list");
    }

    /**
     * What was done.
     *
     * @param changed number of classes that have resumable forms; 0 if nothing had to be done
     * @param fresh whether anything had to be done
     * @param reports of this run or, if nothing had to be done, of the last one that did
     */
    record Result(int changed, boolean fresh, List<String> reports) {}

    /**
     * @param settings what the result depends on besides the class files
     */
    Result weave(Weaver weaver, String settings) {
        try {
            readList();
            Map<String, byte[]> plain = plainClasses();
            String settingsNow = hash(settings.getBytes(StandardCharsets.UTF_8));
            if (isUnchanged(plain, settingsNow)) return new Result(0, false, oldReports);
            WovenSet woven = weaver.weave(included(plain));
            List<String> reports = woven.reports().stream().map(Report::toString).toList();
            write(plain, woven);
            writeList(settingsNow, reports);
            return new Result(woven.changed(), true, reports);
        } catch (IOException e) {
            throw new WeaveException("cannot weave %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private void readList() throws IOException {
        if (!Files.exists(list)) return;
        List<String> lines = Files.readAllLines(list);
        if (lines.isEmpty() || !lines.getFirst().equals(FORMAT)) return;
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith(REPORT)) oldReports.add(line.substring(REPORT.length()));
            else if (line.startsWith(SETTING)) oldSettings = line.substring(SETTING.length());
            else written.put(line.substring(65), line.substring(0, 64));
        }
    }

    /** The plain form of every class of the folder, by relative path. */
    private Map<String, byte[]> plainClasses() throws IOException {
        Map<String, byte[]> plain = new TreeMap<>();
        for (Path file : classFiles(folder)) {
            String path = folder.relativize(file).toString();
            byte[] bytes = Files.readAllBytes(file);
            String known = written.get(path);
            if (known != null && known.equals(hash(bytes))) {
                plain.put(path, Files.readAllBytes(originals.resolve(path)));
            } else {
                if (wanted.test(nameOf(path)) && Twin.isIn(bytes))
                    throw new WeaveException(
                            "%s is woven already, and its plain form is not in %s; compile it anew (mvn clean)"
                                    .formatted(file, originals));
                written.remove(path);
                plain.put(path, bytes);
            }
        }
        return plain;
    }

    private List<byte[]> included(Map<String, byte[]> plain) {
        return plain.entrySet().stream()
                .filter(each -> wanted.test(nameOf(each.getKey())))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static List<Path> classFiles(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(f -> f.toString().endsWith(".class")).sorted().toList();
        }
    }

    private boolean isUnchanged(Map<String, byte[]> plain, String settings) {
        return settings.equals(oldSettings) && written.keySet().equals(plain.keySet());
    }

    private void write(Map<String, byte[]> plain, WovenSet woven) throws IOException {
        written.clear();
        Files.createDirectories(originals);
        for (Map.Entry<String, byte[]> each : plain.entrySet()) {
            Path kept = originals.resolve(each.getKey());
            Files.createDirectories(kept.getParent());
            Files.write(kept, each.getValue());
            byte[] result = woven.classes().getOrDefault(nameOf(each.getKey()), each.getValue());
            Path file = folder.resolve(each.getKey());
            if (!java.util.Arrays.equals(result, Files.readAllBytes(file)))
                Files.write(file, result);
            written.put(each.getKey(), hash(result));
        }
        for (Path kept : classFiles(originals)) {
            if (!written.containsKey(originals.relativize(kept).toString())) Files.delete(kept);
        }
    }

    private static String nameOf(String path) {
        String name = path.substring(0, path.length() - ".class".length());
        return name.replace(java.io.File.separatorChar, '.');
    }

    private void writeList(String settings, List<String> reports) throws IOException {
        List<String> lines = new ArrayList<>(List.of(FORMAT, SETTING + settings));
        reports.forEach(r -> lines.add(REPORT + r));
        written.forEach((path, hash) -> lines.add(hash + " " + path));
        Files.write(list, lines);
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
