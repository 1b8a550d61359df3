package dev.corona.weave.maven;

import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Component;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** What the goals have in common: they run the weaver's command on a folder and pass on what it says. */
abstract class AbstractWeaveMojo extends AbstractMojo {
    private static final String WEAVER = "corona-weave";
    private static final String WARNING = "warning: ";
    private static final String ERROR = "corona-weave: ";

    /** Does nothing. */
    @Parameter(property = "corona.weave.skip", defaultValue = "false")
    private boolean skip;

    /** Fails the build if there is a warning. */
    @Parameter(property = "corona.weave.warningsAsErrors", defaultValue = "false")
    private boolean warningsAsErrors;

    /** Gives all methods a resumable form, not only those that are marked or can suspend. */
    @Parameter(property = "corona.weave.everything", defaultValue = "false")
    private boolean everything;

    /** Classes that stay as they are: whole names, {@code com.acme.*} or {@code com.acme.**}. */
    @Parameter private List<String> excludes = List.of();

    /**
     * Methods to which code that can suspend may be handed without a warning, such as {@code java.util.List.forEach}; patterns as
     * for excludes.
     */
    @Parameter private List<String> accepts = List.of();

    /** A JDK 25 or newer to weave with. By default the toolchain's, then the one that Maven runs on. */
    @Parameter(property = "corona.weave.jdk")
    private @Nullable File jdk;

    @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
    private List<Artifact> pluginArtifacts = List.of();

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    @SuppressWarnings("NullAway.Init") // Maven sets it
    private MavenSession session;

    @Component
    @SuppressWarnings("NullAway.Init") // Maven sets it
    private ToolchainManager toolchains;

    abstract File classesDirectory();

    abstract File stateDirectory();

    abstract List<String> classPath();

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Weaving is skipped");
        } else if (!classesDirectory().isDirectory()) {
            getLog().info("Nothing to weave: there is no " + classesDirectory());
        } else {
            weave();
        }
    }

    private void weave() throws MojoExecutionException, MojoFailureException {
        String java = new Jdk(jdk, toolchains, session).java();
        WeaverProcess.Answer answer = WeaverProcess.run(java, weaver().toString(), arguments());
        int warnings = 0;
        String error = "the weaver ended with code " + answer.code();
        for (String line : answer.lines()) {
            if (line.startsWith(WARNING)) {
                warnings++;
                getLog().warn(line.substring(WARNING.length()));
            } else if (line.startsWith(ERROR)) {
                error = line.substring(ERROR.length());
            } else {
                getLog().info(line);
            }
        }
        if (answer.code() == 0) return;
        if (warningsAsErrors && warnings > 0)
            throw new MojoFailureException(
                    "%d %s of the weaver; mend %s, or accept what is fine by <accepts>"
                            .formatted(
                                    warnings,
                                    warnings == 1 ? "warning" : "warnings",
                                    warnings == 1 ? "it" : "them"));
        throw new MojoExecutionException(error);
    }

    private File weaver() throws MojoExecutionException {
        for (Artifact artifact : pluginArtifacts) {
            if (artifact.getArtifactId().equals(WEAVER)) return artifact.getFile();
        }
        throw new MojoExecutionException(
                "the plugin's dependency %s is missing; do not exclude it".formatted(WEAVER));
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--class-path", String.join(File.pathSeparator, classPath())));
        arguments.addAll(List.of("--state", stateDirectory().toString()));
        for (String pattern : excludes) arguments.addAll(List.of("--exclude", pattern));
        for (String callee : accepts) arguments.addAll(List.of("--accept", callee));
        if (everything) arguments.add("--everything");
        if (warningsAsErrors) arguments.add("--warnings-as-errors");
        arguments.add(classesDirectory().toString());
        return arguments;
    }
}
