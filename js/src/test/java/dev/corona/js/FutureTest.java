package dev.corona.js;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** Spawned coroutines and their futures, as a script sees them. */
class FutureTest {
    private Project project;

    @BeforeEach
    void open(@TempDir Path folder) {
        project = new Project(folder);
    }

    private void prints(String script, String expected) {
        assertThat(project.script(script)).isEqualTo(new Project.Result(0, expected, ""));
    }

    @Test
    void spawnRunsItsFunctionLaterWithItsArgumentsAndValueWaitsForTheResult() {
        prints(
                """
                const log = [];
                function add(a, b) { log.push('start'); sleep(2); log.push('end'); return a + b; }
                const sum = spawn(add, 2, 3);
                log.push('spawned ' + sum.done);
                log.push(sum.value);
                log.push(sum.done, sum.value, sum.wait(1));
                console.log(log.join());
                console.log(Object.prototype.toString.call(sum), sum instanceof Future);
                """,
                """
                spawned false,start,end,5,true,5,5
                [object Future] true
                """);
    }

    @Test
    void coroutinesWaitAtTheSameTimeAndEndInTheOrderOfTheirTimes() {
        prints(
                """
                const order = [];
                const futures = [150, 50, 100].map((ms) => spawn(() => { sleep(ms); order.push(ms); return ms; }));
                console.log(futures.map((f) => f.value).join(), order.join());
                """,
                "150,50,100 50,100,150\n");
    }

    @Test
    void manyCoroutinesWaitForOneFutureAndAllGetItsValue() {
        prints(
                """
                const one = spawn(() => { sleep(3); return 'x'; });
                const readers = Array.from({ length: 1000 }, (_, i) => spawn(() => one.value + i));
                const got = readers.map((f) => f.value);
                console.log(got.length, got[0], got[999], new Set(got).size);
                """,
                "1000 x0 x999 1000\n");
    }

    @Test
    void waitWithALimitThrowsTimeoutErrorAndTheFutureGoesOn() {
        prints(
                """
                let finish;
                const slow = new Future((resolve) => { finish = resolve; });
                try { slow.wait(2); } catch (e) { console.log(e.name, e instanceof Error, e.code, e.message); }
                try { slow.wait(0); } catch (e) { console.log(e.name); }
                console.log(slow.done);
                setTimeout(finish, 1, 'late');
                console.log(slow.wait(60000), slow.wait(0));
                try { slow.wait('soon'); } catch (e) { console.log(e.name + ': ' + e.message); }
                """,
                """
                TimeoutError true ETIMEDOUT the future has no value after 2 ms
                TimeoutError
                false
                late late
                TypeError: timeout must be a number of milliseconds, but was soon
                """);
    }

    @Test
    void valueThrowsTheVeryErrorEachTimeItIsRead() {
        prints(
                """
                const error = new RangeError('no');
                const failed = spawn(() => { throw error; });
                for (let i = 0; i < 2; i++) {
                  try { failed.value; } catch (e) { console.log(e === error); }
                }
                try { spawn(() => { throw 7; }).value; } catch (e) { console.log(typeof e, e); }
                """,
                "true\ntrue\nnumber 7\n");
    }

    @Test
    void futureIsThenableWithCatchAndFinallyAndAwait() {
        prints(
                """
                const log = (x) => console.log(x);
                const good = () => spawn(() => { sleep(1); return 'good'; });
                const bad = () => spawn(() => { sleep(1); throw new Error('bad'); });
                wait(good().then((v) => log('then ' + v)));
                wait(bad().then(log, (e) => log('onRejected ' + e.message)));
                wait(bad().catch((e) => log('catch ' + e.message)));
                log('finally passes ' + wait(good().finally(() => { log('finally'); return 'ignored'; })));
                try { wait(bad().finally(() => {})); } catch (e) { log('finally rethrows ' + e.message); }
                async function main() {
                  log('await ' + (await good()));
                  try { await bad(); } catch (e) { log('await throws ' + e.message); }
                  const all = await Promise.all([good(), 1, Promise.resolve(2)]);
                  log('Promise.all ' + all);
                }
                wait(main());
                log(good().then(() => {}) instanceof Promise);
                """,
                """
                then good
                onRejected bad
                catch bad
                finally
                finally passes good
                finally rethrows bad
                await good
                await throws bad
                Promise.all good,1,2
                true
                """);
    }

    @Test
    void finallyWaitsForWhatItsCallbackReturnsAndPassesItsError() {
        prints(
                """
                const order = [];
                const f = Future.resolve('v').finally(() => spawn(() => { sleep(3); order.push('cleanup'); }));
                order.push(wait(f));
                console.log(order.join());
                try {
                  wait(Future.resolve(1).finally(() => { throw new Error('in cleanup'); }));
                } catch (e) { console.log(e.message); }
                try {
                  wait(Future.reject(new Error('first')).finally(() => Promise.reject(new Error('cleanup failed'))));
                } catch (e) { console.log(e.message); }
                console.log(wait(Future.resolve('as is').finally()));
                """,
                """
                cleanup,v
                in cleanup
                cleanup failed
                as is
                """);
    }

    @Test
    void allKeepsTheOrderTakesAnyIterableAndFailsWithTheFirstError() {
        prints(
                """
                const after = (ms, v) => spawn(() => { sleep(ms); return v; });
                console.log(Future.all([after(9, 'a'), Promise.resolve('b'), 'c', after(1, 'd')]).value.join());
                console.log(Future.all(new Set()).value.length);
                const failing = Future.all([after(30, 1), spawn(() => { sleep(1); throw new Error('x'); })]);
                try { failing.value; } catch (e) { console.log('failed', e.message); }
                try { Future.all(3); } catch (e) { console.log(e.name); }
                """,
                """
                a,b,c,d
                0
                failed x
                TypeError
                """);
    }

    @Test
    void raceIsTheFirstToSucceedOrFail() {
        prints(
                """
                const after = (ms, v) => spawn(() => { sleep(ms); return v; });
                console.log(Future.race([new Future(() => {}), after(1, 'fast')]).value);
                const failing = Future.race([new Future(() => {}), Promise.reject(new Error('rejected'))]);
                try { failing.value; } catch (e) { console.log(e.message); }
                """,
                "fast\nrejected\n");
    }

    @Test
    void executorRunsAtOnceAndAdoptsPromisesAndFutures() {
        prints(
                """
                const log = [];
                const f = new Future((resolve) => { log.push('executor'); setTimeout(resolve, 1, 'later'); });
                log.push('made', f.value);
                log.push(new Future((resolve) => resolve(Promise.resolve('promised'))).value);
                log.push(new Future((resolve) => resolve(spawn(() => 'spawned'))).value);
                log.push(new Future((resolve) => { resolve('first'); resolve('second'); throw new Error(); }).value);
                for (const make of [
                  () => new Future(() => { throw new Error('executor threw'); }),
                  () => new Future((_, reject) => reject(new Error('rejected'))),
                  () => new Future((resolve) => resolve(Promise.reject(new Error('adopted')))),
                  () => Future.reject(new Error('static')),
                ]) {
                  try { make().value; } catch (e) { log.push(e.message); }
                }
                const same = Future.resolve(1);
                log.push(Future.resolve(same) === same);
                let settle;
                const self = new Future((resolve) => { settle = resolve; });
                settle(self);
                try { self.value; } catch (e) { log.push(e.name + ': ' + e.message); }
                try { new Future(3); } catch (e) { log.push(e.message); }
                console.log(log.join('\\n'));
                """,
                """
                executor
                made
                later
                promised
                spawned
                first
                executor threw
                rejected
                adopted
                static
                true
                TypeError: a Future cannot resolve to itself
                Future executor must be a function, but was 3
                """);
    }

    @Test
    void onceResolvedWithAnotherFutureItTakesNothingElse() {
        prints(
                """
                const f = new Future((resolve, reject) => {
                  resolve(spawn(() => { sleep(2); return 'adopted'; }));
                  resolve('second');
                  reject(new Error('third'));
                });
                console.log(f.value);
                """,
                "adopted\n");
    }

    @Test
    void resultThatIsAFutureOrPromiseIsAdopted() {
        prints(
                """
                console.log(spawn(() => spawn(() => spawn(() => 'inner'))).value);
                console.log(spawn(async () => { await null; return 'async'; }).value);
                try { spawn(async () => { throw new Error('async error'); }).value; } catch (e) { console.log(e.message); }
                """,
                "inner\nasync\nasync error\n");
    }

    @Test
    void blockingFunctionsHaveAFutureTwin() {
        prints(
                """
                const naps = [sleep.future(3), sleep.future(1)];
                console.log(naps.map((f) => f instanceof Future && !f.done).join());
                naps.forEach((f) => f.value);
                console.log(wait.future(Promise.resolve('waited')).value);
                try { wait.future(Promise.reject(new Error('no'))).value; } catch (e) { console.log(e.message); }
                try { sleep.future('x').value; } catch (e) { console.log(e.name + ': ' + e.message); }
                """,
                """
                true,true
                waited
                no
                TypeError: sleep must be a number of milliseconds, but was x
                """);
    }

    @Test
    void errorIsHeldUntilItIsReadAndReportedAtTheEndIfNobodyDoes() {
        Project.Result read =
                project.script(
                        """
                        const failed = sleep.future('x');
                        sleep(5);
                        try { failed.value; } catch (e) { console.log('read', e.name); }
                        """);
        assertThat(read).isEqualTo(new Project.Result(0, "read TypeError\n", ""));

        Project.Result unread =
                project.script("sleep.future('x');\nsleep(2);\nconsole.log('goes on');\n");
        assertThat(unread.code()).isEqualTo(1);
        assertThat(unread.out()).isEqualTo("goes on\n");
        assertThat(unread.err())
                .isEqualTo(
                        """
                        TypeError: sleep must be a number of milliseconds, but was x
                          in a coroutine spawned
                            at Object.<anonymous> (<dir>/main.js:1:7)
                        """);
    }

    @Test
    void awaitingAFutureCountsAsReadingIt() {
        prints(
                """
                const failed = spawn(() => { sleep(1); throw new Error('mine'); });
                const reader = spawn(() => { try { failed.value; } catch (e) { return 'read ' + e.message; } });
                console.log(reader.value);
                """,
                "read mine\n");
    }

    @Test
    void spawnRefusesWhatIsNoFunction() {
        prints(
                """
                for (const wrong of [undefined, null, 'f', {}]) {
                  try { spawn(wrong); } catch (e) { console.log(e.name + ': ' + e.message); }
                }
                """,
                """
                TypeError: spawn: the first argument must be a function, but was undefined
                TypeError: spawn: the first argument must be a function, but was null
                TypeError: spawn: the first argument must be a function, but was f
                TypeError: spawn: the first argument must be a function, but was a object
                """);
    }

    @Test
    void futuresPrintTheirState() {
        prints(
                """
                const pending = spawn(() => { sleep(1); });
                console.log(pending, Future.resolve(5), [Future.resolve('s')]);
                const failed = Future.reject('why');
                console.log(failed);
                try { failed.value; } catch {}
                """,
                """
                Future { <pending> } Future { 5 } [ Future { 's' } ]
                Future { <rejected> 'why' }
                """);
    }

    @Test
    void thousandsOfCoroutinesNestedAndSideBySide() {
        prints(
                """
                function down(n) { return n === 0 ? 0 : 1 + spawn(down, n - 1).value; }
                console.log(down(2000));
                const all = Array.from({ length: 10000 }, (_, i) => spawn(() => { sleep(i % 7); return i; }));
                console.log(all.reduce((sum, f) => sum + f.value, 0));
                """,
                "2000\n49995000\n");
    }
}
