package dev.corona.weave;

import dev.corona.weave.analysis.Twins;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
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
 *
 * <p>A run that is interrupted anywhere is made good by the next. The plain forms are written first, then a list that has for each
 * class both what lies there and what is to come, and no settings, so that it never counts as done; then the classes; and at last
 * the list of what is there.
 */
final class InPlace {
    /** Changes when the weaver writes other code for the same class. */
    private static final String FORMAT = "corona-weave 6";

    private static final String REPORT = "report: ";
    private static final String SETTING = "settings: ";

    private final Path folder;
    private final Path state;
    private final Path originals;
    private final Path list;
    private final Predicate<String> wanted;
    private final WholeFiles files;

    /**
     * A class file that was written.
     *
     * @param hash its own
     * @param plainHash of the plain form that it was made from
     */
    private record Written(String hash, String plainHash) {}

    /** What was written last, or was about to be, by path relative to the folder. */
    private final Map<String, List<Written>> written = new TreeMap<>();

    private final List<String> oldReports = new ArrayList<>();
    private String oldSettings = "";

    /**
     * @param folder of class files
     * @param state a folder of the weaver's own
     * @param wanted whether a class, by its name with dots, is woven
     * @param files writes what is written
     */
    InPlace(Path folder, Path state, Predicate<String> wanted, WholeFiles files) {
        this.folder = folder;
        this.state = state;
        this.wanted = wanted;
        this.files = files;
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
            files.clean(folder);
            files.clean(state);
            readList();
            Map<String, byte[]> plain = plainClasses();
            String settingsNow = hash(settings.getBytes(StandardCharsets.UTF_8));
            if (isUnchanged(plain, settingsNow)) return new Result(0, false, oldReports);
            WovenSet woven = weaver.weave(included(plain));
            List<String> reports = woven.reports().stream().map(Report::toString).toList();
            write(plain, woven, settingsNow, reports);
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
            else readWritten(line);
        }
    }

    private void readWritten(String line) {
        String[] parts = line.split(" ", 3);
        written.computeIfAbsent(parts[2], path -> new ArrayList<>())
                .add(new Written(parts[0], parts[1]));
    }

    /** The plain form of every class of the folder, by relative path; {@link #written} keeps those that lie there woven. */
    private Map<String, byte[]> plainClasses() throws IOException {
        Map<String, byte[]> plain = new TreeMap<>();
        for (Path file : classFiles(folder)) {
            String path = folder.relativize(file).toString();
            byte[] bytes = Files.readAllBytes(file);
            Written known = find(path, hash(bytes));
            if (known != null) {
                plain.put(path, keptForm(file, path, known));
                written.put(path, List.of(known));
            } else {
                if (wanted.test(nameOf(path)) && Twins.areIn(bytes)) throw isLost(file);
                written.remove(path);
                plain.put(path, bytes);
            }
        }
        return plain;
    }

    private @Nullable Written find(String path, String hash) {
        for (Written each : written.getOrDefault(path, List.of()))
            if (each.hash().equals(hash)) return each;
        return null;
    }

    private byte[] keptForm(Path file, String path, Written known) throws IOException {
        if (known.hash().equals(known.plainHash())) return Files.readAllBytes(file);
        Path kept = originals.resolve(path);
        if (!Files.exists(kept)) throw isLost(file);
        byte[] bytes = Files.readAllBytes(kept);
        if (!hash(bytes).equals(known.plainHash())) throw isLost(file);
        return bytes;
    }

    private WeaveException isLost(Path file) {
        return new WeaveException(
                "%s is woven already, and its plain form is not in %s; compile it anew (mvn clean)"
                        .formatted(file, originals));
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

    private void write(
            Map<String, byte[]> plain, WovenSet woven, String settings, List<String> reports)
            throws IOException {
        Files.createDirectories(originals);
        Map<String, byte[]> results = new TreeMap<>();
        Map<String, List<Written>> after = new TreeMap<>();
        Map<String, List<Written>> meanwhile = new TreeMap<>();
        for (Map.Entry<String, byte[]> each : plain.entrySet()) {
            String path = each.getKey();
            byte[] result = woven.classes().getOrDefault(nameOf(path), each.getValue());
            Written next = new Written(hash(result), hash(each.getValue()));
            List<Written> both = new ArrayList<>(written.getOrDefault(path, List.of()));
            both.add(next);
            results.put(path, result);
            after.put(path, List.of(next));
            meanwhile.put(path, both);
        }
        for (Map.Entry<String, byte[]> each : plain.entrySet())
            replace(originals.resolve(each.getKey()), each.getValue());
        writeList("", List.of(), meanwhile);
        for (Map.Entry<String, byte[]> each : results.entrySet())
            replace(folder.resolve(each.getKey()), each.getValue());
        writeList(settings, reports, after);
        for (Path kept : classFiles(originals)) {
            if (!plain.containsKey(originals.relativize(kept).toString())) Files.delete(kept);
        }
    }

    private void replace(Path file, byte[] bytes) throws IOException {
        if (!Files.exists(file) || !Arrays.equals(bytes, Files.readAllBytes(file)))
            files.write(file, bytes);
    }

    private static String nameOf(String path) {
        String name = path.substring(0, path.length() - ".class".length());
        return name.replace(java.io.File.separatorChar, '.');
    }

    private void writeList(
            String settings, List<String> reports, Map<String, List<Written>> classes)
            throws IOException {
        List<String> lines = new ArrayList<>(List.of(FORMAT, SETTING + settings));
        reports.forEach(r -> lines.add(REPORT + r));
        classes.forEach(
                (path, all) ->
                        all.forEach(w -> lines.add(w.hash() + " " + w.plainHash() + " " + path)));
        files.write(list, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
