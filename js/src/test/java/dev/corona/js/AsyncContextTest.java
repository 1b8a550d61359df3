package dev.corona.js;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** What AsyncContext variables hold in each coroutine. */
class AsyncContextTest {
    private Project project;

    @BeforeEach
    void open(@TempDir Path folder) {
        project = new Project(folder);
    }

    private void prints(String script, String expected) {
        assertThat(project.script(script)).isEqualTo(new Project.Result(0, expected, ""));
    }

    @Test
    void valueIsKeptOverEveryKindOfWait() {
        prints(
                """
                const v = new AsyncContext.Variable({ defaultValue: 'none' });
                const other = (name) => spawn(() => v.run(name, () => { for (let i = 0; i < 5; i++) { sleep(1); if (v.get() !== name) throw new Error('mixed up'); } return v.get(); }));
                v.run('main', () => {
                  const others = ['a', 'b'].map(other);
                  sleep(2);
                  console.log('sleep', v.get());
                  console.log('future', new Future((r) => setTimeout(r, 1, v.get())).value, v.get());
                  wait(new Promise((r) => setTimeout(r, 1)));
                  console.log('promise', v.get());
                  console.log(others.map((f) => f.value).join(), v.get());
                  try { new Future(() => {}).wait(1); } catch { console.log('after a timeout', v.get()); }
                });
                console.log(v.get());
                """,
                """
                sleep main
                future main main
                promise main
                a,b main
                after a timeout main
                none
                """);
    }

    @Test
    void valueIsInheritedBySpawnsTimersAndJobs() {
        prints(
                """
                const v = new AsyncContext.Variable();
                const log = [];
                v.run('ctx', () => {
                  spawn(() => { log.push('spawn ' + v.get()); spawn(() => { sleep(1); log.push('nested ' + v.get()); }); });
                  setTimeout(() => { log.push('timeout ' + v.get()); }, 1);
                  const i = setInterval(() => { log.push('interval ' + v.get()); clearInterval(i); }, 2);
                  setImmediate(() => { log.push('immediate ' + v.get()); });
                  Promise.resolve().then(() => { log.push('then ' + v.get()); });
                  queueMicrotask(() => { log.push('microtask ' + v.get()); });
                  (async () => { await null; log.push('async ' + v.get()); sleep(1); log.push('async after sleep ' + v.get()); })();
                  sleep.future(1).then(() => log.push('future ' + v.get()));
                });
                while (log.length < 10) sleep(1);
                console.log(log.sort().join('\\n'), v.get());
                """,
                """
                async after sleep ctx
                async ctx
                future ctx
                immediate ctx
                interval ctx
                microtask ctx
                nested ctx
                spawn ctx
                then ctx
                timeout ctx undefined
                """);
    }

    @Test
    void jobsOfOneCoroutineDoNotSeeTheValueOfAnother() {
        prints(
                """
                const v = new AsyncContext.Variable();
                const request = (id) => spawn(() => v.run(id, () => {
                  const seen = [];
                  for (let i = 0; i < 3; i++) {
                    wait((async () => { await null; sleep(i); seen.push(v.get()); })());
                    sleep(0);
                    seen.push(v.get());
                  }
                  return seen.every((x) => x === id);
                }));
                console.log(Array.from({ length: 50 }, (_, i) => request(i)).every((f) => f.value), v.get());
                """,
                """
                true undefined
                """);
    }

    @Test
    void snapshotRunsInItsOwnContext() {
        prints(
                """
                const v = new AsyncContext.Variable();
                const snapshot = v.run('then', () => new AsyncContext.Snapshot());
                v.run('now', () => { snapshot.run(() => { console.log(v.get()); sleep(1); console.log(v.get()); }); console.log(v.get()); });
                """,
                """
                then
                then
                now
                """);
    }
}
