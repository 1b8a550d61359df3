package dev.corona.js;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** CommonJS and ES modules. */
class ModulesTest {
    private Project project;

    @BeforeEach
    void open(@TempDir Path folder) {
        project = new Project(folder);
    }

    @Test
    void commonJsModulesShareOneCacheAndKnowWhereTheyAre() {
        project.file(
                "main.js",
                """
                const a = require('./lib/a');
                console.log(a.name, require('./lib/a.js') === a, require.main === module, module.id === __filename);
                console.log(__filename.endsWith('main.js'), __dirname === module.path, this === exports, arguments.length);
                console.log(require.resolve('./lib/a').endsWith('/lib/a.js'), Object.keys(require.cache).length);
                console.log(a.parent, module.children.length, module.loaded, a.loaded());
                """);
        project.file(
                "lib/a.js",
                """
                exports.name = 'a';
                exports.parent = module.parent.filename.split('/').pop();
                exports.loaded = () => module.loaded;
                console.log('a is loaded once', require.main === module);
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                a is loaded once false
                                a true true true
                                true true true 5
                                true 2
                                main.js 1 false true
                                """,
                                ""));
    }

    @Test
    void requireAddsEndingsAndLooksIntoFolders() {
        project.file(
                "main.js",
                """
                console.log(require('./a').n, require('./b').n, require('./c').n, require('./dir').n, require('./dir/').n, require('./only.json').n);
                console.log(require('./dir/up').n, require(__dirname + '/a').n, require('./both').n, require('.').n);
                """);
        project.file(
                "a.js",
                """
                exports.n = 'a.js';
                """);
        project.file(
                "b.cjs",
                """
                exports.n = 'b.cjs';
                """);
        project.file(
                "c.json",
                """
                {"n": "c.json"}
                """);
        project.file(
                "only.json",
                """
                {"n": 1}
                """);
        project.file(
                "dir/index.js",
                """
                exports.n = 'index';
                """);
        project.file(
                "dir/up.js",
                """
                exports.n = require('..').n + '/' + require('../a').n;
                """);
        project.file(
                "both.js",
                """
                exports.n = 'file';
                """);
        project.file(
                "both/index.js",
                """
                exports.n = 'folder';
                """);
        project.file(
                "index.js",
                """
                exports.n = 'root';
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                a.js b.cjs c.json index index 1
                                root/a.js a.js file root
                                """,
                                ""));
    }

    @Test
    void cyclesSeeWhatIsExportedSoFar() {
        project.file(
                "main.js",
                """
                const a = require('./a');
                console.log(a.done, a.fromB, require('./b').sawA);
                """);
        project.file(
                "a.js",
                """
                exports.done = false;
                const b = require('./b');
                exports.fromB = b.done;
                exports.done = true;
                """);
        project.file(
                "b.js",
                """
                const a = require('./a');
                exports.sawA = a.done;
                exports.done = true;
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                true true false
                                """,
                                ""));
    }

    @Test
    void moduleThatThrowsIsNotCached() {
        project.file(
                "main.js",
                """
                globalThis.count = 0;
                for (let i = 0; i < 2; i++) {
                  try { require('./bad'); } catch (e) { console.log(e.message); }
                }
                try { require('./bad.json'); } catch (e) { console.log(e.name, e.message.startsWith(__dirname + '/bad.json: ')); }
                """);
        project.file(
                "bad.js",
                """
                throw new Error('load ' + ++globalThis.count);
                """);
        project.file(
                "bad.json",
                """
                { "a": }\
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                load 1
                                load 2
                                SyntaxError true
                                """,
                                ""));
    }

    @Test
    void modulesMayBlockWhileTheyLoad() {
        project.file(
                "main.mjs",
                """
                import { value } from './slow.mjs';
                import cjs from './slow.cjs';
                console.log(value, cjs, await Promise.resolve('top level'), (sleep(1), 'slept'));
                """);
        project.file(
                "slow.mjs",
                """
                sleep(2);
                export const value = await new Promise((r) => setTimeout(r, 2, 'esm'));
                """);
        project.file(
                "slow.cjs",
                """
                sleep(2);
                module.exports = 'cjs';
                """);
        assertThat(project.run("main.mjs"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                esm cjs top level slept
                                """,
                                ""));
    }

    @Test
    void esModulesImportEachOtherWithLiveBindings() {
        project.file(
                "main.mjs",
                """
                import counter, { count, increment as inc } from './counter.mjs';
                import * as all from './counter.mjs';
                import { count as again } from './again.mjs';
                console.log(count, counter());
                inc();
                console.log(count, all.count, again, Object.keys(all).join());
                console.log(typeof require, typeof module, this);
                export const unused = 1;
                """);
        project.file(
                "counter.mjs",
                """
                export let count = 0;
                export function increment() { count++; }
                export default () => 'default ' + count;
                """);
        project.file(
                "again.mjs",
                """
                export * from './counter.mjs';
                """);
        assertThat(project.run("main.mjs"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                0 default 0
                                1 1 1 count,default,increment
                                undefined undefined undefined
                                """,
                                ""));
    }

    @Test
    void importOfCommonJsGivesDefaultAndNamedExports() {
        project.file(
                "main.mjs",
                """
                import lib, { add, 'odd name' as odd } from './lib.cjs';
                import * as ns from './lib.cjs';
                import fn from './fn.cjs';
                import data from './data.json' with { type: 'json' };
                console.log(add(1, 2), odd, lib.add === add, Object.keys(ns).join(), fn(), data.x);
                console.log(ns.default === lib);
                """);
        project.file(
                "lib.cjs",
                """
                exports.add = (a, b) => a + b;
                exports['odd name'] = 'odd';
                exports.default = 'own default';
                """);
        project.file(
                "fn.cjs",
                """
                module.exports = () => 'function';
                """);
        project.file(
                "data.json",
                """
                {"x": 5}\
                """);
        assertThat(project.run("main.mjs"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                3 odd true add,default,odd name function 5
                                true
                                """,
                                ""));
    }

    @Test
    void requireOfAnEsModuleGivesItsNamespace() {
        project.file(
                "main.js",
                """
                const m = require('./m.mjs');
                console.log(m.a, m.default, require('./m.mjs') === m);
                try { require('./throws.mjs'); } catch (e) { console.log(e.message); }
                """);
        project.file(
                "m.mjs",
                """
                export const a = await Promise.resolve(1);
                export default 'd';
                """);
        project.file(
                "throws.mjs",
                """
                throw new Error('in the module');
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                1 d true
                                in the module
                                """,
                                ""));
    }

    @Test
    void dynamicImportWorksEverywhere() {
        project.file(
                "main.js",
                """
                wait((async () => {
                  const m = await import('./m.mjs');
                  const same = await import('./m.mjs');
                  console.log(m.x, m === same, (await import('./c.cjs')).default.y);
                  try { await import('./none.mjs'); } catch (e) { console.log(e.code, e.message.split('\\n')[0]); }
                  try { await import('./m'); } catch (e) { console.log(e.message.split('\\n')[0]); }
                })());
                console.log(wait(import('./m.mjs')).x, wait(import('corona:net')).listen.name);
                """);
        project.file(
                "m.mjs",
                """
                console.log('once');
                export const x = (await import('./n.mjs')).default;
                """);
        project.file(
                "n.mjs",
                """
                export default 'n';
                """);
        project.file(
                "c.cjs",
                """
                exports.y = 'y';
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                once
                                n true y
                                ERR_MODULE_NOT_FOUND Cannot find module './none.mjs'
                                Cannot find module './m': import takes the whole name; did you mean './m.mjs'?
                                n listen
                                """,
                                ""));
    }

    @Test
    void importMetaUrlIsAFileUrl() {
        project.file(
                "main.mjs",
                """
                import { url } from './a dir/ü.mjs';
                console.log(import.meta.url.startsWith('file:///') && import.meta.url.endsWith('/main.mjs'), url);
                console.log((await import(import.meta.url.replace('main', 'other'))).self);
                """);
        project.file(
                "a dir/ü.mjs",
                """
                export const url = import.meta.url.slice(import.meta.url.indexOf('/a'));
                """);
        project.file(
                "other.mjs",
                """
                export const self = 'itself';
                """);
        assertThat(project.run("main.mjs"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                true /a%20dir/%C3%BC.mjs
                                itself
                                """,
                                ""));
    }

    @Test
    void packageJsonTypeAndTheTextDecideTheKind() {
        project.file(
                "main.js",
                """
                console.log(require('./esm/x.js').kind, require('./cjs/x.js').kind, require('./esm/inner/x.js').kind, require('./none/x.js').kind);
                """);
        project.file(
                "esm/package.json",
                """
                { "name": "p", "type" : "module" }\
                """);
        project.file(
                "esm/x.js",
                """
                export const kind = typeof require;
                """);
        project.file(
                "esm/inner/x.js",
                """
                export const kind = typeof module;
                """);
        project.file(
                "cjs/package.json",
                """
                {"type":"commonjs"}\
                """);
        project.file(
                "cjs/x.js",
                """
                exports.kind = typeof require;
                """);
        project.file(
                "none/x.js",
                """
                // import x from 'y'
                const text = `
                exporting`;
                export const kind = 'by its text';
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                undefined function undefined by its text
                                """,
                                ""));
    }

    @Test
    void hashbangIsSkippedAndLinesStay() {
        project.file(
                "main.js",
                """
                #!/usr/bin/env corona
                console.log(new Error('x').stack.split('\\n')[1].replace(/^.*main/, 'main'));
                console.log(require('./m.mjs').line);
                """);
        project.file(
                "m.mjs",
                """
                #!/usr/bin/env corona
                export const line = new Error('x').stack.split('\\n')[1].replace(/^.*m.mjs/, 'm.mjs');
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                main.js:2:13)
                                m.mjs:2:21
                                """,
                                ""));
    }

    @Test
    void missingModuleOfRequireNamesWhoAskedAndEndsTheProgram() {
        project.file(
                "main.js",
                """
                try { require('./none'); } catch (e) { console.log(e.code, e instanceof Error); }
                require('./lib/a');
                """);
        project.file(
                "lib/a.js",
                """
                // the second line
                require('./missing');
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                """
                                MODULE_NOT_FOUND true
                                """,
                                """
                                <dir>/lib/a.js:2
                                require('./missing');
                                ^

                                Error: Cannot find module './missing'
                                Require stack:
                                - <dir>/lib/a.js
                                - <dir>/main.js
                                    at Object.<anonymous> (<dir>/lib/a.js:2:1)
                                    at Object.<anonymous> (<dir>/main.js:2:1) {
                                  code: 'MODULE_NOT_FOUND'
                                }
                                """));
    }

    @Test
    void missingModuleOfImportNamesWhoAsked() {
        project.file(
                "main.mjs",
                """
                import './a.mjs';
                """);
        project.file(
                "a.mjs",
                """
                import x from './missing.mjs';
                """);
        assertThat(project.run("main.mjs"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                "",
                                """
                                Error: Cannot find module './missing.mjs'
                                Imported from <dir>/a.mjs {
                                  code: 'ERR_MODULE_NOT_FOUND'
                                }
                                """));
    }

    @Test
    void namesThatAreNoFilesGetAHint() {
        project.file(
                "main.js",
                """
                for (const name of ['corona:nett', 'node:fs', 'express', '', 'fs']) {
                  try { require(name); } catch (e) { console.log(e.code, e.message.split('\\n')[0]); }
                }
                try { require(5); } catch (e) { console.log(e.name, e.message); }
                """);
        assertThat(project.run("main.js"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                MODULE_NOT_FOUND Cannot find module 'corona:nett': Corona's modules are corona:http and corona:net
                                MODULE_NOT_FOUND Cannot find module 'node:fs': Corona does not have Node's modules yet; it has corona:http and corona:net
                                MODULE_NOT_FOUND Cannot find module 'express': packages are not supported yet; a file begins with ./ or ../, and Corona's modules are corona:http and corona:net
                                MODULE_NOT_FOUND Cannot find module '': packages are not supported yet; a file begins with ./ or ../, and Corona's modules are corona:http and corona:net
                                MODULE_NOT_FOUND Cannot find module 'fs': packages are not supported yet; a file begins with ./ or ../, and Corona's modules are corona:http and corona:net
                                TypeError require: the specifier must be a string, but was number
                                """,
                                ""));
    }

    @Test
    void missingNamedExportIsASyntaxErrorWithItsName() {
        project.file(
                "main.mjs",
                """
                import { nothing } from './a.mjs';
                """);
        project.file(
                "a.mjs",
                """
                export const a = 1;
                """);
        assertThat(project.run("main.mjs"))
                .isEqualTo(
                        new Project.Result(
                                1,
                                "",
                                """
                                <dir>/main.mjs:1
                                import { nothing } from './a.mjs';
                                ^

                                SyntaxError: The requested module './a.mjs' does not provide an export named 'nothing'
                                    at <dir>/main.mjs:1:1
                                """));
    }

    @Test
    void coronasOwnModulesAreTheSameByRequireAndImport() {
        project.file(
                "main.mjs",
                """
                import net, { listen, connect } from 'corona:net';
                import { createRequire } from './r.cjs';
                console.log(typeof listen, typeof connect, typeof net.listen, createRequire('corona:net') === net);
                """);
        project.file(
                "r.cjs",
                """
                exports.createRequire = (x) => require(x);
                """);
        assertThat(project.run("main.mjs"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                function function function true
                                """,
                                ""));
    }

    @Test
    void esModuleCyclesWork() {
        project.file(
                "main.mjs",
                """
                import { even } from './even.mjs';
                console.log(even(10), even(7));
                """);
        project.file(
                "even.mjs",
                """
                import { odd } from './odd.mjs';
                export const even = (n) => n === 0 || odd(n - 1);
                """);
        project.file(
                "odd.mjs",
                """
                import { even } from './even.mjs';
                export const odd = (n) => n !== 0 && even(n - 1);
                """);
        assertThat(project.run("main.mjs"))
                .isEqualTo(
                        new Project.Result(
                                0,
                                """
                                true false
                                """,
                                ""));
    }

    @Test
    void codeWithoutAFileRequiresAndImportsFromTheWorkingDirectory() {
        project.file("lib.js", "exports.x = 'lib';\n").file("m.mjs", "export const x = 'm';\n");
        JsProgram script =
                new JsProgram.Code(
                        "[eval]",
                        "console.log(require('./lib').x, wait(import('./m.mjs')).x, __filename)");
        JsProgram module =
                new JsProgram.Code(
                        "[eval]",
                        "import { x } from './m.mjs'; import l from './lib.js'; console.log(x, l.x)");
        assertThat(project.run(script, o -> o))
                .isEqualTo(new Project.Result(0, "lib m [eval]\n", ""));
        assertThat(project.run(module, o -> o)).isEqualTo(new Project.Result(0, "m lib\n", ""));
    }

    @Test
    void scriptWhoseTextLooksLikeAModuleInsideAStringStaysAScript() {
        project.file(
                "main.js",
                """
                #!/usr/bin/env corona
                const code = `
                import x from 'y';
                export default 1;
                `;
                console.log(code.length, typeof require);
                """);
        assertThat(project.run("main.js")).isEqualTo(new Project.Result(0, "38 function\n", ""));
    }
}
