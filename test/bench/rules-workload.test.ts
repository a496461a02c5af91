import { createHash } from 'node:crypto';
import { bindFleet, envelopesOf, evaluate, noWatermark, readAll, toldOf } from '../../bench/rules/paths.ts';
import { byHand } from '../../bench/rules/peers/by-hand.ts';
import { compiledCel } from '../../bench/rules/peers/compiled-cel.ts';
import { readyPeer } from '../../bench/rules/peers/run-peer.ts';
import { holdToSame, linesOf } from '../../bench/rules/transitions.ts';
import { bookOf } from '../../bench/rules/workload/book.ts';
import { registrationsOf } from '../../bench/rules/workload/fleet.ts';
import { fullBookOf } from '../../bench/rules/workload/full-book.ts';
import { calmMax } from '../../bench/rules/workload/levels.ts';
import { messagesOf, type SentMessage } from '../../bench/rules/workload/messages.ts';
import { samplesOf } from '../../bench/rules/workload/samples.ts';
import { type BookSize, fullSize, growthSizes, readingCount } from '../../bench/rules/workload/size.ts';
import { StoredRuleBook } from '../../functions/adapters/rule-book/book-format.ts';
import type { RuleBook } from '../../functions/domain/rules/book.ts';
import { bindDevice } from '../../functions/domain/rules/engine/bind.ts';

const samples = samplesOf(fullSize, false);
const alone = messagesOf(fullSize, 'one a message', false);

const digestOf = (messages: readonly SentMessage[]): string =>
  messages.reduce((hash, { text }) => hash.update(text), createHash('sha256')).digest('hex');

/** Severities that are asked about each reading of some sensors, of each kind at least one where there are few kinds. */
const askedOf = (book: RuleBook, size: BookSize): readonly number[] =>
  registrationsOf(size)
    .slice(0, 12)
    .flatMap((registration) => bindDevice(book, registration).sensors)
    .map(({ conditions }) => conditions.reduce((sum, { severities }) => sum + severities.length, 0));

test('the workload is the same in every run', () => {
  expect(digestOf(messagesOf(fullSize, 'one a message', false))).toBe(digestOf(alone));
});

test('it has 200,000 readings, each a message of about 150 bytes', () => {
  expect(alone).toHaveLength(readingCount);
  const bytes = alone.reduce((sum, { text }) => sum + text.length, 0) / alone.length;
  expect(bytes).toBeGreaterThan(120);
  expect(bytes).toBeLessThan(160);
});

test('its packs hold 25 readings', () => {
  const packs = messagesOf(fullSize, 'packs of 25', false);
  expect(new Set(packs.map(({ recordCount }) => recordCount))).toEqual(new Set([25]));
  expect(packs).toHaveLength(readingCount / 25);
});

test('5 to 10 % of the readings breach', () => {
  const share = samples.filter(({ value }) => value >= calmMax + 2.25).length / samples.length;
  expect(share).toBeGreaterThan(0.05);
  expect(samples.filter(({ value }) => value >= calmMax).length / samples.length).toBeLessThan(0.1);
});

test('a reading meets 7 to 8 conditions of 60 rules, with plain thresholds and with full semantics', () => {
  for (const book of [bookOf(fullSize), fullBookOf(fullSize)]) {
    expect(book.rules).toHaveLength(60);
    const asked = askedOf(book, fullSize);
    expect(new Set(asked)).toEqual(new Set([7, 8]));
  }
});

test('10, 100 and 1,000 rules match each sensor as often', () => {
  for (const [i, size] of growthSizes.entries()) {
    const book = bookOf(size);
    expect(book.rules).toHaveLength(10 ** (i + 1));
    expect(new Set(askedOf(book, size))).toEqual(new Set([6]));
  }
});

test('its books are books that can be stored', () => {
  for (const book of [bookOf(fullSize), fullBookOf(fullSize)])
    expect(StoredRuleBook.safeParse(JSON.parse(JSON.stringify(book))).error).toBeUndefined();
});

test('timers around the verdicts of others give the transitions of the engine', async () => {
  const count = 20_000;
  const bound = bindFleet(bookOf(fullSize), fullSize);
  const some = alone.slice(0, count);
  const readings = readAll(bound, some, envelopesOf(some));
  const wanted = linesOf(toldOf(evaluate(bound, readings, noWatermark)));
  expect(wanted.length).toBeGreaterThan(200);
  for (const peer of [byHand, compiledCel])
    expect(linesOf(await readyPeer(peer, fullSize).run(readings))).toEqual(wanted);
});

test('an engine that differs in one transition is named', () => {
  expect(() => holdToSame('other', ['a', 'b'], ['a'])).toThrow(
    'other gives other transitions (1, not 2). Number 1: none',
  );
});
