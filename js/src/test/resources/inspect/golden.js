/*
 * Writes golden.json beside this file: what Node's own util prints for each case of cases.js. Run it with the Node that
 * Corona is compared with (20): `node golden.js`.
 */
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const util = require('node:util');
const file = (name) => path.join(__dirname, name);

const load = (name) => (0, eval)(fs.readFileSync(file(name), 'utf8'));
const fold = load('fold.js');

const golden = {};
for (const { title, make, print, folds } of load('cases.js')) {
    if (title in golden) throw new Error(`two cases are called ${title}: rename one`);
    let text;
    try {
        text = print(make(), util);
    } catch (error) {
        text = `throws ${error?.name}: ${error?.message}`;
    }
    golden[title] = folds ? fold(text) : text;
}
fs.writeFileSync(file('golden.json'), `${JSON.stringify(golden, null, 1)}\n`);
console.log(`${Object.keys(golden).length} cases of Node ${process.version}`);
