package dev.corona.js;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** Sections in which nothing else runs. */
class AtomicTest {
    private Project project;

    @BeforeEach
    void open(@TempDir Path folder) {
        project = new Project(folder);
    }

    private void prints(String script, String expected) {
        assertThat(project.script(script)).isEqualTo(new Project.Result(0, expected, ""));
    }

    @Test
    void callsThatWouldBlockThrowAtTheCallSite() {
        prints(
                """
                const pending = new Future(() => {});
                const blocked = {
                  sleep: () => sleep(1),
                  sleep0: () => sleep(0),
                  value: () => pending.value,
                  wait: () => pending.wait(5),
                  promise: () => wait(new Promise(() => {})),
                  future: () => sleep.future(1).value,
                };
                for (const [name, call] of Object.entries(blocked)) {
                  try {
                    atomic(call);
                    console.log(name, 'did not throw');
                  } catch (e) {
                    console.log(name, e.name, e.code, e instanceof Error, /main\\.js:\\d+/.test(e.stack));
                  }
                }
                try { atomic(() => sleep(7)); } catch (e) { console.log(e.message); }
                """,
                """
                sleep WouldBlockError EWOULDBLOCK true true
                sleep0 WouldBlockError EWOULDBLOCK true true
                value WouldBlockError EWOULDBLOCK true true
                wait WouldBlockError EWOULDBLOCK true true
                promise WouldBlockError EWOULDBLOCK true true
                future WouldBlockError EWOULDBLOCK true true
                cannot wait for sleep 7 ms inside atomic: nothing may block there; do it before or after the section
                """);
    }

    @Test
    void givesTheResultAndLetsThroughWhatDoesNotBlock() {
        prints(
                """
                const done = Future.resolve('ready');
                console.log(atomic(() => 5), atomic(() => undefined), atomic(() => done.value), atomic(() => wait(6)));
                const object = {};
                console.log(atomic(() => object) === object);
                console.log(atomic(() => { spawn(() => console.log('spawned')); setTimeout(() => console.log('timer'), 1); return 'section'; }));
                sleep(3);
                try { atomic(3); } catch (e) { console.log(e.message); }
                """,
                """
                5 undefined ready 6
                true
                section
                spawned
                timer
                atomic: the argument must be a function, but was 3
                """);
    }

    @Test
    void nestsAndIsRestoredAfterAThrow() {
        prints(
                """
                const blocks = () => { try { sleep(1); return false; } catch (e) { return e.name === 'WouldBlockError'; } };
                const seen = [];
                atomic(() => {
                  atomic(() => seen.push(blocks()));
                  seen.push(blocks());
                  try { atomic(() => { throw new Error('inner'); }); } catch (e) { seen.push(e.message); }
                  seen.push(blocks());
                });
                seen.push(blocks());
                try { atomic(() => { throw new TypeError('outer'); }); } catch (e) { seen.push(e.message); }
                seen.push(blocks());
                console.log(seen.join());
                """,
                """
                true,true,inner,true,false,outer,false
                """);
    }

    @Test
    void holdsForTheCallingCoroutineAlone() {
        prints(
                """
                const log = [];
                const other = spawn(() => { for (let i = 0; i < 3; i++) { sleep(1); log.push('other'); } });
                atomic(() => { const end = Date.now() + 15; while (Date.now() < end); log.push('section'); });
                other.value;
                console.log(log.join());
                const started = spawn(() => atomic(() => spawn(() => { sleep(1); return 'may block'; })));
                console.log(started.value);
                """,
                """
                section,other,other,other
                may block
                """);
    }

    @Test
    void bankTransfersStayExactWithoutLocks() {
        prints(
                """
                const accounts = Array.from({ length: 10 }, () => 100);
                function transfer(from, to) {
                  atomic(() => { const sum = accounts[from]; accounts[from] = 0; accounts[to] += sum; });
                  sleep(0);
                }
                const workers = Array.from({ length: 50 }, (_, w) => spawn(() => {
                  for (let i = 0; i < 20; i++) transfer((w + i) % 10, (w * 3 + i * 7) % 10 === (w + i) % 10 ? (w + i + 1) % 10 : (w * 3 + i * 7) % 10);
                }));
                for (const worker of workers) worker.value;
                console.log(accounts.reduce((a, b) => a + b));
                """,
                """
                1000
                """);
    }
}
