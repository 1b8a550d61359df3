package dev.corona.weave;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A class {@code P}, compiled from text at test time, woven or not. */
public final class Compiled extends ClassLoader {
    private final Map<String, byte[]> classes = new HashMap<>();

    private Compiled(Map<String, byte[]> classes) {
        super(Compiled.class.getClassLoader());
        this.classes.putAll(classes);
    }

    /** The class files of a source text. */
    static Map<String, byte[]> compile(String source, String... options) {
        return compile(Map.of("P", source), options);
    }

    /** The class files of several source texts, by the names of their classes. */
    public static Map<String, byte[]> compile(Map<String, String> sources, String... options) {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        Map<String, ByteArrayOutputStream> made = new HashMap<>();
        JavaFileManager files =
                new ForwardingJavaFileManager<>(javac.getStandardFileManager(null, null, null)) {
                    @Override
                    public JavaFileObject getJavaFileForOutput(
                            Location where,
                            String name,
                            JavaFileObject.Kind kind,
                            FileObject from) {
                        return new SimpleJavaFileObject(URI.create("memory:/" + name), kind) {
                            @Override
                            public OutputStream openOutputStream() {
                                return made.computeIfAbsent(name, n -> new ByteArrayOutputStream());
                            }
                        };
                    }
                };
        List<JavaFileObject> texts = new ArrayList<>();
        sources.forEach((name, source) -> texts.add(text(name, source)));
        List<String> all = new ArrayList<>(List.of("-g", "-proc:none", "-Xlint:-options"));
        all.addAll(List.of(options));
        StringWriter complaints = new StringWriter();
        if (!javac.getTask(complaints, files, null, all, null, texts).call()) {
            throw new AssertionError("does not compile: " + complaints + "\n" + sources);
        }
        Map<String, byte[]> classes = new HashMap<>();
        made.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return classes;
    }

    private static JavaFileObject text(String name, String source) {
        URI place = URI.create("memory:/" + name + ".java");
        return new SimpleJavaFileObject(place, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreErrors) {
                return source;
            }
        };
    }

    static WovenSet weave(Map<String, byte[]> classes) {
        return Weaver.of(Weaver.Options.marked(Compiled.class.getClassLoader()))
                .weave(classes.values());
    }

    /** The class {@code P} of {@code source}, woven, with its imports of Corona and java.util. */
    static Class<?> woven(String source) {
        return load(weave(compile(IMPORTS + source)).classes());
    }

    static final String IMPORTS =
            """
            import dev.corona.*;
            import java.util.*;
            import java.util.function.*;
            """;

    static Class<?> load(Map<String, byte[]> classes) {
        try {
            return new Compiled(classes).loadClass("P");
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** What the static method {@code name} returns. */
    static Object call(Class<?> type, String name) throws Exception {
        Method method = type.getDeclaredMethod(name);
        method.setAccessible(true);
        return method.invoke(null);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) throw new ClassNotFoundException(name);
        return defineClass(name, bytes, 0, bytes.length);
    }
}
