package dev.corona.weave.maven;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

import java.io.File;
import java.util.List;

/** Weaves the project's classes, after they were compiled. */
@Mojo(
        name = "weave",
        defaultPhase = LifecyclePhase.PROCESS_CLASSES,
        requiresDependencyResolution = ResolutionScope.COMPILE,
        threadSafe = true)
public final class WeaveMojo extends AbstractWeaveMojo {
    /** The class files to weave, which are replaced. */
    @Parameter(defaultValue = "${project.build.outputDirectory}", required = true)
    private File classesDirectory = new File("");

    /** Where the plain class files are kept, for the next build. */
    @Parameter(defaultValue = "${project.build.directory}/weave/classes", required = true)
    private File stateDirectory = new File("");

    /** What the classes are compiled against. */
    @Parameter(defaultValue = "${project.compileClasspathElements}", readonly = true)
    private List<String> classPath = List.of();

    @Override
    File classesDirectory() {
        return classesDirectory;
    }

    @Override
    File stateDirectory() {
        return stateDirectory;
    }

    @Override
    List<String> classPath() {
        return classPath;
    }
}
