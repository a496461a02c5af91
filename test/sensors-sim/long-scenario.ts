/** One of the two scenarios that take long, held to what it says: `<name> <least packs acknowledged>`. Exit code 0 or 1. */
import assert from 'node:assert/strict';
import { reportLines } from '../../sensors-sim/run/report.ts';
import { loadScenario } from '../../sensors-sim/scenario/load.ts';
import { loadBook } from '../../sensors-sim/virtual/book.ts';
import { runVirtual } from '../../sensors-sim/virtual/runner.ts';

const [name = '', least] = process.argv.slice(2);
const loaded = loadScenario(name);
assert(loaded.ok, loaded.ok ? '' : loaded.errors.join('\n'));
const report = await runVirtual({ scenario: loaded.scenario, book: loadBook() });
console.log(reportLines(report).join('\n'));
assert.deepEqual(report.errors, []);
assert(report.verdict.ok, 'what it expects did not come, or something else did');
assert(report.tally.counts.acknowledged > Number(least), `more than ${least} packs are acknowledged`);
