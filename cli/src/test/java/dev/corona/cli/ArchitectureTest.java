package dev.corona.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

import org.junit.jupiter.api.Test;

/** The layers of the house: dependencies point downwards, and packages form no circles. */
class ArchitectureTest {
    private static final JavaClasses CORONA =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.corona");

    /** The packages of the module lua, which its neighbour on the event loop is none of. */
    private static final String[] LUA = {
        "dev.corona.lua",
        "dev.corona.lua.scope..",
        "dev.corona.lua.syntax..",
        "dev.corona.lua.ir..",
        "dev.corona.lua.analysis..",
        "dev.corona.lua.emit..",
        "dev.corona.lua.runtime..",
        "dev.corona.lua.lib.."
    };

    private static final String CORE = "dev.corona.kernel..";

    @Test
    void sawTheWholeHouse() {
        for (String module :
                new String[] {
                    "kernel",
                    "woven",
                    "async",
                    "blocking",
                    "channels",
                    "errors",
                    "flow",
                    "io",
                    "js",
                    "js.host",
                    "js.graal",
                    "lua",
                    "lua.syntax",
                    "lua.ir",
                    "lua.analysis",
                    "lua.emit",
                    "lua.runtime",
                    "lua.lib",
                    "lua.io",
                    "cli"
                }) {
            assertThat(
                            CORONA.stream()
                                    .filter(c -> c.getPackageName().equals("dev.corona." + module)))
                    .as("classes of dev.corona." + module)
                    .hasSizeGreaterThan(3);
        }
        assertThat(CORONA.size()).isGreaterThan(150);
    }

    @Test
    void coreNeedsTheJdkOnly() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.corona",
                        "dev.corona.async..",
                        "dev.corona.blocking..",
                        "dev.corona.channels..",
                        "dev.corona.errors..",
                        "dev.corona.flow..",
                        CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vertx..", "io.netty..", "org.graalvm..", "com.oracle..", "picocli..")
                .check(CORONA);
    }

    @Test
    void modulesPointDownwards() {
        below("dev.corona.io..", "dev.corona.js..", "dev.corona.cli..");
        below("dev.corona.js..", "dev.corona.cli..", "dev.corona.lua..");
        for (String part : LUA)
            below(part, "dev.corona.cli..", "dev.corona.js..", "dev.corona.io..");
        below("dev.corona.lua.io..", "dev.corona.cli..", "dev.corona.js..");
        below("dev.corona.async..", "dev.corona.io..", "dev.corona.js..", "dev.corona.cli..");
        below("dev.corona", "dev.corona.io..", "dev.corona.js..", "dev.corona.cli..");
    }

    @Test
    void theKernelKnowsNoPolicy() {
        below(CORE, "dev.corona", "dev.corona.async..", "dev.corona.io..", "dev.corona.js..");
        below("dev.corona.errors..", CORE, "dev.corona.async..", "dev.corona");
        below(
                "dev.corona.woven..",
                CORE,
                "dev.corona",
                "dev.corona.async..",
                "dev.corona.errors..");
    }

    @Test
    void ioKnowsNoJavaScriptEngineAndJsNoNetwork() {
        below("dev.corona.io..", "org.graalvm..", "com.oracle..");
        below("dev.corona.js..", "io.netty..", "io.vertx..");
    }

    @Test
    void theLuaCompilerRunsInTheOrderOfItsPackages() {
        String[] stages = {"scope", "syntax", "ir", "analysis", "emit", "lib"};
        for (int i = 0; i < stages.length; i++) {
            for (int later = i + 1; later < stages.length; later++) {
                below("dev.corona.lua." + stages[i], "dev.corona.lua." + stages[later]);
            }
        }
        below("dev.corona.lua.runtime", "dev.corona.lua.emit", "dev.corona.lua.ir");
        below("dev.corona.lua.runtime", "dev.corona.lua.syntax", "dev.corona.lua.lib");
    }

    @Test
    void luaNeedsTheJdkAndCoreOnly() {
        for (String part : LUA) {
            below(part, "io.netty..", "io.vertx..", "org.graalvm..", "dev.corona.weave..");
            below(part, "dev.corona.lua.io..");
        }
    }

    @Test
    void onlyOnePackageKnowsTheEngineFromTheInside() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.corona.js.graal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.oracle..")
                .check(CORONA);
    }

    @Test
    void packagesFormNoCircles() {
        slices().matching("dev.corona.(**)").should().beFreeOfCycles().check(CORONA);
    }

    @Test
    void aPlantedViolationIsSeen() {
        ArchRule planted =
                noClasses()
                        .that()
                        .resideInAPackage("dev.corona.js..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("dev.corona.io..");
        assertThatThrownBy(() -> planted.check(CORONA)).isInstanceOf(AssertionError.class);
    }

    private static void below(String lower, String... upper) {
        noClasses()
                .that()
                .resideInAPackage(lower)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(upper)
                .check(CORONA);
    }
}
