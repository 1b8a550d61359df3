package dev.corona.weave.maven;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

import java.io.File;
import java.util.List;

/** Weaves the project's test classes, after they were compiled. */
@Mojo(
        name = "weave-tests",
        defaultPhase = LifecyclePhase.PROCESS_TEST_CLASSES,
        requiresDependencyResolution = ResolutionScope.TEST,
        threadSafe = true)
public final class WeaveTestsMojo extends AbstractWeaveMojo {
    /** The class files to weave, which are replaced. */
    @Parameter(defaultValue = "${project.build.testOutputDirectory}", required = true)
    private File classesDirectory = new File("");

    /** Where the plain class files are kept, for the next build. */
    @Parameter(defaultValue = "${project.build.directory}/weave/test-classes", required = true)
    private File stateDirectory = new File("");

    /** What the test classes are compiled against. */
    @Parameter(defaultValue = "${project.testClasspathElements}", readonly = true)
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
