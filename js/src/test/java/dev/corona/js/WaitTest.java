package dev.corona.js;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** Waiting for promises and thenables. */
class WaitTest {
    private Project project;

    @BeforeEach
    void open(@TempDir Path folder) {
        project = new Project(folder);
    }

    private void prints(String script, String expected) {
        assertThat(project.script(script)).isEqualTo(new Project.Result(0, expected, ""));
    }

    @Test
    void waitGivesTheValueOfAPromiseAndThrowsItsError() {
        prints(
                """
                console.log(wait(Promise.resolve('now')));
                console.log(wait(new Promise((resolve) => setTimeout(resolve, 2, 'later'))));
                const error = new Error('no');
                try { wait(Promise.reject(error)); } catch (e) { console.log(e === error); }
                try { wait(new Promise((_, reject) => setTimeout(reject, 2, 'text'))); } catch (e) { console.log(typeof e, e); }
                console.log(wait(5), wait(null), wait(undefined), wait('then'));
                """,
                """
                now
                later
                true
                string text
                5 null undefined then
                """);
    }

    @Test
    void waitTakesAnyThenable() {
        prints(
                """
                console.log(wait({ then(resolve) { setTimeout(resolve, 1, 'thenable'); } }));
                const callable = () => {};
                callable.then = (resolve) => resolve('function');
                console.log(wait(callable));
                try { wait({ then() { throw new Error('then threw'); } }); } catch (e) { console.log(e.message); }
                try { wait({ get then() { throw new Error('getter threw'); } }); } catch (e) { console.log(e.message); }
                console.log(wait({ then: 3 }).then);
                console.log(wait({ then(resolve) { resolve(Promise.resolve('nested')); } }));
                """,
                """
                thenable
                function
                then threw
                getter threw
                3
                nested
                """);
    }

    @Test
    void waitWithALimitLeavesThePromiseAlone() {
        prints(
                """
                let resolve;
                const promise = new Promise((r) => { resolve = r; });
                try { wait(promise, 2); } catch (e) { console.log(e.name, e.code); }
                resolve('value');
                console.log(wait(promise, 1000));
                """,
                """
                TimeoutError ETIMEDOUT
                value
                """);
    }

    @Test
    void rejectionAfterTheLimitIsNobodysButTheWaiters() {
        prints(
                """
                let reject;
                const promise = new Promise((_, r) => { reject = r; });
                try { wait(promise, 1); } catch (e) { console.log(e.name); }
                reject(new Error('too late'));
                try { wait(promise); } catch (e) { console.log(e.message); }
                """,
                """
                TimeoutError
                too late
                """);
    }

    @Test
    void manyCoroutinesWaitForTheSamePromise() {
        prints(
                """
                const promise = new Promise((resolve) => setTimeout(resolve, 3, 1));
                const waiting = Array.from({ length: 500 }, () => spawn(() => wait(promise)));
                console.log(waiting.reduce((sum, f) => sum + f.value, 0));
                """,
                """
                500
                """);
    }

    @Test
    void sleepTakesItsTimeAndRefusesWhatIsNoNumber() {
        prints(
                """
                const start = process.hrtime.bigint();
                sleep(20);
                console.log(process.hrtime.bigint() - start >= 19000000n);
                for (const ms of [0, -5, undefined, '1', null]) sleep(ms);
                for (const wrong of ['x', {}, NaN]) {
                  try { sleep(wrong); } catch (e) { console.log(e.name + ': ' + e.message); }
                }
                """,
                """
                true
                TypeError: sleep must be a number of milliseconds, but was x
                TypeError: sleep must be a number of milliseconds, but was a object
                TypeError: sleep must be a number of milliseconds, but was NaN
                """);
    }

    @Test
    void sleepOfNothingLetsTheOthersRun() {
        prints(
                """
                const order = [];
                const other = spawn(() => { order.push('a1'); sleep(0); order.push('a2'); });
                order.push('m1');
                sleep(0);
                order.push('m2');
                other.value;
                console.log(order.join(' '));
                """,
                """
                m1 a1 m2 a2
                """);
    }
}
