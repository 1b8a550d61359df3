import dev.corona.weave.Report;
import dev.corona.weave.Weaver;
import dev.corona.weave.WovenSet;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Weaves a folder of class files in place; what is woven already stays as it is. */
final class Weave {
    private Weave() {}

    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        List<byte[]> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                if (file.endsWith("module-info.class")) continue;
                byte[] bytes = Files.readAllBytes(file);
                if (isWoven(ClassFile.of().parse(bytes))) return;
                classes.add(bytes);
            }
        }
        WovenSet set =
                Weaver.of(Weaver.Options.marked(Weave.class.getClassLoader())).weave(classes);
        for (Map.Entry<String, byte[]> e : set.classes().entrySet()) {
            Files.write(root.resolve(e.getKey().replace('.', '/') + ".class"), e.getValue());
        }
        for (Report report : set.reports()) System.err.println("weave: " + report);
        if (!set.reports().isEmpty()) System.exit(1);
    }

    private static boolean isWoven(ClassModel model) {
        return model.methods().stream()
                .anyMatch(m -> m.methodName().stringValue().endsWith("$resume"));
    }
}
