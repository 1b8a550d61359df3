package dev.corona.js;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** Promises, async functions and microtasks while coroutines are suspended. */
class PromiseJobsTest {
    private Project project;

    @BeforeEach
    void open(@TempDir Path folder) {
        project = new Project(folder);
    }

    private void prints(String script, String expected) {
        assertThat(project.script(script)).isEqualTo(new Project.Result(0, expected, ""));
    }

    @Test
    void jobsRunWhileManyCoroutinesAreSuspended() {
        prints(
                """
                const gate = new Future((resolve) => { globalThis.open = resolve; });
                const suspended = Array.from({ length: 100 }, () => spawn(() => gate.value));
                sleep(1);
                async function count(n) { let sum = 0; for (let i = 0; i < n; i++) sum += await i; return sum; }
                console.log(wait(count(1000)));
                wait(Promise.resolve().then(() => 1).then((v) => console.log('then', v + 1)));
                open('go');
                console.log(suspended.every((f) => f.value === 'go'));
                """,
                """
                499500
                then 2
                true
                """);
    }

    @Test
    void jobsRunAfterTheScriptHasComeToAWaitOrItsEnd() {
        prints(
                """
                const order = [];
                Promise.resolve().then(() => order.push('job'));
                queueMicrotask(() => order.push('microtask'));
                process.nextTick((x) => order.push('tick ' + x), 'arg');
                (async () => { order.push('async starts'); await null; order.push('async goes on'); })();
                order.push('script');
                sleep(0);
                console.log(order.join(', '));
                Promise.resolve().then(() => console.log('after the end'));
                console.log('end');
                """,
                """
                async starts, script, job, microtask, tick arg, async goes on
                end
                after the end
                """);
    }

    @Test
    void jobThatBlocksHoldsUpNobody() {
        prints(
                """
                const order = [];
                let open;
                const gate = new Future((resolve) => { open = resolve; });
                const slow = Promise.resolve().then(() => { order.push('slow begins'); gate.value; order.push('slow ends'); return 's'; });
                const quick = Promise.resolve().then(() => order.push('quick'));
                const chain = (async () => { for (let i = 0; i < 5; i++) await null; order.push('chain'); })();
                wait(quick);
                wait(chain);
                setTimeout(open, 1);
                console.log(order.join(', '));
                console.log(wait(slow), order.at(-1));
                """,
                """
                slow begins, quick, chain
                s slow ends
                """);
    }

    @Test
    void asyncFunctionMayBlockAndAwaitInTurn() {
        prints(
                """
                async function mixed(n) {
                  sleep(1);
                  const a = await Promise.resolve(n);
                  sleep(1);
                  const b = await spawn(() => { sleep(1); return n; });
                  return a + b + wait(Promise.resolve(n));
                }
                console.log(wait(Promise.all([1, 2, 3].map(mixed))).join());
                async function* numbers() { for (let i = 0; i < 3; i++) { sleep(1); yield i; } }
                wait((async () => { for await (const n of numbers()) console.log('n', n); })());
                """,
                """
                3,6,9
                n 0
                n 1
                n 2
                """);
    }

    @Test
    void twoJobsThatBlockAtOnceKeepTheirOwnPlaces() {
        prints(
                """
                const log = [];
                const work = (name, ms) => Promise.resolve().then(() => {
                  for (let i = 1; i <= 3; i++) { sleep(ms); log.push(name + i); }
                  return name;
                });
                console.log(wait(Promise.all([work('a', 1), work('b', 8)])).join(), log.filter((x) => x[0] === 'a').join(), log.filter((x) => x[0] === 'b').join());
                """,
                """
                a,b a1,a2,a3 b1,b2,b3
                """);
    }

    @Test
    void microtaskErrorIsUncaughtAndTheOthersRun() {
        prints(
                """
                process.on('uncaughtException', (e) => { console.log('uncaught', e.message); sleep(1); slept++; });
                let slept = 0;
                queueMicrotask(() => { throw new Error('in a microtask'); });
                queueMicrotask(() => console.log('next'));
                process.nextTick(() => { throw new Error('in a tick'); });
                while (slept < 2) sleep(1);
                console.log('end');
                try { queueMicrotask('x'); } catch (e) { console.log(e.name); }
                """,
                """
                uncaught in a microtask
                next
                uncaught in a tick
                end
                TypeError
                """);
    }

    @Test
    void rejectionHandledAMomentLaterIsNotReported() {
        prints(
                """
                const late = Promise.reject(new Error('handled by a coroutine'));
                spawn(() => { try { wait(late); } catch (e) { console.log(e.message); } });
                sleep(2);
                const chained = Promise.reject(new Error('handled by a job'));
                Promise.resolve().then(() => chained.catch((e) => console.log(e.message)));
                sleep(2);
                """,
                """
                handled by a coroutine
                handled by a job
                """);
    }
}
