package dev.corona.js;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The global process, and how a program ends. */
class ProcessTest {
    private Project project;

    @BeforeEach
    void open(@TempDir Path folder) {
        project = new Project(folder);
    }

    @Test
    void nothingOfTheEngineIsGlobal() {
        project.file(
                "main.mjs",
                """
                console.log(Object.keys(globalThis).length);
                console.log(['arguments', 'print', 'printErr', 'load', 'loadWithNewGlobal'].filter((name) => name in globalThis).length);
                console.log(Object.getOwnPropertyNames(globalThis).filter((name) => name.includes('corona')).length);
                """);
        assertThat(project.run("main.mjs").out()).isEqualTo("0\n0\n0\n");
    }

    @Test
    void argumentsEnvironmentAndPlaceAreAsGiven() {
        project.file(
                "main.js",
                """
                console.log(process.argv.length, process.argv.slice(1).map((a) => a.replace(__dirname, '<dir>')));
                console.log(process.env, process.env.NONE, 'A' in process.env);
                process.env.B = 'new';
                delete process.env.A;
                console.log(process.env, process.cwd() === __dirname);
                console.log(process.pid > 0, ['linux', 'darwin', 'win32'].includes(process.platform), typeof process.arch, process.version[0]);
                """);
        Project.Result result =
                project.run(
                        "main.js",
                        o ->
                                o.withArgs(List.of("one", "--two", "a b"))
                                        .withEnv(Map.of("A", "value")));
        assertThat(result)
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                5 [ '<dir>/main.js', 'one', '--two', 'a b' ]
                                { A: 'value' } undefined true
                                { B: 'new' } true
                                true true string v
                                """,
                                ""));
    }

    @Test
    void exitEndsTheProgramAtOnceAndNothingRunsAfterIt() {
        project.file(
                "main.js",
                """
                process.on('exit', (code) => console.log('exit', code));
                spawn(() => { try { sleep(60000); console.log('must not run'); } finally { console.log('nor this'); } });
                sleep(0);
                spawn(() => console.log('must not run'));
                setImmediate(() => console.log('must not run'));
                Promise.resolve().then(() => console.log('must not run'));
                function deep() { try { process.exit(3); } catch (e) { console.log('must not run'); } finally { console.log('must not run'); } }
                deep();
                console.log('must not run');
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                3,
                                """
                                exit 3
                                """,
                                ""));
    }

    @Test
    void exitWorksInEveryKindOfCoroutine() {
        project.file(
                "main.js",
                """
                const { kind } = require('./kind.json');
                const leave = () => { process.exit(5); console.log('must not run'); };
                if (kind === 'spawn') spawn(leave);
                if (kind === 'timer') setTimeout(leave, 1);
                if (kind === 'job') Promise.resolve().then(leave);
                if (kind === 'atomic') atomic(leave);
                if (kind === 'sort') [2, 1].sort(leave);
                new Future(() => {}).value;
                """);
        project.file(
                "kind.json",
                """
                {"kind": "spawn"}\
                """);
        for (String kind : List.of("spawn", "timer", "job", "atomic", "sort")) {
            project.file("kind.json", "{\"kind\": \"" + kind + "\"}");
            assertThat(project.run("main.js").toString())
                    .as(kind)
                    .isEqualTo("Result[code=5, out=, err=]");
        }
        assertThat(project.run("main.js")).isEqualTo(new Project.Result(5, "", ""));
    }

    @Test
    void exitCodeIsThatOfTheProgramsEnd() {
        project.file(
                "main.js",
                """
                process.exitCode = 9;
                process.on('exit', (code) => console.log(code, process.exitCode));
                try { process.exitCode = 'x'; } catch (e) { console.log(e.name + ': ' + e.message); }
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                9,
                                """
                                TypeError: process.exitCode must be an integer, but was x
                                9 9
                                """,
                                ""));
    }

    @Test
    void exitListenersMayChangeTheCodeAndExitWithoutACodeTakesIt() {
        project.file(
                "main.js",
                """
                process.on('exit', () => { process.exitCode = 4; });
                process.once('exit', () => console.log('once'));
                process.exitCode = 2;
                process.exit();
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                4,
                                """
                                once
                                """,
                                ""));
    }

    @Test
    void exitListenerThatThrowsEndsTheProgramAllTheSame() {
        project.file(
                "main.js",
                """
                process.on('exit', () => { throw new Error('in exit'); });
                console.log('end');
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                """
                                end
                                """,
                                """
                                <dir>/main.js:1
                                process.on('exit', () => { throw new Error('in exit'); });
                                                                 ^

                                Error: in exit
                                    at process.<anonymous> (<dir>/main.js:1:34)
                                """));
    }

    @Test
    void uncaughtErrorOfMainEndsWithCodeOneAfterTheExitListeners() {
        project.file(
                "main.js",
                """
                process.on('exit', (code) => console.log('exit', code));
                process.exitCode = 0;
                throw 1;
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                """
                                exit 1
                                """,
                                """
                                Uncaught 1
                                """));
    }

    @Test
    void uncaughtExceptionListenersGetErrorsInPlaceOfTheReport() {
        project.file(
                "main.js",
                """
                process.on('uncaughtException', (e, origin) => console.log('caught', e.message ?? e, origin, ++seen));
                let seen = 0;
                spawn(() => { throw new Error('spawned'); });
                setTimeout(() => { throw new Error('timer'); }, 100);
                Promise.reject(new Error('rejection'));
                spawn(() => { throw 'text'; });
                while (seen < 4) sleep(5);
                throw new Error('main');
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                caught spawned uncaughtException 1
                                caught text uncaughtException 2
                                caught rejection uncaughtException 3
                                caught timer uncaughtException 4
                                caught main uncaughtException 5
                                """,
                                ""));
    }

    @Test
    void uncaughtExceptionListenerThatThrowsEndsTheProgram() {
        project.file(
                "main.js",
                """
                process.on('uncaughtException', () => { throw new Error('in the listener'); });
                setTimeout(() => console.log('must not run'), 1000);
                throw new Error('first');
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                7,
                                "",
                                """
                                <dir>/main.js:1
                                process.on('uncaughtException', () => { throw new Error('in the listener'); });
                                                                              ^

                                Error: in the listener
                                    at process.<anonymous> (<dir>/main.js:1:47)
                                """));
    }

    @Test
    void mainThatWaitsForWhatCannotComeEndsWithCodeThirteen() {
        project.file(
                "main.js",
                """
                process.on('exit', (code) => console.log('exit', code));
                spawn(function main() { sleep(1); });
                console.log('waiting');
                new Future(() => {}).value;
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                13,
                                """
                                waiting
                                exit 13
                                """,
                                """
                                Warning: the main coroutine waits for a future, which nothing can complete any more
                                """));
    }

    @Test
    void moduleWhoseAwaitNeverEndsEndsWithCodeThirteen() {
        project.file(
                "main.mjs",
                """
                console.log('waiting');
                await new Promise(() => {});
                console.log('must not run');
                """);
        assertThat(project.run("main.mjs"))
                .isEqualTo(
                        new Project.Result(
                                13,
                                """
                                waiting
                                """,
                                """
                                Warning: the main coroutine waits for a future, which nothing can complete any more
                                """));
    }

    @Test
    void coroutinesThatWaitForNothingDoNotKeepTheProgramAlive() {
        project.file(
                "main.js",
                """
                spawn(function main() { new Future(() => {}).value; });
                spawn(() => wait(new Promise(() => {})));
                console.log('end');
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                end
                                """,
                                ""));
    }

    @Test
    void beforeTheEndTheWorkOfAllCoroutinesIsDone() {
        project.file(
                "main.js",
                """
                spawn(() => { sleep(5); spawn(() => { sleep(5); Promise.resolve().then(() => setTimeout(() => console.log('last'), 1)); }); });
                process.on('exit', () => console.log('exit'));
                console.log('main ends');
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                main ends
                                last
                                exit
                                """,
                                ""));
    }

    @Test
    void hrtimeUptimeMemoryAndEvents() {
        project.file(
                "main.js",
                """
                const start = process.hrtime();
                const big = process.hrtime.bigint();
                sleep(5);
                const [s, ns] = process.hrtime(start);
                console.log(s * 1e9 + ns >= 4.9e6, process.hrtime.bigint() - big >= 4900000n, Number.isInteger(ns));
                console.log(process.uptime() > 0, Object.keys(process.memoryUsage()).sort().join());
                process.on('custom', (x) => console.log('custom', x));
                console.log(process.emit('custom', 1), process.emit('other'), process.listenerCount('custom'));
                process.removeAllListeners('custom');
                console.log(process.emit('custom', 2));
                try { process.on('exit', 5); } catch (e) { console.log(e.name); }
                process.stdout.write('no newline');
                process.stderr.write('to err\\n');
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                true true true
                                true external,heapTotal,heapUsed,rss
                                custom 1
                                true false 1
                                false
                                TypeError
                                no newline\
                                """,
                                """
                                to err
                                """));
    }

    @Test
    void outputThatIsLargeOrUnfinishedIsNotLost() {
        project.file(
                "main.js",
                """
                for (let i = 0; i < 2000; i++) console.log('line ' + i);
                process.stdout.write('ü€😀'.repeat(20000));
                process.exit(0);
                """);
        Project.Result result = project.run("main.js");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 2000; i++) lines.append("line ").append(i).append('\n');
        assertThat(result.out()).isEqualTo(lines + "ü€😀".repeat(20_000));
    }

    @Test
    void outputWhoseReaderIsGoneEndsQuietly() throws InterruptedException {
        OutputStream gone =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                };
        JsProgram program =
                new JsProgram.Code("[eval]", "for (let i = 0; i < 9999; i++) console.log(i)");
        JsOptions options =
                JsOptions.ofThisProcess().withStreams(InputStream.nullInputStream(), gone, gone);
        assertThat(JsRuntime.run(program, options)).isZero();
    }

    @Test
    void streamsTakeTextAndBytesAndRefuseOtherThings() {
        project.file(
                "main.js",
                """
                process.stdout.write('ü');
                process.stdout.write(new Uint8Array([0, 104, 105, 10, 0]).subarray(1, 4));
                process.stderr.write(new TextEncoder().encode('to err ü'));
                try { process.stdout.write(5); } catch (e) { console.log(e.name + ': ' + e.message); }
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                ühi
                                TypeError: process.stdout.write: the data must be a string or bytes, but was number
                                """,
                                "to err ü"));
    }

    @Test
    void exitListenersMayBlock() {
        project.file("main.js", "process.on('exit', () => { sleep(2); console.log('slept'); });");
        assertThat(project.run("main.js")).isEqualTo(new Project.Result(0, "slept\n", ""));
    }
}
