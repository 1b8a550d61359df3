package dev.corona.js;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** What is printed of an error that nobody has caught. */
class ErrorReportTest {
    private Project project;

    @BeforeEach
    void open(@TempDir Path folder) {
        project = new Project(folder);
    }

    @Test
    void uncaughtErrorOfMainShowsLineCaretAndStackAndEndsTheProgram() {
        project.file(
                "main.js",
                """
                function inner(x) {
                  throw new Error('boom ' + x);
                }
                setTimeout(() => console.log('must not run'), 1);
                console.log('before');
                [1].forEach(function each(x) { inner(x); });
                console.log('must not run');
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                """
                                before
                                """,
                                """
                                <dir>/main.js:2
                                  throw new Error('boom ' + x);
                                        ^

                                Error: boom 1
                                    at inner (<dir>/main.js:2:9)
                                    at each (<dir>/main.js:6:32)
                                    at Array.forEach (native)
                                    at Object.<anonymous> (<dir>/main.js:6:5)
                                """));
    }

    @Test
    void errorInASpawnedCoroutineNamesItsSpawnAndTheProgramGoesOn() {
        project.file(
                "main.js",
                """
                function work(n) {
                  sleep(1);
                  null.x;
                }
                function start() {
                  spawn(work, 1);
                }
                start();
                sleep(10);
                console.log('main goes on');
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                """
                                main goes on
                                """,
                                """
                                <dir>/main.js:3
                                  null.x;
                                  ^

                                TypeError: Cannot read property 'x' of null
                                    at work (<dir>/main.js:3:3)
                                  in a coroutine spawned
                                    at start (<dir>/main.js:6:3)
                                    at Object.<anonymous> (<dir>/main.js:8:1)
                                """));
    }

    @Test
    void nestedSpawnsAreNamedDownToTheProgram() {
        project.file(
                "main.js",
                """
                function grandchild() { throw new RangeError('deep'); }
                function child() { sleep(1); spawn(grandchild); }
                spawn(child);
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                "",
                                """
                                <dir>/main.js:1
                                function grandchild() { throw new RangeError('deep'); }
                                                              ^

                                RangeError: deep
                                    at grandchild (<dir>/main.js:1:31)
                                  in a coroutine spawned
                                    at child (<dir>/main.js:2:30)
                                  in a coroutine spawned
                                    at Object.<anonymous> (<dir>/main.js:3:1)
                                """));
    }

    @Test
    void errorInATimerNamesWhereTheTimerWasSet() {
        project.file(
                "main.js",
                """
                function later() {
                  setTimeout(() => {
                    undefinedFunction();
                  }, 1);
                }
                later();
                setTimeout(() => console.log('the next timer runs'), 5);
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                """
                                the next timer runs
                                """,
                                """
                                <dir>/main.js:3
                                    undefinedFunction();
                                    ^

                                ReferenceError: undefinedFunction is not defined
                                    at Timeout.<anonymous> (<dir>/main.js:3:5)
                                  in a coroutine spawned
                                    at later (<dir>/main.js:2:3)
                                    at Object.<anonymous> (<dir>/main.js:6:1)
                                """));
    }

    @Test
    void unhandledRejectionIsReported() {
        project.file(
                "main.js",
                """
                async function fails() {
                  await null;
                  throw new TypeError('rejected');
                }
                fails();
                sleep(5);
                console.log('goes on');
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                """
                                goes on
                                """,
                                """
                                <dir>/main.js:3
                                  throw new TypeError('rejected');
                                        ^

                                TypeError: rejected
                                    at fails (<dir>/main.js:3:9)
                                """));
    }

    @Test
    void thrownValuesThatAreNoErrorsAreInspected() {
        project.file(
                "main.js",
                """
                spawn(() => { throw { code: 7, why: 'no' }; });
                spawn(() => { throw undefined; });
                Promise.reject('text');
                sleep(5);
                throw 'the end';
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                "",
                                """
                                Uncaught { code: 7, why: 'no' }
                                  in a coroutine spawned
                                    at Object.<anonymous> (<dir>/main.js:1:1)
                                Uncaught undefined
                                  in a coroutine spawned
                                    at Object.<anonymous> (<dir>/main.js:2:1)
                                Uncaught 'text'
                                Uncaught 'the end'
                                """));
    }

    @Test
    void syntaxErrorOfTheProgram() {
        project.file(
                "main.js",
                """
                console.log('not even this');
                const x = ;
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                "",
                                """
                                <dir>/main.js:2
                                const x = ;
                                          ^

                                SyntaxError: Expected an operand but found ;
                                """));
    }

    @Test
    void syntaxErrorOfARequiredFileNamesThatFile() {
        project.file(
                "main.js",
                """
                console.log('begins');
                require('./broken');
                """);
        project.file(
                "broken.js",
                """
                function f() {
                  return )
                }
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                """
                                begins
                                """,
                                """
                                <dir>/broken.js:2
                                  return )
                                         ^

                                SyntaxError: Expected an operand but found )
                                    at Object.<anonymous> (<dir>/main.js:2:1)
                                """));
    }

    @Test
    void syntaxErrorOfAnImportedModule() {
        project.file(
                "main.mjs",
                """
                import './broken.mjs';
                console.log('not reached');
                """);
        project.file(
                "broken.mjs",
                """
                export const a = 1;
                let a = 2;
                """);
        assertThat(project.run("main.mjs"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                "",
                                """
                                <dir>/broken.mjs:2
                                let a = 2;
                                    ^

                                SyntaxError: Variable "a" has already been declared
                                """));
    }

    @Test
    void errorWithACauseShowsBoth() {
        project.file(
                "main.js",
                """
                function low() { throw new Error('low'); }
                try {
                  low();
                } catch (cause) {
                  throw new Error('high', { cause });
                }
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                "",
                                """
                                <dir>/main.js:5
                                  throw new Error('high', { cause });
                                        ^

                                Error: high
                                    at Object.<anonymous> (<dir>/main.js:5:9) {
                                  [cause]: Error: low
                                      at low (<dir>/main.js:1:24)
                                      at Object.<anonymous> (<dir>/main.js:3:3)
                                }
                                """));
    }

    @Test
    void errorOfTheRuntimeIsThrownAtTheCallOfTheProgram() {
        project.file(
                "main.js",
                """
                function nap() {
                  sleep('long');
                }
                nap();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                "",
                                """
                                <dir>/main.js:2
                                  sleep('long');
                                  ^

                                TypeError: sleep must be a number of milliseconds, but was long
                                    at nap (<dir>/main.js:2:3)
                                    at Object.<anonymous> (<dir>/main.js:4:1)
                                """));
    }

    @Test
    void errorInAModuleOnItsFirstLineHasTheRightColumn() {
        project.file(
                "main.mjs",
                """
                const a = 1; throw new Error('one line module with a place further right than any wrapper is long');
                """);
        assertThat(project.run("main.mjs"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                "",
                                """
                                <dir>/main.mjs:1
                                const a = 1; throw new Error('one line module with a place further right than any wrapper is long');
                                                   ^

                                Error: one line module with a place further right than any wrapper is long
                                    at <dir>/main.mjs:1:20
                                """));
    }

    @Test
    void errorOnTheFirstLineOfAScriptHasTheRightColumnInItsStackToo() {
        project.file(
                "main.js",
                """
                try { throw new Error('a'); } catch (e) { console.log(e.stack.replaceAll(__dirname, '<dir>')); } throw new Error('b');
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                """
                                Error: a
                                    at Object.<anonymous> (<dir>/main.js:1:13)
                                """,
                                """
                                <dir>/main.js:1
                                try { throw new Error('a'); } catch (e) { console.log(e.stack.replaceAll(__dirname, '<dir>')); } throw new Error('b');
                                                                                                                                       ^

                                Error: b
                                    at Object.<anonymous> (<dir>/main.js:1:104)
                                """));
    }

    @Test
    void stackOverflowIsARangeErrorAndTheCoroutinesGoOn() {
        project.file(
                "main.js",
                """
                function endless() { return 1 + endless(); }
                const f = spawn(endless);
                try { f.value; } catch (e) { console.log(e instanceof RangeError, e.message); }
                console.log(spawn(() => { sleep(1); return 'fine'; }).value);
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                true Maximum call stack size exceeded
                                fine
                                """,
                                ""));
    }

    @Test
    void errorWhoseOwnTextCannotBeMadeIsReportedAllTheSame() {
        project.file(
                "main.js",
                """
                class Bad extends Error {
                  get message() { throw new Error('in message'); }
                  get stack() { throw new Error('in stack'); }
                }
                spawn(() => { throw new Bad(); });
                spawn(() => { throw { [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('in inspect'); } }; });
                sleep(5);
                console.log('goes on');
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                """
                                goes on
                                """,
                                """
                                <Inspection threw (in message)>
                                  in a coroutine spawned
                                    at Object.<anonymous> (<dir>/main.js:5:1)
                                Uncaught <Inspection threw (in inspect)>
                                  in a coroutine spawned
                                    at Object.<anonymous> (<dir>/main.js:6:1)
                                """));
    }

    @Test
    void javaFramesAreShownWhenAskedFor() {
        project.file("main.js", "throw new Error('x');\n");
        Project.Result without = project.run("main.js");
        Project.Result with = project.run("main.js", options -> options.withJavaFrames(true));
        assertThat(without.err()).doesNotContain("dev.corona").doesNotContain(".java:");
        assertThat(with.err())
                .startsWith(without.err())
                .contains("Java frames:\n    at ")
                .contains(".java:");
    }

    @Test
    void hugeErrorIsReportedWithoutAnEnd() {
        project.file(
                "main.js",
                "const e = new Error('m'.repeat(1e6)); e.self = e; e.more = Array(1e5).fill(7); throw e;\n");
        Project.Result result = project.run("main.js");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("[Circular *1]").hasSizeLessThan(2_000_000);
    }

    @Test
    void placesInFilesWithBracketsInTheirNamesAreFound() {
        project.file(
                "my dir (1)/a (b) c.js",
                """
                exports.f = function f() { throw new Error('x'); };
                """);
        project.file("main.js", "require('./my dir (1)/a (b) c.js').f();\n");
        assertThat(project.run("main.js").err())
                .isEqualTo(
                        """
                        <dir>/my dir (1)/a (b) c.js:1
                        exports.f = function f() { throw new Error('x'); };
                                                         ^

                        Error: x
                            at Object.f (<dir>/my dir (1)/a (b) c.js:1:34)
                            at Object.<anonymous> (<dir>/main.js:1:36)
                        """);
    }
}
