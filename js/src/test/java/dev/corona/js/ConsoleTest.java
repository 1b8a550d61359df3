package dev.corona.js;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** The global console. */
class ConsoleTest {
    private Project project;

    @BeforeEach
    void open(@TempDir Path folder) {
        project = new Project(folder);
    }

    @Test
    void linesObjectsAndFormatsGoToTheirStreams() {
        project.file(
                "main.js",
                """
                console.log('plain');
                console.log();
                console.log('');
                console.log('multi\\nline %s', 'text');
                console.log('100%', 5, 'a %d b %i c %f', '%s');
                console.log('%s is %d years and %i, %f %o %O %j %c%%', 'Bob', 42.5, 42.9, '1.5', [1], { a: 1 }, { j: 1 }, 'css');
                console.log('a', 1, true, null, undefined, 3n, Symbol('s'), -0);
                console.log({ a: [1, { b: { c: { d: 1 } } }], f() {}, s: 'q' }, [1, , 3], new Map([[1, { x: 1 }]]), new Set('ab'));
                console.info('info'); console.debug('debug');
                console.error('error %d', 1); console.warn('warn', { a: 1 });
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                plain


                                multi
                                line text
                                100% 5 a %d b %i c %f %s
                                Bob is 42.5 years and 42, 1.5 [ 1, [length]: 1 ] { a: 1 } {"j":1} %
                                a 1 true null undefined 3n Symbol(s) -0
                                { a: [ 1, { b: [Object] } ], f: [Function: f], s: 'q' } [ 1, <1 empty item>, 3 ] Map(1) { 1 => { x: 1 } } Set(2) { 'a', 'b' }
                                info
                                debug
                                """,
                                """
                                error 1
                                warn { a: 1 }
                                """));
    }

    /** Without any other in the program, so that nothing has loaded the inspector. */
    @Test
    void valuesThatAreTheirOwnTextPrintAsThemselves() {
        project.file(
                "main.js",
                """
                console.log(42);
                console.log('a', 1.5, true, null, undefined, NaN, Infinity);
                console.log(null);
                console.log(5, '100%', 'x');
                console.log(0, -0);
                console.log('100%', 5);
                console.log('%d', 5);
                console.log(3n, 'big');
                """);
        assertThat(project.run("main.js").out())
                .isEqualTo(
                        """
                        42
                        a 1.5 true null undefined NaN Infinity
                        null
                        5 100% x
                        0 -0
                        100% 5
                        5
                        3n big
                        """);
    }

    @Test
    void groupsCountsTimesAssertionsAndTraces() {
        project.file(
                "main.js",
                """
                console.group('head');
                console.log('in\\nside');
                console.group();
                console.log({ deep: 1 });
                console.groupEnd(); console.groupEnd(); console.groupEnd();
                console.log('out');
                console.count(); console.count('x'); console.count(); console.countReset(); console.count();
                console.assert(true, 'not shown'); console.assert(false, 'shown %d', 1); console.assert(0);
                console.timeEnd('none');
                console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
                function traced() { console.trace('here', 1); }
                traced();
                console.log(String(console));
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                head
                                  in
                                  side
                                    { deep: 1 }
                                out
                                default: 1
                                x: 1
                                default: 2
                                default: 1
                                { a: [Object] }
                                [object console]
                                """,
                                """
                                Assertion failed: shown 1
                                Assertion failed
                                Warning: No such label 'none' for console.time()
                                Trace: here 1
                                    at traced (<dir>/main.js:11:29)
                                    at Object.<anonymous> (<dir>/main.js:12:1)
                                """));
    }

    @Test
    void timersOfTheConsoleMeasure() {
        Project.Result result =
                project.script(
                        "console.time('t'); sleep(2); console.timeLog('t', 5); console.timeEnd('t');"
                                + " console.time(); console.timeEnd()");
        assertThat(result.out()).matches("t: [\\d.]+m?s 5\nt: [\\d.]+m?s\ndefault: [\\d.]+m?s\n");
    }

    @Test
    void printingAnObjectMayBlock() {
        project.file(
                "main.js",
                """
                console.log({ [Symbol.for('nodejs.util.inspect.custom')]() { sleep(1); return 'slept'; } });
                console.log('%s', { toString() { sleep(1); return 'text'; } });
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                slept
                                text
                                """,
                                ""));
    }
}
