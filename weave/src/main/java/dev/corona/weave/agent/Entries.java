package dev.corona.weave.agent;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.lang.module.ResolvedModule;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** Finds the entries from which a class loader takes its classes. */
final class Entries {
    private Entries() {}

    /** What the system class loader takes the program from: the modules of the boot layer and the class path. */
    static List<Entry> ofProgram() {
        List<Entry> all =
                new ArrayList<>(ofLayer(ModuleLayer.boot(), ClassLoader.getSystemClassLoader()));
        String path = System.getProperty("java.class.path", "");
        boolean isEmpty = path.isEmpty() && System.getProperty("jdk.module.main") != null;
        Map<Path, Entry> found = new LinkedHashMap<>();
        for (String element : isEmpty ? new String[0] : path.split(File.pathSeparator)) {
            addWithManifest(Path.of(element), found);
        }
        all.addAll(found.values());
        return all;
    }

    private static void addWithManifest(Path element, Map<Path, Entry> found) {
        Path path = element.toAbsolutePath().normalize();
        if (found.containsKey(path) || !Files.exists(path)) return;
        found.put(path, Entry.of(path));
        if (Files.isDirectory(path)) return;
        try (JarFile jar = new JarFile(path.toFile())) {
            Manifest manifest = jar.getManifest();
            String more =
                    manifest == null
                            ? null
                            : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (more == null) return;
            for (String url : more.trim().split("\\s+")) {
                URI place = path.toUri().resolve(url);
                if ("file".equals(place.getScheme())) addWithManifest(Path.of(place), found);
            }
        } catch (IOException | IllegalArgumentException e) {
            // Whoever reads the entry says that it is no jar.
            return;
        }
    }

    /** The modules of a layer that {@code loader} defines, without those of the JDK. */
    private static List<Entry> ofLayer(ModuleLayer layer, ClassLoader loader) {
        List<Entry> found = new ArrayList<>();
        for (ResolvedModule m : layer.configuration().modules()) {
            boolean isOfJdk = m.name().startsWith("java.") || m.name().startsWith("jdk.");
            boolean isOfImage =
                    m.reference().location().map(l -> "jrt".equals(l.getScheme())).orElse(true);
            if (isOfJdk && isOfImage) continue;
            if (layer.findLoader(m.name()) == loader) found.add(new Entry.Named(m.reference()));
        }
        return found;
    }

    /**
     * What belongs together with a class that is being loaded: the modules that its loader defines, the whole path of a {@code
     * URLClassLoader}, or its code source.
     *
     * @return empty if it comes from nowhere that can be read
     */
    static List<Entry> around(
            @Nullable Module module, ClassLoader loader, @Nullable ProtectionDomain domain) {
        if (module != null && module.isNamed() && module.getLayer() != null)
            return ofLayer(module.getLayer(), loader);
        List<Entry> found = new ArrayList<>();
        if (loader instanceof URLClassLoader urls) {
            for (URL url : urls.getURLs()) add(url, found);
        }
        URL place = location(domain);
        if (place != null && found.stream().noneMatch(e -> e.location().equals(spelled(place))))
            add(place, found);
        return found;
    }

    /** Where a class comes from; null if nobody says. */
    static @Nullable URL location(@Nullable ProtectionDomain domain) {
        if (domain == null || domain.getCodeSource() == null) return null;
        return domain.getCodeSource().getLocation();
    }

    /** The location of {@link Entry} for a code source's. */
    static String spelled(URL place) {
        try {
            return Entry.location(place.toURI());
        } catch (java.net.URISyntaxException | IllegalArgumentException e) {
            return place.toString();
        }
    }

    private static void add(URL url, List<Entry> found) {
        if (!"file".equals(url.getProtocol())) return;
        Path path = Path.of(spelled(url));
        if (Files.exists(path)) found.add(Entry.of(path));
    }
}
