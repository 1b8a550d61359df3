package dev.corona.js;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** setTimeout and its family. */
class TimersTest {
    private Project project;

    @BeforeEach
    void open(@TempDir Path folder) {
        project = new Project(folder);
    }

    private void prints(String script, String expected) {
        assertThat(project.script(script)).isEqualTo(new Project.Result(0, expected, ""));
    }

    @Test
    void fireInTheOrderOfTheirTimesAndInOrderOfCreationAtTheSameTime() {
        prints(
                """
                const order = [];
                const push = (...x) => order.push(x.join(''));
                setTimeout(push, 100, 'c');
                setTimeout(push, 1, 'a', 1, 2);
                setTimeout(push, 1, 'b');
                setTimeout(push);
                setTimeout(push, -1, 'neg');
                setTimeout(push, 'x', 'nan');
                setTimeout(push, 2 ** 40, 'too long counts as 1');
                while (order.at(-1) !== 'c') sleep(5);
                console.log(order.join());
                """,
                """
                a12,b,,neg,nan,too long counts as 1,c
                """);
    }

    @Test
    void clearStopsTimeoutsIntervalsAndImmediates() {
        prints(
                """
                const no = () => console.log('must not run');
                clearTimeout(setTimeout(no, 1));
                clearInterval(setInterval(no, 1));
                clearImmediate(setImmediate(no));
                clearTimeout(+setTimeout(no, 1));
                clearTimeout(String(Number(setTimeout(no, 1))));
                setTimeout(no, 1).close();
                clearTimeout(); clearTimeout(null); clearTimeout(12345); clearTimeout({}); clearInterval('x'); clearImmediate(undefined);
                const inOther = setTimeout(no, 200);
                setTimeout(() => clearTimeout(inOther), 1);
                sleep(10);
                console.log('done');
                """,
                """
                done
                """);
    }

    @Test
    void intervalRepeatsUntilItIsCleared() {
        prints(
                """
                let count = 0;
                const interval = setInterval((step) => {
                  count += step;
                  if (count === 6) { clearInterval(interval); console.log('cleared at', count); }
                }, 1, 2);
                """,
                """
                cleared at 6
                """);
    }

    @Test
    void callbacksMayBlockAndDoNotHoldUpEachOther() {
        prints(
                """
                const order = [];
                let open;
                const gate = new Future((resolve) => { open = resolve; });
                const a = new Future((done) => setTimeout(() => { order.push('a'); gate.value; order.push('a end'); done(); }, 1));
                setTimeout(() => { order.push('b'); sleep(1); order.push('b end'); open(); }, 2);
                a.value;
                console.log(order.join());
                """,
                """
                a,b,b end,a end
                """);
    }

    @Test
    void unrefDoesNotKeepTheProgramAlive() {
        prints(
                """
                const weak = setTimeout(() => console.log('must not run'), 60000).unref();
                console.log(weak.hasRef(), weak.ref().hasRef(), weak.unref().hasRef());
                setInterval(() => {}, 1).unref();
                setTimeout(() => console.log('alive until here'), 100);
                const firing = setTimeout(() => console.log('weak ones fire while it lives'), 1);
                firing.unref();
                """,
                """
                false true false
                weak ones fire while it lives
                alive until here
                """);
    }

    @Test
    void refreshStartsTheTimeAgain() {
        prints(
                """
                const order = [];
                const timer = setTimeout(() => order.push('refreshed'), 200);
                setTimeout(() => { order.push('refresh'); timer.refresh(); }, 100);
                setTimeout(() => order.push('between'), 201);
                while (order.length < 3) sleep(5);
                console.log(order.join());
                """,
                """
                refresh,between,refreshed
                """);
    }

    @Test
    void immediatesRunAfterTheJobsAndBeforeTimers() {
        prints(
                """
                const order = [];
                setTimeout(() => order.push('timeout'), 100);
                setImmediate((x) => order.push('immediate ' + x), 1);
                Promise.resolve().then(() => order.push('job'));
                order.push('script');
                while (order.length < 4) sleep(5);
                console.log(order.join());
                """,
                """
                script,job,immediate 1,timeout
                """);
    }

    @Test
    void refuseWhatIsNoFunction() {
        prints(
                """
                for (const make of [setTimeout, setInterval, setImmediate]) {
                  try { make('code', 1); } catch (e) { console.log(e.name + ': ' + e.message); }
                }
                """,
                """
                TypeError: setTimeout: the callback must be a function, but was code
                TypeError: setInterval: the callback must be a function, but was code
                TypeError: setImmediate: the callback must be a function, but was code
                """);
    }

    @Test
    void tenThousandTimersAllFire() {
        prints(
                """
                let fired = 0;
                for (let i = 0; i < 10000; i++) setTimeout(() => fired++, i % 10);
                const never = Array.from({ length: 1000 }, () => setTimeout(() => { fired = NaN; }, 5));
                never.forEach(clearTimeout);
                while (fired < 10000) sleep(5);
                console.log(fired);
                """,
                """
                10000
                """);
    }
}
